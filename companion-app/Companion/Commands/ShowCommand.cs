using System.CommandLine;
using Backstep.Companion.Live;
using Backstep.Companion.Output;
using Backstep.Companion.Screen;
using Backstep.Terminal;
using Backstep.Walks.Programme;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;
using Spectre.Console;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep show ID</c>: one session, with charts on a terminal, in words elsewhere.</summary>
public static class ShowCommand
{
    private const int JsonParts = 60;

    /// <summary>Builds it.</summary>
    public static Command Build(CommandEnvironment environment, Option<bool> json)
    {
        var id = StoreOptions.SessionArgument();
        var store = new StoreOptions();
        var units = CommonOptions.UnitsOption();
        var command = new Command("show", "Show one session: its figures, and how it went from start to end.");
        command.Arguments.Add(id);
        command.Options.Add(store.Data);
        command.Options.Add(units);
        command.SetAction(result =>
        {
            using var archive = store.OpenForReading(result, environment);
            var session = StoreOptions.Session(archive, result.GetValue(id));
            var show = CommonOptions.UnitsOf(result, units, environment);
            var intervals = IntervalPart.Of(session);
            if (result.GetValue(json))
            {
                JsonOutput.Write(environment.Out, Json(archive, session, intervals), JsonOutput.Context.ShowJson);
                return ExitCode.Ok;
            }

            SessionText.Figures(environment.Out, session, show);
            environment.Out.WriteLine();
            SummaryWriter.Wrap(environment.Out, string.Join(" ", InWords(archive, session, intervals)));
            environment.Out.WriteLine();
            if (intervals.Count > 0)
            {
                IntervalText.Write(environment.Out, intervals, session.Summary.Header.Mode);
                environment.Out.WriteLine();
            }

            if (environment.Terminal is { } terminal)
            {
                foreach (var line in SessionCharts.Draw(session, show, terminal.Profile.Width,
                    terminal.Profile.Capabilities.Unicode))
                {
                    terminal.Write(new Frame([line], line.Width));
                    terminal.WriteLine();
                }
            }
            else
            {
                SessionText.Parts(environment.Out, session, show);
                environment.Out.WriteLine();
                SessionText.Angles(environment.Out, SessionCharts.Angles(session));
            }

            return ExitCode.Ok;
        });
        HelpWithExamples.Attach(
            command,
            [
                ("Session 12, with charts", "backstep show 12"),
                ("In words and tables, for a screen reader or a file", "backstep show 12 | cat"),
                ("For a script", "backstep show 12 --json"),
            ]);
        return command;
    }

    private static IReadOnlyList<string> InWords(ISessionArchive archive, KeptSession session,
        IReadOnlyList<IntervalPart> intervals) => WalkWords.Of(
            session.Summary,
            WalkWords.Before(session.Summary.Header, archive.Summaries(session.Walker.Id)),
            intervals.Count(part => part.IsWork), BeltIncline.DoseOf(PrescribedDose.Of(archive, session.Walker.Id)));

    private static ShowJson Json(ISessionArchive archive, KeptSession session,
        IReadOnlyList<IntervalPart> intervals) => new(
        session.Walker.Name,
        SessionJson.From(session.Summary, session.Walker.Name, session.Pain),
        [.. session.Marks.Select(mark => new SessionMarkJson(mark.At.TotalSeconds, StrideText.Of(mark.Kind)))],
        [
            .. SessionSlice.Of(session, JsonParts).Select(part => new SessionPartJson(
                FromSeconds: part.From.TotalSeconds,
                UntilSeconds: part.Until.TotalSeconds,
                Strides: part.Strides.Count,
                Toe: part.Count(StepMark.Toe),
                Flat: part.Count(StepMark.Flat),
                Heel: part.Count(StepMark.Heel),
                Forward: part.Count(StepMark.Forward),
                Unknown: part.Count(StepMark.Unknown),
                CadenceStepsPerMinute: Statistics.Round(part.CadenceStepsPerMinute, 1),
                FootStrikeDegrees: Statistics.Round(part.FootStrikeDegrees, 1),
                BeltMetersPerSecond: Statistics.Round(part.BeltMetersPerSecond, 3),
                Rails: StrideText.Of(part.Rails))),
        ],
        SessionCharts.Angles(session),
        InWords(archive, session, intervals),
        [
            .. intervals.Select(part => new IntervalJson(part.Number, part.IsWork,
                part.Length.TotalSeconds, part.Backward, part.Forward, Statistics.Round(part.ToeFirstShare, 3),
                Statistics.Round(part.StridesPerMinute * 2, 1))),
        ]);
}
