using System.Globalization;
using System.Text.Json;
using Backstep.Companion.Commands;
using Backstep.Gait;
using Backstep.Store;
using Backstep.Terminal;
using Backstep.Walks.Sessions;
using Spectre.Console.Testing;

namespace Backstep.Companion.Tests.Sessions;

public sealed class HistoryCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Data => _folder["data"];

    private CommandRun Run(params string[] args) => CommandRun.In(Data, args);

    /// <summary>Two sessions of Ann's, a week apart, one simulated, one of Bo's.</summary>
    private void Fill()
    {
        using var store = SessionStore.Open(Data, TimeProvider.System);
        var bo = store.WalkerNamed("Bo");
        var ann = store.WalkerNamed("Ann");
        Keep(store, Kept.Header(bo.Id, Kept.Morning.AddDays(-1)), 20);
        Keep(store, Kept.Header(ann.Id), 200, (PainMoment.Before, 4), (PainMoment.After, 2));
        Keep(store, Kept.Header(ann.Id, Kept.Morning.AddDays(14)), 100, (PainMoment.After, 1));
        Keep(store, Kept.Header(ann.Id, Kept.Morning.AddDays(15), simulated: true), 50);
        store.Note(new PainNote(ann.Id, null, Kept.Morning.AddDays(1), PainMoment.NextMorning, 3));
    }

    private static void Keep(SessionStore store, SessionHeader header, int strides,
        params (PainMoment Moment, int Level)[] pain)
    {
        var kept = Kept.Strides(strides, rails: Posture.Held);
        store.Keep(new KeptSession(
            new SessionSummary(header, SessionTotals.Of(header.Sensors, kept, []), true),
            new WalkerProfile(header.WalkerId, "", header.StartedAt),
            kept,
            [new SessionMark(TimeSpan.FromSeconds(9), MarkKind.Walker)],
            [.. pain.Select(note => new PainNote(header.WalkerId, null, header.StartedAt, note.Moment, note.Level))]));
    }

    private static JsonElement Json(CommandRun run)
    {
        Assert.Equal(ExitCode.Ok, run.ExitCode);
        return JsonDocument.Parse(run.Out).RootElement;
    }

    private static void AssertFits(string text) =>
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 80));

    [Fact]
    public void Walks_that_were_noted_stand_apart_from_those_that_were_measured()
    {
        Fill();
        using (var store = SessionStore.Open(Data, TimeProvider.System))
        {
            store.Note(new WalkerNote(store.WalkerNamed("Ann").Id, Kept.Morning.AddDays(2))
                { Walked = TimeSpan.FromMinutes(5), Mode = WalkMode.Hill });
            store.Note(new WalkerNote(store.WalkerNamed("Ann").Id, Kept.Morning.AddDays(3)) { Text = "no walk" });
        }

        string text = Run("sessions").Out;
        Assert.Matches(@"Noted, walked without a sensor:\nwhen +walked\n2026-03-04 08:30 hill +5:00\n$",
            text);
        AssertFits(text);
        Assert.DoesNotContain("Noted", Run("sessions", "--walker", "Bo").Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Noted", Run("sessions", "--since", "2026-03-16").Out, StringComparison.Ordinal);
        var noted = Assert.Single(Json(Run("sessions", "--json")).GetProperty("noted").EnumerateArray());
        Assert.Equal(("Ann", "hill", 5.0), (noted.GetProperty("walker").GetString(),
            noted.GetProperty("mode").GetString(), noted.GetProperty("minutes").GetDouble()));
        Assert.Contains("without a sensor and so not in the table: 1 walk of 5 minutes",
            Run("trends").Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_sessions_every_command_says_so_and_makes_nothing()
    {
        Assert.StartsWith("No sessions yet.", Run("sessions").Out, StringComparison.Ordinal);
        Assert.StartsWith("No sessions to tell a trend from yet.", Run("trends").Out, StringComparison.Ordinal);
        Assert.StartsWith("Nobody has walked yet.", Run("walkers").Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, Run("show", "1").ExitCode);
        Assert.Equal(ExitCode.Usage, Run("delete", "1", "--yes").ExitCode);
        Assert.Equal(ExitCode.BadInput, Run("backup", _folder["copy.db"]).ExitCode);
        Assert.Empty(Json(Run("sessions", "--json")).GetProperty("sessions").EnumerateArray());
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void Sessions_lists_the_last_walkers_newest_first()
    {
        Fill();
        var run = Run("sessions");
        Assert.Equal(
            """
            when                                 id walked strides toes strike rails pain
            2026-03-17 08:30 treadmill SIMULATED  4   1:10      50 100%   -20°  100%    -
            2026-03-16 08:30 treadmill            3   2:20     100 100%   -20°  100%  ?>1
            2026-03-02 08:30 treadmill            2   4:40     200 100%   -20°  100%  4>2

            """,
            run.Out);
        AssertFits(run.Out);
        Assert.Contains("Bo", Run("sessions", "--everyone").Out, StringComparison.Ordinal);
        Assert.Equal(2, Run("sessions", "--walker", "bo").Out.Trim().Split('\n').Length);
        Assert.Contains("There are more", Run("sessions", "--last", "1").Out, StringComparison.Ordinal);
        Assert.Equal(3, Run("sessions", "--since", "2026-03-16").Out.Trim().Split('\n').Length);
    }

    [Fact]
    public void Sessions_as_json()
    {
        Fill();
        var json = Json(Run("sessions", "--json"));
        Assert.Equal("backstep.sessions/1", json.GetProperty("schema").GetString());
        Assert.Equal("Ann", json.GetProperty("walker").GetString());
        var sessions = json.GetProperty("sessions").EnumerateArray().ToArray();
        Assert.Equal([4, 3, 2], sessions.Select(session => session.GetProperty("id").GetInt64()));
        Assert.True(sessions[0].GetProperty("simulated").GetBoolean());
        Assert.Equal(4, sessions[2].GetProperty("painBefore").GetInt32());
        Assert.Equal("2026-03-02T08:30:00+02:00", sessions[2].GetProperty("startedAt").GetString());
        Assert.Equal(100, sessions[2].GetProperty("totals").GetProperty("toeFirstPercent").GetDouble());
    }

    [Fact]
    public void Show_says_it_all_in_words_where_there_is_no_terminal()
    {
        Fill();
        var run = Run("show", "2");
        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Contains("Ann", run.Out, StringComparison.Ordinal);
        Assert.Contains("4:40, of it walking 4:40, target 5:00", run.Out, StringComparison.Ordinal);
        Assert.Contains("100% (200 of 200 backward strides", run.Out, StringComparison.Ordinal);
        Assert.Contains("2.3 km/h", run.Out, StringComparison.Ordinal);
        Assert.Contains("4 before, 2 after", run.Out, StringComparison.Ordinal);
        Assert.Contains("0:09 walker", run.Out, StringComparison.Ordinal);
        Assert.Contains("-20 to -15 degrees", run.Out, StringComparison.Ordinal);
        AssertFits(run.Out);
        Assert.Contains("1.4 mph", Run("show", "2", "--units", "us").Out, StringComparison.Ordinal);
        Assert.StartsWith("SIMULATED", Run("show", "4").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Show_as_json_has_the_parts_of_the_session()
    {
        Fill();
        var json = Json(Run("show", "2", "--json"));
        var parts = json.GetProperty("parts").EnumerateArray().ToArray();
        Assert.Equal(200, parts.Sum(part => part.GetProperty("toe").GetInt32()));
        Assert.All(parts, part => Assert.Equal("held", part.GetProperty("rails").GetString()));
        Assert.Equal(200,
            json.GetProperty("footStrikeAngles").EnumerateArray().Sum(bin => bin.GetProperty("strides").GetInt32()));
        Assert.Equal("walker", json.GetProperty("marks")[0].GetProperty("kind").GetString());
    }

    [Theory]
    [InlineData(80, true)]
    [InlineData(80, false)]
    [InlineData(40, true)]
    public async Task Show_draws_charts_that_fit_the_terminal(int width, bool unicode)
    {
        Fill();
        using var terminal = new TestConsole();
        terminal.Profile.Width = width;
        terminal.Profile.Capabilities.Unicode = unicode;
        using var output = new StringWriter();
        using var environment = new CommandEnvironment { Out = output, Error = output, Terminal = terminal,
            Culture = CultureInfo.InvariantCulture, DataFolder = Data };
        Assert.Equal(ExitCode.Ok,
            await ConsoleProgram.RunAsync(() => Root.Build(environment), ["show", "2"], environment));
        Assert.All(terminal.Lines, line => Assert.InRange(line.Length, 0, width));
        Assert.Contains(terminal.Lines,
            line => line.StartsWith("steps  ", StringComparison.Ordinal)
                && line.Contains(unicode ? "●●●●" : "TTTT", StringComparison.Ordinal));
        Assert.Contains(terminal.Lines,
            line => line.StartsWith("rails  ", StringComparison.Ordinal)
                && line.Contains(unicode ? "████" : "HHHH", StringComparison.Ordinal));
        if (!unicode)
        {
            Assert.All(terminal.Lines,
                line => Assert.All(line.Replace("°", "", StringComparison.Ordinal), c => Assert.True(char.IsAscii(c))));
        }
    }

    [Fact]
    public void Trends_go_week_by_week_without_the_simulated()
    {
        Fill();
        Assert.Equal(
            """
            week from  sessions minutes strides toes strike rails before after morning
            2026-03-02        1       5     200 100%   -20°  100%      4     2       3
            2026-03-09        0       0       0    -      -     -      -     -       -
            2026-03-16        1       2     100 100%   -20°  100%      -     1       -
            Simulated sessions do not count: 1 left out (--with-simulated).
            The newest week against the one before: toes first 100 % after 100 %, about the
            same.
            """,
            Run("trends").Out.Split("\nWalked on")[0].TrimEnd());
        var with = Run("trends", "--with-simulated", "--weeks", "1").Out;
        Assert.StartsWith("SIMULATED sessions count here", with, StringComparison.Ordinal);
        Assert.Contains("2026-03-16        2       4     150", with, StringComparison.Ordinal);
        Assert.Equal(3, Json(Run("trends", "--json")).GetProperty("weeks").GetArrayLength());
    }

    [Fact]
    public void Deleting_needs_a_yes()
    {
        Fill();
        var unasked = Run("delete", "2");
        Assert.Equal(ExitCode.Usage, unasked.ExitCode);
        Assert.Contains("--yes", unasked.ErrorLine, StringComparison.Ordinal);
        Assert.Equal("Nothing was changed.", Answer("n", "delete", "2").Trim().Split('\n')[^1].Split("[y/N] ")[^1]);
        Assert.Equal(ExitCode.Ok, Run("show", "2").ExitCode);
        Assert.Contains("Delete session 2 of 2026-03-02 08:30 (4:40) for good? [y/N]", Answer("y", "delete", "2"),
            StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, Run("show", "2").ExitCode);
        Assert.Equal("deleted", Json(Run("delete", "3", "--yes", "--json")).GetProperty("did").GetString());
        Assert.Equal(ExitCode.Usage, Run("delete", "3", "--yes").ExitCode);
    }

    private string Answer(string answer, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var environment = new CommandEnvironment { Out = output, Error = output,
            Culture = CultureInfo.InvariantCulture, DataFolder = Data, ReadAnswer = () => answer };
        Assert.Equal(ExitCode.Ok,
            ConsoleProgram.RunAsync(() => Root.Build(environment), args, environment).GetAwaiter().GetResult());
        return output.ToString();
    }

    [Fact]
    public void Walkers_are_listed_renamed_and_removed()
    {
        Fill();
        var list = Run("walkers").Out;
        Assert.Contains("Ann *", list, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, Run("walkers", "rename", "ann", "Bo").ExitCode);
        Assert.Equal(ExitCode.Usage, Run("walkers", "rename", "Cy", "Di").ExitCode);
        Assert.Equal(ExitCode.Usage, Run("walkers", "rename", "Ann", " ").ExitCode);
        Assert.Equal("Ann is now called Annie.\n", Run("walkers", "rename", "ann", "Annie").Out);
        Assert.Equal(ExitCode.Usage, Run("walkers", "remove", "Bo").ExitCode);
        Assert.Equal(1, Json(Run("walkers", "remove", "Bo", "--yes", "--json")).GetProperty("sessions").GetInt32());
        Assert.Equal("Annie",
            Assert.Single(Json(Run("walkers", "--json")).GetProperty("walkers").EnumerateArray()).GetProperty("name")
                .GetString());
        var unknown = Run("sessions", "--walker", "Bo");
        Assert.Equal(ExitCode.Usage, unknown.ExitCode);
        Assert.Contains("There are: Annie", unknown.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void A_backup_appears_whole_and_only_where_it_may()
    {
        Fill();
        Assert.Equal(ExitCode.Ok, Run("backup", _folder["copy.db"]).ExitCode);
        Assert.Equal(ExitCode.CannotWrite, Run("backup", _folder["copy.db"]).ExitCode);
        Assert.Equal(ExitCode.Ok, Run("backup", _folder["copy.db"], "--force").ExitCode);
        Assert.Equal(ExitCode.Usage, Run("backup", SessionStore.PathIn(Data), "--force").ExitCode);
        Assert.Equal(ExitCode.CannotWrite, Run("backup", _folder["nowhere/copy.db"]).ExitCode);
        Assert.Equal(["copy.db", "data"], _folder.Names);
        Directory.CreateDirectory(_folder["old"]);
        File.Move(_folder["copy.db"], SessionStore.PathIn(_folder["old"]));
        Assert.Equal(Run("sessions").Out, Run("sessions", "--data", _folder["old"]).Out);
    }

    [Fact]
    public void A_backup_of_a_damaged_store_leaves_nothing()
    {
        Fill();
        byte[] bytes = File.ReadAllBytes(SessionStore.PathIn(Data));
        new Random(1).NextBytes(bytes.AsSpan(bytes.Length / 2, 9000));
        File.WriteAllBytes(SessionStore.PathIn(Data), bytes);
        Assert.Equal(ExitCode.Store, Run("backup", _folder["copy.db"]).ExitCode);
        Assert.Equal(["data"], _folder.Names);
    }

    [Fact]
    public void A_demo_is_kept_only_when_asked_for_and_marked_as_simulated()
    {
        Assert.Equal(ExitCode.Ok, Run("demo", "--seconds", "30", "--fast").ExitCode);
        Assert.Empty(_folder.Names);
        var demo = Json(Run("demo", "--seconds", "30", "--fast", "--keep", "--walker", "Ann", "--json"));
        Assert.Equal([1], demo.GetProperty("keptSessions").EnumerateArray().Select(id => id.GetInt64()));
        var session = Json(Run("show", "1", "--json")).GetProperty("session");
        Assert.True(session.GetProperty("simulated").GetBoolean());
        Assert.Equal("complete", session.GetProperty("state").GetString());
        AssertAllKept(demo, session.GetProperty("totals").GetProperty("backwardStrides").GetInt32());
        Assert.Contains("session 2: backstep show 2", Run("demo", "--seconds", "30", "--fast", "--keep").Out,
            StringComparison.Ordinal);
    }

    // The summary stops at the given time; what is kept has the stride or two that came before the link was let go.
    private static void AssertAllKept(JsonElement demo, int kept)
    {
        int arrived = demo.GetProperty("strides").GetProperty("arrived").GetInt32();
        Assert.InRange(kept, arrived, arrived + 2);
    }

    [Fact]
    public void A_dropped_link_leaves_no_gap_in_what_is_kept()
    {
        var demo = Json(Run("demo", "--scenario", "dropout", "--seconds", "90", "--fast", "--keep", "--json"));
        Assert.True(demo.GetProperty("strides").GetProperty("replayed").GetInt32() > 0);
        using var store = SessionStore.OpenForReading(Data, TimeProvider.System);
        var strides = store.Find(1)!.Strides;
        AssertAllKept(demo, strides.Count);
        Assert.Equal(Enumerable.Range((int)strides[0].Stride.Sequence, strides.Count),
            strides.Select(stride => (int)stride.Stride.Sequence));

        // Live strides are told up to 0.2 s late, as the sensor fetches its samples; replayed ones are not.
        Assert.All(
            strides.Skip(1).Zip(strides).Where(pair => pair.First.Stride.StrideMilliseconds != Stride.Missing),
            pair => Assert.Equal(pair.First.Stride.StrideMilliseconds,
                (pair.First.At - pair.Second.At).TotalMilliseconds, 110.0));
    }

    [Fact]
    public void A_damaged_store_stops_no_demo_that_is_not_kept_and_tells_the_way_on_to_one_that_is()
    {
        Directory.CreateDirectory(Data);
        File.WriteAllText(SessionStore.PathIn(Data), new string('x', 5000));
        Assert.Equal(ExitCode.Ok, Run("demo", "--seconds", "10", "--fast").ExitCode);
        var run = Run("demo", "--seconds", "10", "--fast", "--keep");
        Assert.Equal(ExitCode.Store, run.ExitCode);
        Assert.Contains("leave out --keep", run.ErrorLine, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Store, Run("sessions").ExitCode);
        Assert.Equal(["sessions.db"], Directory.GetFileSystemEntries(Data).Select(Path.GetFileName));
    }
}
