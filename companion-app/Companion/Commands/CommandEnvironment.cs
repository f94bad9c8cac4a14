using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Backstep.Companion.Bluetooth;
using Backstep.Companion.Coaching;
using Backstep.VirtualSensor.Radio.BlueZ;
using Spectre.Console;

namespace Backstep.Companion.Commands;

/// <summary>All that a command touches besides files: texts out, keys in, time, culture, and the wish to stop. A test brings its own.</summary>
public sealed class CommandEnvironment : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly List<IDisposable> _signals = [];
    private long? _stopRequestedAt;

    /// <summary>Standard output.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Standard error.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Standard output as a terminal, or null when it is a file, a pipe, or a terminal that cannot move its cursor.</summary>
    public IAnsiConsole? Terminal { get; init; }

    /// <summary>Whether standard output is a terminal of any kind: then it can ring a bell.</summary>
    public bool IsOutTerminal { get; init; }

    /// <summary>Whether standard error is a terminal: then it can show how far something has come.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>Standard error if it is a terminal, for progress; else null.</summary>
    public TextWriter? ErrorTerminal => IsErrorTerminal ? Error : null;

    /// <summary>Looks for a program of the system that speaks; null when there is none.</summary>
    public Func<ISpeech?> FindSpeech { get; init; } = () => SystemSpeech.Find(Environment.GetEnvironmentVariable("PATH"));

    /// <summary>The next key pressed, or null: never waits.</summary>
    public Func<ConsoleKeyInfo?> ReadKey { get; init; } = () => null;

    /// <summary>Waits for a line that a person types; null where nobody can be asked.</summary>
    public Func<string?>? ReadAnswer { get; init; }

    /// <summary>Wall clock and timers.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Opens this computer's Bluetooth; see <see cref="PlatformBluetooth.OpenAsync"/>.</summary>
    public Func<CancellationToken, Task<IBluetooth>> OpenBluetooth { get; init; } = token => PlatformBluetooth.OpenAsync((_, _) => Task.FromResult<uint?>(null), token);

    /// <summary>The passkey that the command line gave; null when it gave none.</summary>
    public uint? Passkey { get; set; }

    /// <summary>Opens it as a peripheral, on the adapter of that name or the first; see <see cref="PlatformBluetooth.OpenPeripheralAsync"/>.</summary>
    public Func<string?, CancellationToken, Task<BlueZRadio>> OpenPeripheral { get; init; } = PlatformBluetooth.OpenPeripheralAsync;

    /// <summary>Looks for what Bluetooth lacks; see <see cref="PlatformBluetooth.ExamineAsync"/>.</summary>
    public Func<CancellationToken, Task<IReadOnlyList<DoctorCheck>>> ExamineBluetooth { get; init; } = PlatformBluetooth.ExamineAsync;

    /// <summary>Where sessions are kept unless the command line says otherwise; null: nowhere, they are gone with the command.</summary>
    public string? DataFolder { get; init; }

    /// <summary>For the units that a person expects. Numbers in files and JSON are always invariant.</summary>
    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;

    /// <summary>The passkey of a sensor: from the command line, else from the person, else none: then the factory's is tried.</summary>
    public async Task<uint?> GetPasskeyAsync(string sensor, CancellationToken cancellationToken)
    {
        if (Passkey != null || ReadAnswer == null)
        {
            return Passkey;
        }

        // Reading from a console cannot be cancelled: the reader is left behind, and ends with the program.
        await Error.WriteAsync($"Passkey of '{OneLine.Of(sensor)}', six digits; Enter if you have set none: ").ConfigureAwait(false);
        string? line = await Task.Run(ReadAnswer, CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
        return SensorOptions.TryReadPasskey(line, out uint passkey) ? passkey : null;
    }

    /// <summary>Set by Ctrl+C or a termination signal.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary><see cref="ExitCode.Interrupted"/> or <see cref="ExitCode.Terminated"/> once <see cref="Stop"/> is set.</summary>
    public int StopExitCode { get; private set; } = ExitCode.Interrupted;

    /// <summary>Asks the command to end soon and cleanly.</summary>
    public void RequestStop(int exitCode)
    {
        StopExitCode = exitCode;
        _stop.Cancel();
    }

    /// <summary>The real one.</summary>
    /// <param name="openBluetooth">The Bluetooth of a program for one system; null for <see cref="PlatformBluetooth"/>.</param>
    /// <param name="examineBluetooth">Likewise.</param>
    public static CommandEnvironment OfThisProcess(
        Func<CancellationToken, Task<IBluetooth>>? openBluetooth = null, Func<CancellationToken, Task<IReadOnlyList<DoctorCheck>>>? examineBluetooth = null)
    {
        if (!Console.IsOutputRedirected && Console.OutputEncoding is not UTF8Encoding && OperatingSystem.IsWindows())
        {
            Console.OutputEncoding = Encoding.UTF8; // else the Windows console prints question marks for the step marks
        }

        CommandEnvironment? environment = null;
        environment = new CommandEnvironment
        {
            Out = Console.Out,
            Error = Console.Error,
            Terminal = TerminalOrNull(),
            IsOutTerminal = !Console.IsOutputRedirected,
            IsErrorTerminal = !Console.IsErrorRedirected,
            ReadKey = Console.IsInputRedirected ? () => null : () => Console.KeyAvailable ? Console.ReadKey(intercept: true) : null,
            ReadAnswer = Console.IsInputRedirected || Console.IsOutputRedirected ? null : Console.ReadLine,
            Culture = CultureInfo.CurrentCulture,
            OpenBluetooth = openBluetooth ?? (token => PlatformBluetooth.OpenAsync(environment!.GetPasskeyAsync, token)),
            ExamineBluetooth = examineBluetooth ?? PlatformBluetooth.ExamineAsync,
            DataFolder = Sessions.DataFolder.OfThisUser(),
        };
        environment.Listen(PosixSignal.SIGINT, ExitCode.Interrupted);
        environment.Listen(PosixSignal.SIGTERM, ExitCode.Terminated);
        environment.Listen(PosixSignal.SIGHUP, ExitCode.Terminated);
        return environment;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }

        _stop.Dispose();
    }

    private void Listen(PosixSignal signal, int exitCode)
    {
        _signals.Add(PosixSignalRegistration.Create(signal, context =>
        {
            // A second wish a while later ends at once, because the first may have met something that hangs. Some senders signal twice in one breath.
            context.Cancel = _stopRequestedAt is not { } first || Time.GetElapsedTime(first) < Patience;
            _stopRequestedAt ??= Time.GetTimestamp();
            RequestStop(exitCode);
        }));
    }

    private static IAnsiConsole? TerminalOrNull()
    {
        if (Console.IsOutputRedirected)
        {
            return null;
        }

        var console = AnsiConsole.Console;
        return console.Profile.Capabilities.Ansi && Environment.GetEnvironmentVariable("TERM") != "dumb" ? console : null;
    }
}
