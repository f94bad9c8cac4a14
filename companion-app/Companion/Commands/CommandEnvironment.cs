using System.Globalization;
using System.Text;
using Backstep.Companion.Bluetooth;
using Backstep.Companion.Speech;
using Backstep.Flash;
using Backstep.Link;
using Backstep.Peripheral.BlueZ;
using Backstep.Terminal;
using Backstep.Walks;
using Backstep.Walks.Coaching;
using Spectre.Console;

namespace Backstep.Companion.Commands;

/// <summary>What a command of this program touches besides: keys in, Bluetooth, speech, the folder of
/// sessions.</summary>
public sealed class CommandEnvironment : ProgramEnvironment
{
    /// <summary>Standard output as a terminal, or null when it is a file, a pipe, or a terminal that cannot move its
    /// cursor.</summary>
    public IAnsiConsole? Terminal { get; init; }

    /// <summary>Whether standard output is a terminal of any kind: then it can ring a bell.</summary>
    public bool IsOutTerminal { get; init; }

    /// <summary>Styles for a program of the system that speaks; null when there is none.</summary>
    public Func<ISpeech?> FindSpeech { get; init; } = () =>
        SystemSpeech.Find(Environment.GetEnvironmentVariable("PATH"));

    /// <summary>Folders in which programs of the system are looked for, as in PATH.</summary>
    public string? SearchPath { get; init; } = Environment.GetEnvironmentVariable("PATH");

    /// <summary>nanoFramework's flashing tool; null when there is none.</summary>
    public Func<INanoff?> FindNanoff { get; init; } = () =>
        NanoffProcess.Find(Environment.GetEnvironmentVariable("PATH"));

    /// <summary>The next key pressed, or null: never waits.</summary>
    public Func<ConsoleKeyInfo?> ReadKey { get; init; } = () => null;

    /// <summary>Waits for a line that a person types; null where nobody can be asked.</summary>
    public Func<string?>? ReadAnswer { get; init; }

    /// <summary>Opens this computer's Bluetooth; see <see cref="PlatformBluetooth.OpenAsync"/>.</summary>
    public Func<CancellationToken, Task<IBluetooth>> OpenBluetooth { get; init; } = token =>
        PlatformBluetooth.OpenAsync((_, _) => Task.FromResult<uint?>(null), token);

    /// <summary>The passkey that the command line gave; null when it gave none.</summary>
    public uint? Passkey { get; set; }

    /// <summary>Opens it as a peripheral, on the adapter of that name or the first; see
    /// <see cref="PlatformBluetooth.OpenPeripheralAsync"/>.</summary>
    public Func<string?, CancellationToken, Task<BlueZRadio>> OpenPeripheral { get; init; } =
        PlatformBluetooth.OpenPeripheralAsync;

    /// <summary>Styles for what Bluetooth lacks; see <see cref="PlatformBluetooth.ExamineAsync"/>.</summary>
    public Func<CancellationToken, Task<IReadOnlyList<DoctorCheck>>> ExamineBluetooth { get; init; } =
        PlatformBluetooth.ExamineAsync;

    /// <summary>Where sessions are kept unless the command line says otherwise; null: nowhere, they are gone with the
    /// command.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The passkey of a sensor: from the command line, else from the person, else none: then the factory's is
    /// tried.</summary>
    public async Task<uint?> GetPasskeyAsync(string sensor, CancellationToken cancellationToken)
    {
        if (Passkey != null || ReadAnswer == null)
        {
            return Passkey;
        }

        // Reading from a console cannot be cancelled: the reader is left behind, and ends with the program.
        await Error.WriteAsync($"Passkey of '{OneLine.Of(sensor)}', six digits; Enter if you have set none: ")
            .ConfigureAwait(false);
        string? line = await Task.Run(ReadAnswer, CancellationToken.None).WaitAsync(cancellationToken)
            .ConfigureAwait(false);
        return SensorOptions.TryReadPasskey(line, out uint passkey) ? passkey : null;
    }

    /// <summary>The real one.</summary>
    /// <param name="openBluetooth">The Bluetooth of a program for one system; null for
    /// <see cref="PlatformBluetooth"/>.</param>
    /// <param name="examineBluetooth">Likewise.</param>
    public static CommandEnvironment OfThisProcess(
        Func<CancellationToken, Task<IBluetooth>>? openBluetooth = null,
        Func<CancellationToken, Task<IReadOnlyList<DoctorCheck>>>? examineBluetooth = null)
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
            ReadKey = Console.IsInputRedirected ? () => null : () => Console.KeyAvailable
                ? Console.ReadKey(intercept: true) : null,
            ReadAnswer = Console.IsInputRedirected || Console.IsOutputRedirected ? null : Console.ReadLine,
            Culture = MeasurementRegion.Of(Environment.GetEnvironmentVariable) ?? CultureInfo.CurrentCulture,
            OpenBluetooth = openBluetooth
                ?? (token => PlatformBluetooth.OpenAsync(environment!.GetPasskeyAsync, token)),
            ExamineBluetooth = examineBluetooth ?? PlatformBluetooth.ExamineAsync,
            DataFolder = Store.DataFolder.OfThisUser(),
        };
        environment.ListenToSignals();
        return environment;
    }

    private static IAnsiConsole? TerminalOrNull()
    {
        if (Console.IsOutputRedirected)
        {
            return null;
        }

        var console = AnsiConsole.Console;
        return console.Profile.Capabilities.Ansi
            && Environment.GetEnvironmentVariable("TERM") != "dumb" ? console : null;
    }
}
