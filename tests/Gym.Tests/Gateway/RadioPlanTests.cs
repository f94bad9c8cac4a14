using Backstep.Gym.Gateway;

namespace Backstep.Gym.Tests.Gateway;

/// <summary>Who has a link when there are more clips than links.</summary>
public sealed class RadioPlanTests
{
    private static readonly Dictionary<string, int> OneOfThree = new() { ["a"] = 3 };

    [Fact]
    public void Links_go_to_the_adapter_that_hears_best_until_it_has_more_to_do()
    {
        var clips = Enumerable.Range(0, 6).Select(i => Free($"clip{i}", ("a", -50), ("b", -55))).ToArray();
        var steps = RadioPlan.Decide(clips, new Dictionary<string, int> { ["a"] = 4, ["b"] = 4 });
        Assert.Empty(steps.LetGo);
        Assert.Equal(6, steps.Start.Select(one => one.Clip).Distinct().Count());
        Assert.InRange(steps.Start.Count(one => one.Adapter == "a"), 3, 4);
        var far = RadioPlan.Decide([Free("far", ("b", -90))], new Dictionary<string, int> { ["a"] = 4, ["b"] = 4 });
        Assert.Equal([("far", "b")], far.Start);
    }

    [Fact]
    public void Who_rests_makes_room_once_its_turn_is_over()
    {
        PlannedClip[] clips = [Linked("walks", 300, isWalking: true), Linked("rests", 40), Linked("new", 5),
            Free("waits", ("a", -60))];
        Assert.Equal(["rests"], RadioPlan.Decide(clips, OneOfThree).LetGo);
        Assert.Empty(RadioPlan.Decide(clips[..3], OneOfThree).LetGo); // nobody waits
        clips[1] = clips[1] with { IsComplete = false };
        Assert.Empty(RadioPlan.Decide(clips, OneOfThree).LetGo); // it still hands over
        clips[1] = clips[1] with { LinkedFor = TimeSpan.FromSeconds(61) };
        Assert.Equal(["rests"], RadioPlan.Decide(clips, OneOfThree).LetGo);
        clips[1] = clips[1] with { IsLeaving = true };
        Assert.Empty(RadioPlan.Decide(clips, OneOfThree).LetGo); // one is on its way already
    }

    [Fact]
    public void Where_all_walk_one_link_goes_round()
    {
        PlannedClip[] clips = [Linked("first", 300, true), Linked("second", 200, true), Linked("third", 20, true),
            Free("waits", ("a", -60)), Free("too", ("a", -60))];
        Assert.Equal(["third"], RadioPlan.Decide(clips, OneOfThree).LetGo);
    }

    [Fact]
    public void In_an_hour_of_a_full_room_walkers_keep_their_links_and_everybody_is_heard_of()
    {
        // Ten clips, three links, two walk: time in seconds, a turn of the plan each.
        var linkedAt = new Dictionary<string, int>();
        var freeAt = new Dictionary<string, int?>();
        var served = new Dictionary<string, int>();
        string[] all = [.. Enumerable.Range(0, 10).Select(i => $"clip{i}")];
        foreach (string clip in all)
        {
            (freeAt[clip], served[clip]) = (null, 0);
        }

        int interrupted = 0;
        for (int second = 0; second < 3600; second++)
        {
            var planned = all.Select(clip => new PlannedClip(clip, linkedAt.ContainsKey(clip) ? "a" : null, false,
                clip is "clip3" or "clip7" && served[clip] > 0, true,
                TimeSpan.FromSeconds(second - linkedAt.GetValueOrDefault(clip, second)),
                freeAt[clip] is { } at ? TimeSpan.FromSeconds(second - at) : null, true,
                new Dictionary<string, int?> { ["a"] = -60 })).ToArray();
            var steps = RadioPlan.Decide(planned, OneOfThree);
            foreach (string gone in steps.LetGo)
            {
                interrupted += planned.Single(one => one.Id == gone).IsWalking ? 1 : 0;
                linkedAt.Remove(gone);
                freeAt[gone] = second;
            }

            foreach (var (clip, _) in steps.Start)
            {
                linkedAt[clip] = second;
                served[clip]++;
            }

            Assert.True(linkedAt.Count <= 3);
        }

        Assert.Equal(0, interrupted);
        Assert.All(all.Except(["clip3", "clip7"]), clip => Assert.InRange(served[clip], 3600 / 16 / 8 - 3, 60));
    }

    [Fact]
    public void One_that_failed_is_left_alone_and_holds_nobody_up()
    {
        var steps = RadioPlan.Decide([Free("bad", ("a", -40)) with { MayConnect = false }, Free("good", ("a", -80))],
            OneOfThree);
        Assert.Equal([("good", "a")], steps.Start);
    }

    private static PlannedClip Free(string id, params (string Adapter, int Signal)[] heard) => new(id, null, false,
        false, false, TimeSpan.Zero, null, true, heard.ToDictionary(one => one.Adapter, one => (int?)one.Signal));

    private static PlannedClip Linked(string id, int seconds, bool isWalking = false) => new(id, "a", false, isWalking,
        true, TimeSpan.FromSeconds(seconds), null, true, new Dictionary<string, int?> { ["a"] = -60 });
}
