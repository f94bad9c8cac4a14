using System.Text.Json;
using Backstep.Companion.Tests.Export;
using Backstep.Store;
using Backstep.Terminal;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Tests.Commands;

/// <summary>export, import and report, as they are typed.</summary>
public sealed class ExportCommandTests : IDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly TemporaryFolder _files = new();

    public void Dispose()
    {
        _data.Dispose();
        _files.Dispose();
    }

    [Theory]
    [InlineData("tcx", "<TrainingCenterDatabase")]
    [InlineData("fit", ".FIT")]
    [InlineData("csv", "contact_s,")]
    [InlineData("json", "backstep.session/1")]
    public void A_session_is_exported_by_the_ending_of_the_file(string format, string within)
    {
        long id = Keep("Ann", KeptSessions.Start);
        string path = _files["walk." + format];
        var run = CommandRun.In(_data.Path, "export", $"{id}", "--out", path, "--json");
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        Assert.Contains(within, File.ReadAllText(path), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(run.Out);
        Assert.Equal("backstep.export/1", json.RootElement.GetProperty("schema").GetString());
        Assert.Equal(format, json.RootElement.GetProperty("format").GetString());
        Assert.Equal([$"walk.{format}"], _files.Names);
    }

    [Fact]
    public void What_exists_is_replaced_only_with_force()
    {
        Keep("Ann", KeptSessions.Start);
        string path = _files.Write("walk.csv", "mine");
        var refused = CommandRun.In(_data.Path, "export", "--out", path);
        Assert.Equal(ExitCode.CannotWrite, refused.ExitCode);
        Assert.Contains("--force", refused.ErrorLine, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(path));
        Assert.Equal(ExitCode.Ok, CommandRun.In(_data.Path, "export", "--out", path, "--force").ExitCode);
        Assert.NotEqual("mine", File.ReadAllText(path));
    }

    [Theory]
    [InlineData("which format?", "export")]
    [InlineData("which format?", "export", "--out", "walk.txt")]
    [InlineData("needs a folder", "export", "--all")]
    [InlineData("exclude each other", "export", "1", "--all", "--out", "x")]
    [InlineData("there is no session 99", "export", "99", "--format", "fit")]
    [InlineData("is no session", "export", "first", "--format", "fit")]
    [InlineData("there is no walker 'Bob'", "export", "--walker", "Bob", "--format", "fit")]
    [InlineData("there is no session 99", "report", "99")]
    [InlineData("is of Ann", "report", "1", "--walker", "Cid")]
    public void A_wrong_command_line_says_what_is_wrong(string words, params string[] args)
    {
        Keep("Ann", KeptSessions.Start);
        Keep("Cid", KeptSessions.Start);
        var run = CommandRun.In(_data.Path, args);
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(words, run.ErrorLine, StringComparison.Ordinal);
        Assert.Empty(_files.Names);
    }

    [Fact]
    public void Without_a_session_there_is_a_word_about_it_and_no_store_is_made()
    {
        var run = CommandRun.In(_data.Path, "report");
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("no session is kept", run.ErrorLine, StringComparison.Ordinal);
        Assert.Empty(_data.Names);
    }

    [Fact]
    public void Everything_that_is_exported_can_be_imported_elsewhere_and_only_once()
    {
        Keep("Ann", KeptSessions.Start);
        Keep("Ann", KeptSessions.Start.AddDays(1), isSimulated: true);
        Keep("Bob", KeptSessions.Start);
        string folder = _files["all"];
        Assert.Equal(ExitCode.Ok, CommandRun.In(_data.Path, "export", "--all", "--out", folder).ExitCode);
        Assert.Equal(3, Directory.GetFiles(folder, "*.json").Length);

        using var elsewhere = new TemporaryFolder();
        var first = CommandRun.In(elsewhere.Path, "import", folder);
        Assert.Equal((ExitCode.Ok, ""), (first.ExitCode, first.Error));
        Assert.Equal(3, first.Out.Split('\n').Count(line => line.Contains(" is session ", StringComparison.Ordinal)));
        Assert.Single(first.Out.Split('\n'), line => line.Contains("SIMULATED", StringComparison.Ordinal));
        var again = CommandRun.In(elsewhere.Path, "import", folder);
        Assert.Equal(3,
            again.Out.Split('\n').Count(line => line.Contains("is there already", StringComparison.Ordinal)));

        using var here = Store(_data);
        using var there = Store(elsewhere);
        Assert.Equal(["Ann", "Bob"], there.Walkers().Select(walker => walker.Name));
        Assert.Equal(3, there.Summaries().Count);
        foreach (var (one, other) in here.Summaries().Select(summary => here.Find(summary.Header.Id)!)
            .Zip(there.Summaries().Select(summary => there.Find(summary.Header.Id)!)))
        {
            // Worked out anew from what is kept, to the precision of a stride's record.
            Assert.Equal(SessionTotals.Of(one.Summary.Header.Sensors, one.Strides, one.Marks), other.Summary.Totals);
            Assert.Equal(one.Summary.Header.StartedAt, other.Summary.Header.StartedAt);
            Assert.Equal(
                one.Strides.Select(
                    kept => (kept.Run, kept.At, kept.Rails, kept.Stride.Sequence, kept.Stride.LengthMillimeters)),
                    other.Strides.Select(
                        kept => (kept.Run, kept.At, kept.Rails, kept.Stride.Sequence, kept.Stride.LengthMillimeters)));
            Assert.Equal(one.Pain.Select(pain => (pain.At, pain.Moment, pain.Level)),
                other.Pain.Select(pain => (pain.At, pain.Moment, pain.Level)));
            Assert.Equal(one.Marks, other.Marks);
        }
    }

    [Fact]
    public void Of_several_files_one_of_which_is_damaged_none_is_imported()
    {
        Keep("Ann", KeptSessions.Start);
        string good = _files["good.json"];
        CommandRun.In(_data.Path, "export", "--out", good);
        string bad = _files.Write("bad.json", File.ReadAllText(good)[..500]);
        using var elsewhere = new TemporaryFolder();
        var run = CommandRun.In(elsewhere.Path, "import", good, bad);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("bad.json is damaged", run.ErrorLine, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Names);
        Assert.Equal(ExitCode.BadInput, CommandRun.In(elsewhere.Path, "import", _files["none.json"]).ExitCode);
    }

    [Fact]
    public void Another_walk_of_the_same_moment_is_refused_and_for_another_walker_taken_in()
    {
        Keep("Ann", KeptSessions.Start);
        string file = _files["walk.json"];
        CommandRun.In(_data.Path, "export", "--out", file);
        using var elsewhere = new TemporaryFolder();
        using (var store = Store(elsewhere))
        {
            var ann = store.WalkerNamed("Ann");
            var other = KeptSessions.Of([.. KeptSessions.Even(3)]);
            store.Keep(
                other with
                {
                    Summary = other.Summary with { Header = other.Summary.Header with { WalkerId = ann.Id } },
                });
        }

        var refused = CommandRun.In(elsewhere.Path, "import", file);
        Assert.Equal(ExitCode.BadInput, refused.ExitCode);
        Assert.Contains("--walker NAME", refused.ErrorLine, StringComparison.Ordinal);
        Assert.Contains("is session 2 of Bea", CommandRun.In(elsewhere.Path, "import", file, "--walker", "Bea").Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_is_a_page_about_the_last_session_of_whoever_walked_last()
    {
        Keep("Ann", KeptSessions.Start);
        Keep("Bob", KeptSessions.Start.AddDays(-1));
        string page = _files["walk.html"];
        var run = CommandRun.In(_data.Path, "report", "--out", page, "--json");
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        Assert.Contains("<bdi>Bob</bdi>", File.ReadAllText(page), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(run.Out);
        Assert.Equal(2, json.RootElement.GetProperty("session").GetInt64());
        Assert.Equal(ExitCode.Ok,
            CommandRun.In(_data.Path, "report", "--walker", "ann", "--out", page, "--force").ExitCode);
        Assert.Contains("<bdi>Ann</bdi>", File.ReadAllText(page), StringComparison.Ordinal);
    }

    private static SessionStore Store(TemporaryFolder folder) => SessionStore.Open(folder.Path, TimeProvider.System);

    private long Keep(string walker, DateTimeOffset at, bool isSimulated = false)
    {
        using var store = Store(_data);
        var session = KeptSessions.Of(
            [.. KeptSessions.Even(20)],
            isSimulated: isSimulated,
            marks: [new SessionMark(TimeSpan.FromSeconds(5), MarkKind.Walker)],
            pain: [new PainNote(0, 0, at.AddMinutes(5), PainMoment.After, 2)]);
        return store.Keep(
            session with { Summary = session.Summary with { Header = session.Summary.Header with { StartedAt = at,
                WalkerId = store.WalkerNamed(walker).Id } } }).Id;
    }
}
