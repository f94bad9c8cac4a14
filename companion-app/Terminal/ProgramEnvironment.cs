using System.Globalization;
using System.Runtime.InteropServices;
using Backstep.Files;

namespace Backstep.Terminal;

/// <summary>What a program at a console touches besides files: texts out, time, culture, and the wish to stop. A test
/// brings its own.</summary>
public class ProgramEnvironment : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly List<IDisposable> _signals = [];
    private long? _stopRequestedAt;

    /// <summary>What the program is called at the console.</summary>
    public string Program { get; init; } = "backstep";

    /// <summary>Standard output.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Standard error.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Where to say that a file was written: standard error when the file is standard output.</summary>
    public TextWriter StatusOf(string? file) => AtomicFile.IsStandardOutput(file) ? Error : Out;

    /// <summary>Whether standard error is a terminal: then it can show how far something has come.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>Standard error if it is a terminal, for progress; else null.</summary>
    public TextWriter? ErrorTerminal => IsErrorTerminal ? Error : null;

    /// <summary>Wall clock and timers.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>For the units that a person expects. Numbers in files and JSON are always invariant.</summary>
    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;

    /// <summary>Set by Ctrl+C or a termination signal.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary><see cref="ExitCode.Interrupted"/> or <see cref="ExitCode.Terminated"/> once <see cref="Stop"/> is
    /// set.</summary>
    public int StopExitCode { get; private set; } = ExitCode.Interrupted;

    /// <summary>Asks the command to end soon and cleanly.</summary>
    public void RequestStop(int exitCode)
    {
        StopExitCode = exitCode;
        _stop.Cancel();
    }

    /// <summary>Takes the system's signals to stop for <see cref="Stop"/>.</summary>
    public void ListenToSignals()
    {
        Listen(PosixSignal.SIGINT, ExitCode.Interrupted);
        Listen(PosixSignal.SIGTERM, ExitCode.Terminated);
        Listen(PosixSignal.SIGHUP, ExitCode.Terminated);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }

        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    private void Listen(PosixSignal signal, int exitCode)
    {
        _signals.Add(PosixSignalRegistration.Create(signal, context =>
        {
            // A second wish a while later ends at once, because the first may have met something that hangs. Some
            // senders signal twice in one breath.
            context.Cancel = _stopRequestedAt is not { } first || Time.GetElapsedTime(first) < Patience;
            _stopRequestedAt ??= Time.GetTimestamp();
            RequestStop(exitCode);
        }));
    }
}
