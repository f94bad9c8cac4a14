using System.Text;
using Backstep.Files.Export;
using Backstep.VirtualSensor.Walker;
using Backstep.Walks.Sessions;
using Backstep.WebEngine.Keeping;
using Backstep.WebEngine.Live;

namespace Backstep.WebEngine.Tests;

/// <summary>A walk over Web Bluetooth's calls, with the sensor's own program at the other end.</summary>
public sealed class LiveTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_walk_with_two_link_losses_has_every_stride_once(int seed)
    {
        using var page = Page(seed);
        await using var walk = await page.BeginAsync();
        await WalkWithTwoLossesAsync(page, walk);
        Assert.Equal("connected", walk.Look().LinkState);
        long key = (await walk.EndAsync())!.Value;
        Assert.Equal("ended", walk.Look().State);

        var session = page.Archive.Find(key)!;
        Assert.True(session.Summary.IsComplete);
        AssertEveryStrideOnce(session, page);
        Assert.Equal((PageBesideSensor.Id, Protocol.Placement.RightShoe), (session.Summary.Header.Sensors[0].Address,
            session.Summary.Header.Sensors[0].Placement));
        AssertAlike(session, Restored(page.Kept, key));
    }

    [Fact]
    public async Task What_is_counted_is_kept_at_once()
    {
        using var page = Page(seed: 4);
        await using var walk = await page.BeginAsync();
        await page.UntilAsync(walk, 40, () => Assert.True(StridesIn(page.Kept) >= walk.Look().Strides,
            $"at {page.Seconds}: {StridesIn(page.Kept)} of {walk.Look().Strides}"));
        Assert.True(walk.Look().Strides > 15);
    }

    [Fact]
    public async Task A_walk_that_is_cut_off_is_a_session_whole_up_to_what_was_kept()
    {
        using var page = Page(seed: 5);
        await using var walk = await page.BeginAsync();
        await WalkWithTwoLossesAsync(page, walk);
        await walk.EndAsync();
        var random = new Random(5);
        for (int i = 0; i < 40; i++)
        {
            RestoredJson[] kept = [.. page.Kept.Take(random.Next(2, page.Kept.Count))];
            var engine = new NoPage().Engine();
            Assert.Equal(1, engine.Restore(Pieces.Json(kept)));
            byte[] json = engine.SessionExport(kept[0].Key, "json");
            var session = SessionFile.Read(new MemoryStream(json), "walk.json"); // as 'backstep import' does
            Assert.Equal(StridesIn(kept), session.Strides.Count);
            Assert.Equal(kept.Length == page.Kept.Count || Closes(kept[^1]), session.Summary.IsComplete);
            Assert.Equal(session.Strides.Count,
                session.Strides.Select(kept => kept.Stride.Sequence).Distinct().Count());
        }
    }

    [Fact]
    public async Task A_page_that_is_loaded_anew_in_mid_walk_goes_on_with_the_session()
    {
        using var page = Page(seed: 6);
        var walk = await page.BeginAsync();
        await page.UntilAsync(walk, 30);
        page.Reload(); // the page is gone without a word, and its walk with it
        await using var again = await page.BeginAsync();
        await page.UntilAsync(again, 60);
        long key = (await again.EndAsync())!.Value;
        var session = Assert.Single(page.Archive.Summaries);
        Assert.Equal(key, session.Header.Id);
        AssertEveryStrideOnce(page.Archive.Find(key)!, page);
    }

    [Fact]
    public async Task Who_is_not_paired_is_followed_all_the_same_and_told_once_what_is_missing()
    {
        using var page = Page(seed: 7, isPaired: false);
        await using var walk = await page.BeginAsync();
        await page.UntilAsync(walk, 30);
        page.Air.InRange = false;
        await page.UntilAsync(walk, 45);
        page.Air.InRange = true;
        await page.UntilAsync(walk, 70);
        var look = walk.Look();
        Assert.Equal(("connected", PageRadioText.WithoutCommands), (look.LinkState, look.Notice));
        long key = (await walk.EndAsync())!.Value;
        var session = page.Archive.Find(key)!;
        int walked = page.Walker.StridesUntil(68.5).Count();
        Assert.InRange(session.Strides.Count, walked - 25, walked - 5); // what the loss took is not made up
        Assert.Equal(session.Strides.Count, session.Strides.Select(kept => kept.Stride.Sequence).Distinct().Count());
    }

    [Fact]
    public async Task A_pause_counts_nothing_and_the_sensor_is_told()
    {
        using var page = Page(seed: 8);
        await using var walk = await page.BeginAsync();
        await page.UntilAsync(walk, 20);
        walk.TogglePause();
        await page.UntilAsync(walk, 21);
        int before = walk.Look().Strides;
        Assert.Equal("paused", walk.Look().State);
        await page.UntilAsync(walk, 35);
        Assert.Equal(before, walk.Look().Strides);
        walk.TogglePause();
        walk.Mark();
        await page.UntilAsync(walk, 50);
        Assert.Equal("walking", walk.Look().State);
        Assert.InRange(walk.Look().Strides, before + 6, before + 14);
        long key = (await walk.EndAsync())!.Value;
        Assert.Equal([MarkKind.Paused, MarkKind.Resumed, MarkKind.Walker],
            page.Archive.Find(key)!.Marks.Select(mark => mark.Kind).Order().OrderBy(kind => kind == MarkKind.Walker));
    }

    [Fact]
    public async Task A_sensor_that_is_lost_is_told_with_the_reason_and_when_it_is_tried_again()
    {
        using var page = Page(seed: 9);
        await using var walk = await page.BeginAsync();
        await page.UntilAsync(walk, 15);
        page.Air.InRange = false;
        await page.UntilAsync(walk, 30);
        var look = walk.Look();
        Assert.Equal("reconnecting", look.LinkState);
        Assert.Contains("out of reach", look.LinkReason, StringComparison.Ordinal);
        Assert.InRange(look.NextTryInSeconds!.Value, 0, 4);
    }

    [Fact]
    public async Task A_link_that_breaks_is_told_at_once()
    {
        using var page = Page(seed: 11);
        await using var walk = await page.BeginAsync();
        await page.UntilAsync(walk, 15);
        page.Air.DropLink();
        await page.UntilAsync(walk, 15.3);
        var look = walk.Look();
        Assert.Equal(("reconnecting", "the sensor went out of reach, or was switched off"),
            (look.LinkState, look.LinkReason));
        await page.UntilAsync(walk, 20);
        Assert.Equal(("connected", null), (walk.Look().LinkState, walk.Look().LinkReason));
    }

    [Theory]
    [InlineData("json", "{\n  \"schema\": \"backstep.session/1\"")]
    [InlineData("tcx", "<?xml")]
    [InlineData("csv", "contact_s,")]
    [InlineData("fit", "\u000e")]
    public async Task A_session_is_written_in_every_format(string format, string begins)
    {
        using var page = Page(seed: 10);
        await using var walk = await page.BeginAsync();
        await page.UntilAsync(walk, 25);
        long key = (await walk.EndAsync())!.Value;
        var engine = new NoPage().Engine();
        engine.Restore(Pieces.Json(page.Kept));
        using var file = new MemoryStream();
        ExportFormats.Write(file, page.Archive.Find(key)!, ExportFormats.Named(format)!.Value,
            PageEngine.Version);
        byte[] bytes = engine.SessionExport(PageArchive.KeyOf(key), format);
        Assert.Equal(file.ToArray(), bytes);
        Assert.StartsWith(begins, Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
    }

    private static PageBesideSensor Page(int seed, bool isPaired = true)
    {
        Assert.True(Scenarios.TryGet("backward", seed, out var walker));
        return new PageBesideSensor(walker, seed, isPaired);
    }

    private static async Task WalkWithTwoLossesAsync(PageBesideSensor page, LiveWalk walk)
    {
        await page.UntilAsync(walk, 25);
        page.Air.InRange = false;
        await page.UntilAsync(walk, 45);
        Assert.Equal("reconnecting", walk.Look().LinkState);
        page.Air.InRange = true;
        await page.UntilAsync(walk, 60);
        page.Air.DropLink();
        await page.UntilAsync(walk, 80);
    }

    private static void AssertEveryStrideOnce(KeptSession session, PageBesideSensor page)
    {
        var numbers = session.Strides.Select(kept => kept.Stride.Sequence).Order().ToArray();
        Assert.Equal(Enumerable.Range(1, numbers.Length).Select(number => (uint)number), numbers);
        int walked = page.Walker.StridesUntil(page.Seconds - 1.5).Count();
        Assert.InRange(numbers.Length, walked - 1, walked + 2);
    }

    private static void AssertAlike(KeptSession one, KeptSession other)
    {
        Assert.Equal(one.Summary.Totals, other.Summary.Totals);
        Assert.Equal(one.Summary.MeasuredIncline, other.Summary.MeasuredIncline);
        Assert.Equal(one.Summary.IsComplete, other.Summary.IsComplete);
        Assert.Equal(one.Marks, other.Marks);
        Assert.Equal(one.Strides.Select(Named), other.Strides.Select(Named));

        static (int, int, TimeSpan, string) Named(KeptStride kept) =>
            (kept.Sensor, kept.Run, kept.At, StrideRecord.Name(kept.Stride));
    }

    private static KeptSession Restored(IEnumerable<RestoredJson> pieces, long key)
    {
        var archive = new PageArchive(new NoPage());
        archive.Restore(pieces);
        return archive.Find(key)!;
    }

    private static int StridesIn(IEnumerable<RestoredJson> pieces) =>
        pieces.Sum(piece => piece.Text.Split("\"record\":").Length - 1);

    private static bool Closes(RestoredJson piece) => piece.Text.Contains("\"state\":\"complete\"",
        StringComparison.Ordinal);
}
