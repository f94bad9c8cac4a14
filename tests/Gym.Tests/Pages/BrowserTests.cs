using System.Text.Json;
using Backstep.Gym.Pages;
using Backstep.Gym.Tests.Support;

namespace Backstep.Gym.Tests.Pages;

/// <summary>
/// The pages in Chromium, with made-up belts in real time: axe-core finds nothing to object to, nothing is wider than
/// the screen, all is reached by keyboard, a cut network heals, and what 60 belts cost. Minutes of Chromium, so only
/// where BACKSTEP_GYM_LOOKS=all asks for it, as .ci/run does. BACKSTEP_GYM_PICTURES names a folder for a picture of
/// each look.</summary>
public sealed class BrowserTests
{
    private static readonly bool IsAll = Environment.GetEnvironmentVariable("BACKSTEP_GYM_LOOKS") == "all";
    private static readonly string Pictures = Environment.GetEnvironmentVariable("BACKSTEP_GYM_PICTURES") ?? "-";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(280);

    [Fact]
    public async Task Nobody_is_kept_from_the_pages()
    {
        SkipUnlessAll();
        const string looks = "1920x1080-light,1920x1080-dark,3840x2160-light,3840x2160-dark,390x844-light,390x844-dark";
        var seen = new List<JsonElement>();
        int[] rooms = [1, 12, 60];
        foreach (int belts in rooms)
        {
            await using var gym = await LiveGym.StartAsync(belts);
            string[] pages = belts == 12
                ? ["/", "/staff", "/staff/codes", "/staff/login", "/walk", LiveGym.Belt(1), LiveGym.Belt(2)]
                : ["/"];
            seen.AddRange(await BrowserTools.RunAsync(Patience,
                ["look", Pictures, gym.Address, looks, FormattableString.Invariant($"{belts}"), .. pages]));
        }

        Assert.NotEmpty(seen);
        string[] faults = [.. seen.SelectMany(Faults)];
        Assert.True(faults.Length == 0, string.Join("\n", faults));
    }

    [Fact]
    public async Task A_phone_walks_by_keyboard_alone()
    {
        SkipUnlessAll();
        await using var gym = await LiveGym.StartAsync(2);
        var told = Assert.Single(await BrowserTools.RunAsync(Patience, "keys", Pictures, gym.Address, LiveGym.Belt(1)));
        Assert.Matches("^[a-z2-9]{4}(-[a-z2-9]{4}){3}$", told.GetProperty("code").GetString());
        Assert.Equal(["start", "pause", "stop"], gym.Commands);
    }

    [Fact]
    public async Task A_cut_network_greys_the_belts_within_five_seconds_and_heals_without_a_reload()
    {
        SkipUnlessAll();
        await using var gym = await LiveGym.StartAsync(12);
        var told = Assert.Single(await BrowserTools.RunAsync(Patience, "cut", Pictures, gym.Address));
        Assert.InRange(told.GetProperty("silentBeltGreyAfterSeconds").GetDouble(), 4, 9);
        Assert.InRange(told.GetProperty("allGreyAfterSeconds").GetDouble(), 3, 9);
        Assert.InRange(told.GetProperty("backAfterSeconds").GetDouble(), 0, 10);
        Assert.False(told.GetProperty("reloaded").GetBoolean());
    }

    [Fact]
    public async Task What_sixty_belts_cost_a_core_is_said()
    {
        SkipUnlessAll();
        await using var gym = await LiveGym.StartAsync(60);
        var told = Assert.Single(await BrowserTools.RunAsync(Patience, "cost", Pictures, gym.Address, "20"));
        TestContext.Current.TestOutputHelper?.WriteLine(told.ToString());
        // The goal is a tenth, measured and said; a busy machine is no fault.
        Assert.InRange(told.GetProperty("taskShare").GetDouble(), 0.0001, 1);
    }

    [Fact]
    public async Task A_full_room_says_so_kindly_and_tries_again()
    {
        SkipUnlessAll();
        await using var gym = await LiveGym.StartAsync(1, new PagesOptions { MostStreams = 0 });
        var told = Assert.Single(await BrowserTools.RunAsync(Patience, "full", Pictures, gym.Address));
        Assert.Contains("Too many screens", told.GetProperty("trouble").GetString(), StringComparison.Ordinal);
    }

    private static void SkipUnlessAll()
    {
        SkipWithoutBrowser();
        Assert.SkipUnless(IsAll, "takes minutes of Chromium: BACKSTEP_GYM_LOOKS=all");
    }

    private static void SkipWithoutBrowser() =>
        Assert.SkipWhen(BrowserTools.Missing() is not null, BrowserTools.Missing() ?? "");

    private static IEnumerable<string> Faults(JsonElement look)
    {
        string where = $"{look.GetProperty("page").GetString()} {look.GetProperty("look").GetString()}: ";
        foreach (var one in look.GetProperty("violations").EnumerateArray())
        {
            yield return where + one.GetString();
        }

        foreach (var one in look.GetProperty("errors").EnumerateArray())
        {
            yield return where + one.GetString();
        }

        if (look.GetProperty("tooWide").GetInt32() is > 0 and var pixels)
        {
            yield return $"{where}{pixels} pixels wider than the screen";
        }

        foreach (var one in look.GetProperty("cutOff").EnumerateArray())
        {
            yield return $"{where}does not fit: {one.GetString()}";
        }
    }
}
