using System.CommandLine;
using Backstep.Lab.Evaluation;
using Backstep.Terminal;

namespace Backstep.Lab;

/// <summary><c>backstep-lab recordings</c>: how good the sensor's engine is on recordings with a reference.</summary>
public static class RecordingsCommand
{
    private const int MostCuts = 10_000;

    private static readonly string Notes = string.Join(
        Environment.NewLine,
        [
            "Every NAME.csv of the folder is read, in the format of 'backstep replay'. Beside it may lie",
            "  NAME.mount       how the sensor sat, in the words of 'backstep replay --mount'",
            "  NAME_events.csv  the reference: lines event,t_s with initial_contact or toe_off,",
            "                   in the recording's time; optional columns direction, length_m",
            "  NAME_lengths.csv measured stride lengths: lines from_s,to_s,length_m, from a moment",
            "                   of one stance to a moment of the next",
            "A recording without a .mount must be in the foot frame; if its z does not point up "
                + "where the foot stands at first, --mount auto is taken and said.",
            "Comment lines above the recording's header tell the rest; all are optional:",
            "  # side: left     # direction: forward     # strides: 58 (a person's count)",
            "A reference may leave strides out, such as turns. Precision is counted only within "
                + "its stretches, where contact follows on contact. Direction counts for all strides.",
        ]);

    /// <summary>Builds it.</summary>
    public static Command Build(ProgramEnvironment environment, Option<bool> json)
    {
        var output = new ReportOutput(environment, json);
        var recordings = new RecordingOptions();
        var reverse = new Option<bool>("--reverse")
        {
            Description = "Play the recordings backwards in time (synthetic): contact and foot-off change places.",
        };
        var cuts = NumberOption.Whole(
            "--cuts",
            "Also start every recording at that many random instants, as it was walked and reversed: how long until "
            + "the first stride.",
            null,
            MostCuts);
        var seed = NumberOption.Seed("With --cuts: another seed, other instants.");
        var command = new Command("recordings", "Hold the engine against recordings with references.")
        {
            reverse, cuts, seed, output.Check, output.Csv,
        };
        recordings.AddTo(command);
        output.AddFormatTo(command);
        command.SetAction(result =>
        {
            using var csv = output.OpenCsv(result);
            var report = Reports.OfRecordings(
                recordings.FolderOf(result),
                recordings.DefaultsOf(result),
                result.GetValue(reverse),
                new Cuts(result.GetValue(cuts) ?? 0, result.GetValue(seed)),
                result.GetValue(output.Check),
                environment.Stop);
            if (csv != null)
            {
                EvaluationCsv.Write(csv.Writer, report.Rows);
                csv.Commit();
            }

            return output.Print(result, report);
        });
        HelpWithExamples.Attach(
            command,
            [
                ("Recordings with references", "backstep-lab recordings my-recordings"),
                ("The same played backwards, as Markdown",
                    "backstep-lab recordings my-recordings --reverse --markdown"),
                ("And from 20 random instants each", "backstep-lab recordings my-recordings --cuts 20 --seed 7"),
            ],
            Notes);
        return command;
    }
}
