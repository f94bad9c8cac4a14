using System.CommandLine;
using System.Globalization;
using Backstep.Companion.Output;
using Backstep.Companion.Report;
using Backstep.Terminal;
using Backstep.Walks;
using Backstep.Walks.Programme;
using Backstep.Walks.Strides;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep report --programme</c>: the weeks of a walker on one page, and as PDF.</summary>
internal static class ProgrammeReportRun
{
    /// <summary>Writes it.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="environment">Where.</param>
    /// <param name="store">Whose.</param>
    /// <param name="path">The page; null for the usual name. One that ends in .pdf is printed.</param>
    /// <param name="force">Whether a file that exists is replaced.</param>
    /// <param name="units">In which units.</param>
    /// <param name="json">Whether what was done is told as JSON.</param>
    public static int Write(ParseResult result, CommandEnvironment environment, StoreOptions store, string? path,
        bool force, Units units, bool json)
    {
        using var archive = store.OpenForReading(result, environment);
        var walker = store.WhoseSessions(result, archive) ?? throw new CommandException(ExitCode.Usage,
            "nobody has walked yet: there is no programme to report on. See 'backstep plan'.");
        var now = environment.Time.GetLocalNow();
        var content = new ProgrammeContent(walker.Name, WalkerDiary.Of(archive, walker.Id, now),
            Retention.Of(archive, walker.Id, ofSimulated: false, now),
            PlanCommand.PlanOf(archive, walker, environment));
        path ??= string.Create(CultureInfo.InvariantCulture, $"backstep-programme-{now:yyyy-MM-dd}.html");
        PageFile.Write(environment, path, force,
            writer => ProgrammeReport.Write(writer, content, units, now, Root.Version));
        var status = environment.StatusOf(path);
        if (json)
        {
            JsonOutput.Write(status, new ProgrammeReportJson(walker.Name, path),
                JsonOutput.Context.ProgrammeReportJson);
        }
        else
        {
            status.WriteLine($"{path}: the weeks of {OneLine.Of(walker.Name)}, two sheets of A4 on paper.");
        }

        return ExitCode.Ok;
    }
}
