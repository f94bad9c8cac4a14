using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Backstep.Companion.Commands;
using Backstep.Terminal;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Companion.Tests.Programme;

/// <summary>The newcomer's page of six weeks is made here, by the program's own commands on a clock that is set.
/// BACKSTEP_UPDATE_SIX_WEEKS=1 writes it anew.</summary>
public sealed class SixWeeksPageTests : IDisposable
{
    private const int Weeks = 6;
    private const int DaysAWeek = 7;

    private static readonly DateTimeOffset Begin = new(2026, 3, 2, 7, 0, 0, TimeSpan.Zero); // a Monday

    // What the knee feels like, written down beforehand, by week: before a walk, after it, on the next morning. The
    // third week overdoes it.
    private static readonly (int Before, int After, int Morning)[] Pain =
        [(3, 3, 3), (3, 3, 2), (2, 5, 4), (2, 2, 2), (1, 2, 1), (1, 1, 1)];

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Begin);
    private bool _walkedYesterday;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_page_of_six_weeks_says_what_the_program_says()
    {
        string path = Path.GetFullPath(
            Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../newcomer/six-weeks.md"));
        Assert.SkipUnless(Directory.Exists(Path.GetDirectoryName(path)), "the sources are not where they were built");
        string page = Page();
        if (Environment.GetEnvironmentVariable("BACKSTEP_UPDATE_SIX_WEEKS") == "1")
        {
            await File.WriteAllTextAsync(path, page, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), page);
    }

    private string Page()
    {
        Run("plan", "--knee", "mild", "--professional", "yes", "--place", "treadmill");
        var table = new StringBuilder();
        var mondays = new StringBuilder();
        for (int week = 0; week < Weeks; week++)
        {
            mondays.Append(CultureInfo.InvariantCulture, $"## Week {week + 1}\n\n")
                .Append(CultureInfo.InvariantCulture, $"```\n$ backstep plan\n{Plan()}```\n\n");
            var walked = new List<string>();
            for (int day = 0; day < DaysAWeek; day++)
            {
                Day(week, walked);
                _time.Advance(TimeSpan.FromDays(1));
            }

            table.Append(CultureInfo.InvariantCulture, $"| {week + 1} | {string.Join(", ", walked)} ")
                .Append(CultureInfo.InvariantCulture, $"| {Pain[week].Before}, {Pain[week].After}, ")
                .Append(CultureInfo.InvariantCulture, $"{Pain[week].Morning} |\n");
        }

        return Opening + table + "\n" + mondays + "## After six weeks\n\n```\n$ backstep trends\n"
            + Run("trends").Out + "```\n";
    }

    /// <summary>A day: the morning after is noted; who may walk walks what the plan says, and notes pain.</summary>
    private void Day(int week, List<string> walked)
    {
        if (_walkedYesterday)
        {
            Note("pain", Pain[week].Morning, "--morning");
        }

        _walkedYesterday = false;
        if (MinutesToday() == null)
        {
            return;
        }

        Note("pain", Pain[week].Before, "--before");
        if (MinutesToday() is not { } minutes)
        {
            return;
        }

        _walkedYesterday = true;
        Note("walk", minutes);
        Note("pain", Pain[week].After, "--after");
        walked.Add(string.Create(CultureInfo.InvariantCulture, $"{_time.GetUtcNow():ddd} {minutes} min"));
    }

    /// <summary>What the plan says of today; null when it says anything but walk.</summary>
    private int? MinutesToday()
    {
        using var plan = JsonDocument.Parse(Run("plan", "--json").Out);
        return plan.RootElement.GetProperty("advice").GetString() == "walk"
            ? plan.RootElement.GetProperty("targetMinutes").GetInt32() : null;
    }

    private void Note(string kind, int value, params string[] more)
    {
        var run = Run(["log", kind, value.ToString(CultureInfo.InvariantCulture), .. more]);
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
    }

    /// <summary>Today's plan without what it says every day.</summary>
    private string Plan()
    {
        string plan = Run("plan").Out;
        return plan[..plan.IndexOf("\nThis is no medical advice", StringComparison.Ordinal)];
    }

    private const string Opening = """
        # Six weeks, made by commands

        **Nobody walked this**: no person, no sensor, no simulated walker. `tests/Companion.Tests` sets a clock to each
        morning of six weeks, notes pain that was written down beforehand, and on each day on which the plan says walk
        notes a walk of the minutes that it says:

        ```
        backstep plan --knee mild --professional yes --place treadmill
        backstep log pain N --before
        backstep log walk MINUTES
        backstep log pain N --after
        backstep log pain N --morning
        ```

        What comes back is the program's own. In the third week the pain is made worse on purpose, so that the plan has
        something to heed. Pain that goes down here says nothing about knees. Walks without a sensor have no strides
        to show and none of the sessions by whose number cues grow fewer: so it stays at "session 1", and `trends` has
        no table. "Kept to" counts two days in each seven, rest for pain included.

        | week | walked | pain before, after, next morning |
        |--:|---|---|

        """;

    private CommandRun Run(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var environment = new CommandEnvironment { Out = output, Error = error, Time = _time,
            Culture = CultureInfo.InvariantCulture, DataFolder = _folder["data"] };
        int exitCode = ConsoleProgram.RunAsync(() => Root.Build(environment), args, environment).GetAwaiter()
            .GetResult();
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
