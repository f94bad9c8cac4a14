using Backstep.Files;
using Backstep.Flash;
using Backstep.Link;
using Backstep.Store;
using Backstep.Walks;

namespace Backstep.Terminal;

/// <summary>Every way the program can end, in one place. Shown at the end of <c>backstep --help</c> and in the
/// README.</summary>
public static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Ok = 0;

    /// <summary>A fault in Backstep itself.</summary>
    public const int Unexpected = 1;

    /// <summary>The command line asks for something that does not exist or does not fit together.</summary>
    public const int Usage = 2;

    /// <summary>A recording or a file to import is missing, empty, damaged, or says what cannot be.</summary>
    public const int BadInput = 3;

    /// <summary>An output file cannot be written; nothing was left half-written.</summary>
    public const int CannotWrite = 4;

    /// <summary>Bluetooth cannot be used on this computer, or the sensor cannot be reached, refuses, or stopped
    /// answering; a board cannot be flashed.</summary>
    public const int Sensor = 5;

    /// <summary>An evaluation ran well, and the engine missed a target that it was held against.</summary>
    public const int TargetMissed = 6;

    /// <summary>The store of sessions is damaged, from a newer version, not a store, or held by another program. It was
    /// left as it is.</summary>
    public const int Store = 7;

    /// <summary>Stopped by Ctrl+C (128 + SIGINT). What was shown is true; files are whole or absent.</summary>
    public const int Interrupted = 130;

    /// <summary>Whoever read the output stopped reading (128 + SIGPIPE): <c>| head</c>. Nothing is said.</summary>
    public const int ReaderGone = 141;

    /// <summary>Stopped by SIGTERM (128 + SIGTERM).</summary>
    public const int Terminated = 143;

    /// <summary>How the program ends with this error.</summary>
    public static int Of(ExplainedException error) => error switch
    {
        CommandException command => command.ExitCode,
        BadRequestException => Usage,
        BadInputException => BadInput,
        CannotWriteException => CannotWrite,
        ReaderGoneException => ReaderGone,
        StoreException => Store,
        SensorException or BoardException => Sensor,
        _ => Unexpected,
    };

    /// <summary>The table that help and README show.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> All { get; } =
    [
        (Ok, "done"),
        (Unexpected, "a fault in backstep itself: please report it"),
        (Usage, "the command line: unknown option, scenario, mount or value"),
        (BadInput,
            "the recording: missing, empty, wrong header, not a number, time going backwards, rate under 50 Hz; or a "
            + "file to import: damaged, or no session"),
        (CannotWrite, "an output file cannot be written (nothing is left half-written)"),
        (Sensor, "Bluetooth cannot be used here, or the sensor cannot be reached or stopped answering"),
        (TargetMissed, "backstep-lab --check: a target was missed"),
        (Store,
            "the kept sessions cannot be read: damaged, from a newer version, or held by another program (left "
            + "untouched)"),
        (Interrupted, "stopped by Ctrl+C"),
        (ReaderGone, "whoever read the output stopped reading"),
        (Terminated, "stopped by a termination signal"),
    ];
}
