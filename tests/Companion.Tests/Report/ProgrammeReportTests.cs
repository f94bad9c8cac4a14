using System.Globalization;
using System.Xml.Linq;
using Backstep.Companion.Commands;
using Backstep.Companion.Report;
using Backstep.Companion.Tests.Programme;
using Backstep.Terminal;
using Backstep.Walks.Programme;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Companion.Tests.Report;

/// <summary>The weeks on one page, and a dose that somebody else has set.</summary>
public sealed class ProgrammeReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 4, 13, 7, 0, 0, TimeSpan.Zero));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Six_weeks_are_on_the_page_planned_and_walked_and_the_change_of_pain_is_held_against_what_matters()
    {
        var page = Elements(Page(SixWeeks(firstPain: 5, lastPain: 2)));
        string[][] rows = [.. page.Descendants("table").First().Descendants("tr").Skip(1)
            .Select(row => row.Elements().Select(cell => cell.Value).ToArray())];
        Assert.Equal(6, rows.Length);
        Assert.Equal(["2 Mar", "2 of 2", "6 of 6", "-", "-", "5.0", "-", "-"], rows[0]);
        Assert.Contains("-3.0 of 10, as much as matters", page.Value, StringComparison.Ordinal);
        Assert.Contains("less than the smallest change", Elements(Page(SixWeeks(3, 2))).Value,
            StringComparison.Ordinal);
        Assert.Contains("not known", Elements(Page(new Diary())).Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4.8, 3.0, "3.9 % measured")]
    [InlineData(4.8, null, "4.9 % partly told")]
    [InlineData(null, null, "5.0 % told")]
    public void The_incline_of_a_week_says_whether_it_was_measured_or_told(double? first, double? second, string cell)
    {
        var diary = SixWeeks(5, 2);
        foreach (var (i, percent) in ((double?[])[first, second]).Index())
        {
            var session = diary.Sessions[i];
            diary.Sessions[i] = session with
            {
                Header = session.Header with { InclinePercent = 5 },
                MeasuredIncline = percent is { } known ? new MeasuredIncline(known, TimeSpan.FromMinutes(2)) : null,
            };
        }

        Assert.Equal(cell, Elements(Page(diary)).Descendants("table").First().Descendants("tr").ElementAt(1).Elements()
            .ElementAt(3).Value);
    }

    [Fact]
    public void A_professionals_dose_is_named_on_the_page()
    {
        var diary = SixWeeks(5, 2);
        Assert.Contains("no professional has set one", Page(diary), StringComparison.Ordinal);
        diary.Dose = new PrescribedDose { Minutes = 8, Days = 3, InclinePercent = 4, MetersPerSecond = 0.7 };
        Assert.Contains("8 minutes, 3 days a week, 4 %, 2.5 km/h: set by a professional", Page(diary),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_dose_is_set_obeyed_and_forgotten_on_the_command_line()
    {
        Run("plan", "--knee", "mild", "--professional", "yes", "--place", "treadmill");
        string text = Run("plan", "--dose", "7min", "5days", "4%", "2.5km/h").Out.ReplaceLineEndings(" ");
        Assert.Contains("WALK 7 minutes backward, the belt at 2.5 km/h or slower, 4 %", text, StringComparison.Ordinal);
        Assert.Contains("a professional has set 7 minutes", text, StringComparison.Ordinal);
        Assert.Contains("WALK 3 minutes", Run("plan", "--dose", "none").Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("16min")]
    [InlineData("0min")]
    [InlineData("8days")]
    [InlineData("16%")]
    [InlineData("3.4km/h")]
    [InlineData("2.1mph")]
    [InlineData("much")]
    public void A_dose_beyond_what_is_safe_is_refused(string dose)
    {
        var run = Run("plan", "--dose", dose);
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("1 to 15", run.ErrorLine, StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void Without_a_browser_it_is_said_how_to_print_and_with_one_the_file_appears()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // the browser is played by a shell script
        }

        Run("log", "walk", "4");
        var none = Run("report", "--programme", "--out", _folder["weeks.pdf"]);
        Assert.Equal(ExitCode.Usage, none.ExitCode);
        Assert.Contains("no browser that prints was found", none.ErrorLine, StringComparison.Ordinal);
        string browser = _folder["chromium"];
        File.WriteAllText(browser, """
            #!/bin/sh
            for word in "$@"; do
              case "$word" in
                --print-to-pdf=*) out="${word#--print-to-pdf=}" ;;
                file://*) page="${word#file://}" ;;
              esac
            done
            cp "$page" "$out"
            """);
        File.SetUnixFileMode(browser, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.Equal(ExitCode.Ok, Run("report", "--programme", "--out", _folder["weeks.pdf"]).ExitCode);
        Assert.Contains("Backward walking", File.ReadAllText(_folder["weeks.pdf"]), StringComparison.Ordinal);
        Assert.Contains("exists", Run("report", "--programme", "--out", _folder["weeks.pdf"]).ErrorLine,
            StringComparison.Ordinal);

        // A single session is printed as well: no page of HTML is called a PDF.
        Run("demo", "--keep", "--seconds", "20", "--fast");
        var one = Run("report", "1", "--out", _folder["walk.PDF"]);
        Assert.Equal((ExitCode.Ok, ""), (one.ExitCode, one.Error));
        Assert.Contains("for paper", one.Out, StringComparison.Ordinal);
        File.Delete(browser);
        Assert.Contains("no browser", Run("report", "1", "--out", _folder["other.pdf"]).ErrorLine,
            StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["other.pdf"]));
    }

    internal static Diary SixWeeks(int firstPain, int lastPain)
    {
        var diary = new Diary();
        for (int week = 0; week < 6; week++)
        {
            foreach (int day in (int[])[week * 7, (week * 7) + 3])
            {
                diary.Before(day, week < 3 ? firstPain : lastPain);
                diary.Walk(day, 3);
            }
        }

        return diary;
    }

    private string Page(Diary diary) => Page(diary, _time.GetUtcNow().AddDays(-1), Retention.Of([]));

    /// <summary>The page of a diary; its first day is the Monday of the first week, its sixth week ends 41 days
    /// later.</summary>
    internal static string Page(Diary diary, DateTimeOffset now, Retention retention)
    {
        using var writer = new StringWriter();
        var walked = new WalkerDiary(diary.Sessions, diary.Pain) { Dose = diary.Dose };
        ProgrammeReport.Write(writer, new ProgrammeContent("Ann", walked, retention,
            Planner.For(walked, DateOnly.FromDateTime(now.DateTime))), Units.Metric, now, "test");
        return writer.ToString();
    }

    private static XElement Elements(string page) =>
        XElement.Parse(page[page.IndexOf("<main>", StringComparison.Ordinal)..
            (page.IndexOf("</main>", StringComparison.Ordinal) + "</main>".Length)]);

    private CommandRun Run(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var environment = new CommandEnvironment { Out = output, Error = error, Time = _time,
            Culture = CultureInfo.InvariantCulture, DataFolder = _folder["data"], SearchPath = _folder.Path };
        int exitCode = ConsoleProgram.RunAsync(() => Root.Build(environment), args, environment).GetAwaiter()
            .GetResult();
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }
}
