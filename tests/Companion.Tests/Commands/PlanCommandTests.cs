using System.Globalization;
using System.Text.Json;
using Backstep.Companion.Commands;
using Backstep.Companion.Tests.Programme;
using Backstep.Store;
using Backstep.Terminal;
using Backstep.Walks.Programme;
using Backstep.Walks.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Companion.Tests.Commands;

/// <summary>plan, log pain and settings, over a store of their own.</summary>
public sealed class PlanCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 7, 0, 0, TimeSpan.Zero));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_newcomer_is_asked_first_and_nothing_is_written()
    {
        var run = Run("plan");
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        Assert.Contains("NOT YET. Three questions come before the first walk", OneLine(run.Out),
            StringComparison.Ordinal);
        Assert.DoesNotContain("WALK", run.Out, StringComparison.Ordinal);
        foreach (string said in (string[])["by the controls", "no traffic", "warm-up", "dull ache", "in the morning",
            "Not all knee pain is either", "ask a doctor or physiotherapist before"])
        {
            Assert.Contains(said, OneLine(run.Out), StringComparison.Ordinal);
        }

        Assert.All(run.Out.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        Assert.Empty(_folder.Names);
        Assert.Equal("answer", Json("plan", "--json").GetProperty("advice").GetString());
    }

    [Fact]
    public void Who_answers_by_options_is_told_to_walk_three_minutes_and_is_not_asked_again()
    {
        var run = Run("plan", "--knee", "mild", "--professional", "yes", "--place", "treadmill");
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        Assert.Contains("WALK 3 minutes backward, the belt at 3.2 km/h or slower", OneLine(run.Out),
            StringComparison.Ordinal);
        Assert.Contains("(rule: minutes)", OneLine(run.Out), StringComparison.Ordinal);
        Assert.Contains("no medical advice", run.Out, StringComparison.Ordinal);
        Assert.All(run.Out.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        Assert.Equal("walk", Json("plan", "--json").GetProperty("advice").GetString());
        Assert.Contains("professional", OneLine(Run("plan", "--professional", "no").Out), StringComparison.Ordinal);
        Assert.Contains("up a hill", OneLine(Run("plan", "--place", "hill").Out), StringComparison.Ordinal);
        Assert.Contains("STOP", Run("plan", "--knee", "strong").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void On_a_terminal_the_questions_are_asked_once_and_can_be_skipped()
    {
        var run = Typed(["perhaps", "m", "yes", "tread"], "plan");
        Assert.Contains("Please type none, mild, strong or skip", OneLine(run.Out), StringComparison.Ordinal);
        Assert.Contains("WALK 3 minutes", OneLine(run.Out), StringComparison.Ordinal);
        Assert.DoesNotContain("Three questions", Typed([], "plan").Out, StringComparison.Ordinal);
        Assert.Contains("you skipped the questions", OneLine(Typed(["skip"], "plan", "--walker", "Ben").Out),
            StringComparison.Ordinal);
        Assert.Contains("STOP", Typed(["strong", "no", "hill"], "plan", "--ask").Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, Run("plan", "--ask").ExitCode);
    }

    [Fact]
    public void A_mistyped_note_is_taken_back_and_a_stop_only_on_being_asked()
    {
        Answer();
        Run("log", "pain", "8");
        Assert.Contains("STOP", Run("log", "pain", "1").Out, StringComparison.Ordinal);
        Assert.Contains("pain 1 of 10", Run("log", "undo").Out, StringComparison.Ordinal);
        var refused = Run("log", "undo");
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Contains("mistyped", refused.ErrorLine, StringComparison.Ordinal);
        Assert.Contains("walk 3 minutes", Run("log", "undo", "--yes").Out, StringComparison.Ordinal);
        Assert.Contains("no note", Run("log", "undo").ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void The_note_that_was_entered_last_is_taken_back_whatever_day_it_is_about()
    {
        Run("log", "pain", "2");
        Run("log", "walk", "4", "--on", "2026-02-20");
        Run("log", "note", "new shoes");
        Assert.Contains("new shoes", Run("log", "undo").Out, StringComparison.Ordinal);
        Assert.Contains("4 minutes walked on 20 February", Run("log", "undo").Out, StringComparison.Ordinal);
        Assert.Contains("pain 2", Run("log", "undo").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_note_of_the_same_moment_of_the_same_walk_does_not_undo_the_alarm_of_the_first()
    {
        Keep(simulated: false);
        Run("log", "pain", "8", "--after");
        Run("log", "pain", "1", "--after");
        Assert.Equal("stop", Json("plan", "--json").GetProperty("advice").GetString());
    }

    [Fact]
    public void A_walk_without_the_sensor_counts()
    {
        Answer();
        Assert.Contains("rest: you have walked today", Run("log", "walk", "3.5").Out, StringComparison.Ordinal);
        Assert.Equal(3.5, Json("plan", "--json").GetProperty("lastSevenDays")[6].GetProperty("backwardMinutes")
            .GetDouble());
        Assert.Equal(ExitCode.Usage, Run("log", "walk", "3", "--on", "2026-03-09").ExitCode);
    }

    [Fact]
    public void A_note_can_be_given_to_a_walk_by_its_number()
    {
        long id = Keep(simulated: false);
        string number = id.ToString(CultureInfo.InvariantCulture);
        Assert.Equal(id, Json("log", "pain", "2", "--before", "--session", number, "--json").GetProperty("sessionId")
            .GetInt64());
        Assert.Equal(ExitCode.Usage, Run("log", "pain", "2", "--session", "99").ExitCode);
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("rest")]
    [InlineData("answer")]
    public void On_a_day_that_is_not_for_walking_live_says_so_and_needs_to_be_told(string day)
    {
        if (day != "answer")
        {
            Keep(simulated: false);
            Run("log", "pain", day == "stop" ? "7" : "1", "--after");
        }

        var run = Run("live", "--sensor", "Shoe", "--minutes", "5", "--mode", "free");
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("--anyway", run.ErrorLine, StringComparison.Ordinal);
        Assert.Contains("Nothing was begun", Typed(["n"], "live", "--sensor", "Shoe").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_rule_is_listed_with_its_source_or_as_ours()
    {
        string text = OneLine(Run("plan", "--rules").Out);
        Assert.All(Rules.All,
            rule => Assert.Contains($"{rule.Name}: {rule.Says} Source: {rule.Source ?? "ours, a careful guess"}.",
                text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_plan_in_json_says_the_same()
    {
        var plan = Json("plan", "--json");
        Assert.Equal("backstep.plan/1", plan.GetProperty("schema").GetString());
        Answer();
        plan = Json("plan", "--json");
        Assert.Equal(("walk", 3, "2026-03-02"),
            (plan.GetProperty("advice").GetString(), plan.GetProperty("targetMinutes").GetInt32(),
                plan.GetProperty("day").GetString()));
        Assert.Equal(7, plan.GetProperty("lastSevenDays").GetArrayLength());
        Assert.Equal("minutes", plan.GetProperty("reasons")[0].GetProperty("rule").GetString());
    }

    [Fact]
    public void Pain_that_was_noted_is_heeded()
    {
        Answer();
        Assert.Contains("walk 3 minutes", Run("log", "pain", "2").Out, StringComparison.Ordinal);
        var bad = Run("log", "pain", "8", "--after");
        Assert.Equal(ExitCode.Ok, bad.ExitCode);
        Assert.Contains("STOP", bad.Out, StringComparison.Ordinal);
        Assert.Contains("professional", bad.Out, StringComparison.Ordinal);
        Assert.Equal("stop", Json("plan", "--json").GetProperty("advice").GetString());
        _time.Advance(TimeSpan.FromDays(3));
        Assert.Equal("walk", Json("log", "pain", "1", "--morning", "--json").GetProperty("advice").GetString());
    }

    [Fact]
    public void A_note_after_belongs_to_the_session_of_today_and_one_in_the_morning_to_that_of_yesterday()
    {
        long id = Keep(simulated: false);
        Assert.Equal(id, Json("log", "pain", "2", "--after", "--json").GetProperty("sessionId").GetInt64());
        Assert.Equal(JsonValueKind.Null,
            Json("log", "pain", "2", "--before", "--json").GetProperty("sessionId").ValueKind);
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(id, Json("log", "pain", "1", "--morning", "--json").GetProperty("sessionId").GetInt64());
    }

    [Fact]
    public void A_simulated_session_hurts_nobody_and_counts_for_nothing()
    {
        Keep(simulated: true);
        Answer();
        Assert.Equal(JsonValueKind.Null,
            Json("log", "pain", "0", "--after", "--json").GetProperty("sessionId").ValueKind);
        Assert.Equal("walk", Json("plan", "--json").GetProperty("advice").GetString());
    }

    [Fact]
    public void A_real_session_today_means_rest()
    {
        Keep(simulated: false);
        Assert.Equal("rest", Json("plan", "--json").GetProperty("advice").GetString());
        Assert.Contains("REST", Run("plan").Out, StringComparison.Ordinal);
        Assert.Contains("next walk", Run("plan").Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("log", "pain", "11")]
    [InlineData("log", "pain", "-1")]
    [InlineData("log", "pain", "3.5")]
    [InlineData("log", "pain", "much")]
    [InlineData("log", "walk", "0")]
    [InlineData("log", "walk", "61")]
    [InlineData("log", "note", " ")]
    [InlineData("plan", "--knee", "so-so")]
    [InlineData("plan", "--knee", "mild", "--skip-questions")]
    [InlineData("log", "pain")]
    [InlineData("log", "pain", "3", "--after", "--morning")]
    [InlineData("settings", "unit", "us")]
    [InlineData("settings", "units", "furlongs")]
    public void What_cannot_be_meant_is_one_line_and_exit_2_and_nothing_is_written(params string[] args)
    {
        var run = Run(args);
        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Out));
        Assert.NotEmpty(run.ErrorLine);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void Units_are_kept_for_each_walker()
    {
        Assert.Contains("us", Run("settings", "units", "us", "--walker", "Ada").Out, StringComparison.Ordinal);
        Run("settings", "units", "metric", "--walker", "Ben");
        Answer("--walker", "Ada");
        Answer("--walker", "Ben");
        Assert.Contains("2.0 mph", OneLine(Run("plan", "--walker", "Ada").Out), StringComparison.Ordinal);
        Assert.Contains("3.2 km/h", OneLine(Run("plan", "--walker", "Ben").Out), StringComparison.Ordinal);
        Assert.Contains("3.2 km/h", OneLine(Run("plan", "--walker", "Ada", "--units", "metric").Out),
            StringComparison.Ordinal);
        Run("settings", "units", "default", "--walker", "Ada");
        Assert.Equal(JsonValueKind.Null, Json("settings", "--walker", "Ada", "--json").GetProperty("units").ValueKind);
    }

    private long Keep(bool simulated)
    {
        using var store = SessionStore.Open(_folder.Path, _time);
        var one = new Diary().Walk(0, 3, simulated: simulated).Sessions[0];
        var walker = store.WalkerNamed("Ada");
        var header = one.Header with { Id = 0, WalkerId = walker.Id, StartedAt = _time.GetLocalNow() };
        return store.Keep(new KeptSession(one with { Header = header }, walker, [], [], [])).Id;
    }

    private void Answer(params string[] more) => Assert.Equal(ExitCode.Ok,
        Run(["plan", "--knee", "mild", "--professional", "yes", "--place", "treadmill", .. more]).ExitCode);

    private CommandRun Run(params string[] args) => Typed(null, args);

    /// <summary>With somebody who types these lines; null: nobody.</summary>
    private CommandRun Typed(string[]? lines, params string[] args)
    {
        var typed = new Queue<string>(lines ?? []);
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var environment = new CommandEnvironment { Out = output, Error = error,
            Culture = CultureInfo.InvariantCulture, Time = _time, DataFolder = _folder.Path,
            ReadAnswer = lines == null ? null : () => typed.Count > 0 ? typed.Dequeue() : null };
        int exitCode = ConsoleProgram.RunAsync(() => Root.Build(environment), args, environment).GetAwaiter()
            .GetResult();
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }

    private JsonElement Json(params string[] args)
    {
        var run = Run(args);
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        using var document = JsonDocument.Parse(run.Out);
        return document.RootElement.Clone();
    }

    private static string OneLine(string text) => System.Text.RegularExpressions.Regex.Replace(text, @"\s+", " ");
}
