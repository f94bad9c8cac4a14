namespace Backstep.BlueZ;

/// <summary>What an error of bluetoothd means in a conversation with a sensor.</summary>
/// <param name="Description">A sentence for a runner, with the step that mends it where there is one. No name of
/// D-Bus in it.</param>
/// <param name="IsLasting">Whether to try again is of no use.</param>
public sealed record SensorTrouble(string Description, bool IsLasting)
{
    private static readonly SensorTrouble Silent = new(
        "the sensor does not answer: it may be out of reach, switched off, or connected to another phone or computer",
        false);

    private static readonly SensorTrouble Broke = new("the link broke while it was being set up", false);

    private static readonly SensorTrouble Gone = new("the sensor has gone from the air", false);

    private static readonly SensorTrouble Busy = new("Bluetooth is busy with something else on this computer", false);

    private static readonly SensorTrouble Full = new(
        "this computer's Bluetooth adapter has as many links as it can hold: disconnect another device", true);

    private static readonly SensorTrouble Unfit = new(
        "this computer's Bluetooth adapter cannot do what the sensor needs: it takes Bluetooth 4.0 with Low Energy",
        true);

    private static readonly SensorTrouble Unknown = new(
        "Bluetooth failed for a reason that backstep has no words for: try again; 'backstep doctor' looks at this "
        + "computer, and with BACKSTEP_DEBUG=1 in the environment the same command shows the reason",
        false);

    /// <summary>What bluetoothd's messages of "Failed" say, by words in them (BlueZ 5.66 and 5.79, src/error.h and the
    /// C library's texts). The first that fits counts.</summary>
    private static readonly (string Part, Func<string, SensorTrouble> Trouble)[] Failures =
    [
        ("key-missing", StaleKey),
        ("Not paired", StaleKey),
        ("adapter-not-powered", _ => new SensorTrouble(BlueZText.Off, true)),
        ("not-supported", _ => Unfit),
        ("page-timeout", _ => Silent),
        ("timeout", _ => Silent),
        ("timed out", _ => Silent),
        ("Host is down", _ => Silent),
        ("concurrent-connection-limit", _ => Full),
        ("busy", _ => Busy),
        ("in progress", _ => Busy),
        ("abort", _ => Broke),
        ("refused", _ => Broke),
        ("canceled", _ => Broke),
        ("gatt-browsing", _ => Broke),
        ("protocol-error", _ => Broke),
        ("reset", _ => Broke),
        ("Not connected", _ => Broke),
    ];

    /// <summary>The sensor has forgotten the key that this computer still has.</summary>
    /// <param name="address">The sensor's.</param>
    public static SensorTrouble StaleKey(string address) =>
        new($"the sensor no longer knows this computer, as after it was flashed anew or has forgotten its owner: "
            + $"'bluetoothctl remove {address}', then try again",
            true);

    /// <summary>What is known here of its services is not what it has.</summary>
    /// <param name="address">The sensor's.</param>
    public static SensorTrouble StaleServices(string address) =>
        new($"the sensor lacks something that backstep needs: its firmware is of another version, or this computer "
            + $"remembers an older one: 'bluetoothctl remove {address}', then try again",
            false);

    /// <summary>What an error means.</summary>
    /// <param name="error">The error.</param>
    /// <param name="address">The sensor's address.</param>
    public static SensorTrouble Of(BusException error, string address) =>
        BlueZText.AboutThisComputer(error) is { } words ? new SensorTrouble(words, true)
        : BlueZText.AttErrorOf(error) is { } code ? OfAttError(code, address)
        : error.Name switch
        {
            BusException.NoReply => new SensorTrouble("the sensor did not answer in time", false),
            "org.freedesktop.DBus.Error.UnknownObject" or "org.freedesktop.DBus.Error.UnknownMethod"
                or "org.bluez.Error.DoesNotExist" => Gone,
            "org.bluez.Error.NotConnected" => new SensorTrouble("the link to the sensor is down", false),
            "org.bluez.Error.InProgress" or "org.bluez.Error.NotAvailable" => Busy,
            "org.bluez.Error.NotSupported" => Unfit,
            "org.bluez.Error.ConnectionAttemptFailed" => Silent,
            "org.bluez.Error.NotPermitted" or "org.bluez.Error.NotAuthorized" => InMessage(error, address)
                ?? new SensorTrouble("the sensor does not permit that", true),
            "org.bluez.Error.AuthenticationFailed" or "org.bluez.Error.AuthenticationRejected"
                or "org.bluez.Error.AuthenticationCanceled" or "org.bluez.Error.AuthenticationTimeout" =>
                new SensorTrouble("the sensor and this computer could not agree on a key: hold the sensor's button "
                    + $"for four seconds, 'bluetoothctl remove {address}' forgets the old key, then try again",
                    true),
            _ => InMessage(error, address) ?? Unknown,
        };

    private static SensorTrouble? InMessage(BusException error, string address) =>
        Failures.FirstOrDefault(failure => error.Message.Contains(failure.Part, StringComparison.OrdinalIgnoreCase))
            .Trouble?.Invoke(address);

    // Core specification, volume 3, part F, table 3.4: insufficient authentication, and insufficient encryption, on a
    // link that bluetoothd holds for paired.
    private static SensorTrouble OfAttError(byte code, string address) => code switch
    {
        0x05 or 0x0F => StaleKey(address),
        0x01 or 0x0A => StaleServices(address), // invalid handle, attribute not found
        _ => new SensorTrouble("the sensor refused", false),
    };
}
