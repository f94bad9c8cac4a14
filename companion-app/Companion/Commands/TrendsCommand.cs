using System.CommandLine;
using System.Globalization;
using Backstep.Companion.Output;
using Backstep.Store;
using Backstep.Terminal;
using Backstep.Walks.Programme;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep trends</c>: week by week.</summary>
public static class TrendsCommand
{
    private const int DefaultWeeks = 12;

    /// <summary>Builds it.</summary>
    public static Command Build(CommandEnvironment environment, Option<bool> json)
    {
        var store = new StoreOptions();
        var weeks = NumberOption.Whole("--weeks", $"How many, the newest. Default: {DefaultWeeks}; with --json all.",
            null);
        var simulated = new Option<bool>("--with-simulated") { Description = "Count simulated sessions too. Without "
            + "it they do not count." };
        var command = new Command("trends",
            "Week by week: sessions, minutes, toe-first share, foot strike angle, pain before and after.");
        store.AddTo(command);
        command.Options.Add(weeks);
        command.Options.Add(simulated);
        command.SetAction(result =>
        {
            using var archive = store.OpenForReading(result, environment);
            var walker = store.WhoseSessions(result, archive);
            var all = walker == null ? [] : archive.Summaries(walker.Id);
            bool withSimulated = result.GetValue(simulated);
            var counted = all.Where(session => withSimulated || !session.Header.IsSimulated).ToArray();
            int undated = counted.Count(session => session.Header.IsStartUnknown);
            var found = WeekOfWalking.Of(counted, walker == null ? [] : archive.Pain(walker.Id));
            bool asJson = result.GetValue(json);
            var retention = walker == null ? Retention.Of([])
                : Retention.Of(archive, walker.Id, withSimulated, environment.Time.GetLocalNow());
            string[] inWords = walker == null ? []
                : [.. InWords(archive, walker, found, environment), .. RetentionText.Of(retention)];
            var shown = (result.GetValue(weeks) ?? (asJson ? null : DefaultWeeks)) is { } most
                ? [.. found.TakeLast(most)] : found;
            if (asJson)
            {
                var trends = new TrendsJson(walker?.Name, withSimulated, undated, [.. shown.Select(WeekJson.From)],
                    inWords);
                JsonOutput.Write(environment.Out, trends, JsonOutput.Context.TrendsJson);
                return ExitCode.Ok;
            }

            Write(environment.Out, all, counted, shown, found.Count, undated, withSimulated);
            foreach (string sentence in inWords)
            {
                SummaryWriter.Wrap(environment.Out, sentence);
            }

            RetentionText.Bars(environment.Out, retention);
            return ExitCode.Ok;
        });
        HelpWithExamples.Attach(
            command,
            [("The last twelve weeks", "backstep trends"),
                ("A year, of one walker", "backstep trends --weeks 52 --walker Ann"),
                ("For a script", "backstep trends --json")],
            notes: "toes: share of backward strides that landed toes first. strike: mean foot strike angle, negative "
                + "= toes down. rails: share of strides with a hand on a rail, where known. "
                + "before, after, morning: mean of the pain noted then, 0 to 10. A dash means not known.");
        return command;
    }

    private static string[] InWords(SessionStore archive, WalkerProfile walker, IReadOnlyList<WeekOfWalking> weeks,
        CommandEnvironment environment)
    {
        var now = environment.Time.GetLocalNow();
        var adherence = Adherence.Of(WalkerDiary.Of(archive, walker.Id, now), DateOnly.FromDateTime(now.DateTime));
        string? noted = WalkWords.Noted(archive.Notes(walker.Id));
        return [.. new[] { WalkWords.OfWeeks(weeks), noted, WalkWords.Of(adherence) }.OfType<string>()];
    }

    private static void Write(
        TextWriter writer, IReadOnlyList<SessionSummary> all, SessionSummary[] counted,
        IReadOnlyList<WeekOfWalking> shown, int weeks, int undated, bool withSimulated)
    {
        if (withSimulated && counted.Any(session => session.Header.IsSimulated))
        {
            writer.WriteLine("SIMULATED sessions count here: nobody walked them.");
        }

        if (shown.Count == 0)
        {
            writer.WriteLine("No sessions to tell a trend from yet.");
        }
        else
        {
            SessionText.Weeks(writer, shown);
        }

        if (weeks > shown.Count)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"There are {weeks} weeks: --weeks N shows "
                + $"more."));
        }

        if (all.Count > counted.Length)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Simulated sessions do not count: "
                + $"{all.Count - counted.Length} left out (--with-simulated)."));
        }

        if (undated > 0)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Sessions walked when the sensor's clock "
                + $"was not set are left out: {undated}."));
        }
    }
}
