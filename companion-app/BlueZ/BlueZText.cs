using System.Globalization;

namespace Backstep.BlueZ;

/// <summary>What BlueZ and D-Bus mean by their errors, with the step that mends it. One place, so that every command
/// says the same.</summary>
public static class BlueZText
{
    /// <summary>No system bus.</summary>
    public const string NoBus =
        "Bluetooth needs the D-Bus system bus, which does not run here: 'sudo apt install dbus', then 'sudo "
        + "systemctl start dbus'.";

    /// <summary>No bluetoothd.</summary>
    public const string NoDaemon =
        "the Bluetooth service (bluetoothd) does not run: 'sudo apt install bluez', then 'sudo systemctl start "
        + "bluetooth'.";

    /// <summary>No controller.</summary>
    public const string NoAdapter =
        "this computer has no Bluetooth adapter that Linux knows: plug one in, or see 'backstep doctor'.";

    /// <summary>A controller that is off.</summary>
    public const string Off = "Bluetooth is switched off: 'rfkill unblock bluetooth', then 'bluetoothctl power on'.";

    /// <summary>The bus forbids.</summary>
    public const string NoPermission =
        "you may not use Bluetooth on this computer: 'sudo usermod -aG bluetooth $USER', then log in again.";

    /// <summary>A passkey is wanted, and there is none.</summary>
    public const string PasskeyWanted =
        "the sensor wants its passkey, and it is not 000000: give it with '--passkey NNNNNN'. Nothing was written to "
        + "the sensor.";

    /// <summary>A passkey was given, and it is not the sensor's.</summary>
    public const string WrongPasskey =
        "that is not the sensor's passkey, or it came too soon after a wrong one: wait a minute, hold the sensor's "
        + "button for four seconds, and try again with '--passkey NNNNNN'. Nothing was written to the sensor.";

    /// <summary>What else there is to do without Bluetooth.</summary>
    public const string Meanwhile = "Without Bluetooth, 'backstep demo' and 'backstep replay' work.";

    /// <summary>Not the adapter that was asked for.</summary>
    /// <param name="wanted">Its name.</param>
    /// <param name="adapters">Paths of those that are there.</param>
    public static string NoSuchAdapter(string wanted, IEnumerable<string> adapters) =>
        $"there is no Bluetooth adapter '{wanted}' here, but "
        + $"{string.Join(", ", adapters.Select(path => path.Split('/')[^1]))}.";

    /// <summary>An error's sentence when it is about this computer, else null.</summary>
    public static string? AboutThisComputer(BusException error) => error.Name switch
    {
        "org.freedesktop.DBus.Error.ServiceUnknown" or "org.freedesktop.DBus.Error.NameHasNoOwner" => NoDaemon,
        var name when name.StartsWith("org.freedesktop.DBus.Error.Spawn", StringComparison.Ordinal)
            || name.StartsWith("org.freedesktop.systemd1.", StringComparison.Ordinal) => NoDaemon,
        "org.freedesktop.DBus.Error.AccessDenied" => NoPermission,
        "org.bluez.Error.NotReady" => Off,
        BusException.Disconnected => NoBus,
        BusException.NoAdapter => NoAdapter,
        _ => null,
    };

    /// <summary>The ATT error that bluetoothd passes on only in words ("Operation failed with ATT error: 0x92"), where
    /// there is one.</summary>
    public static byte? AttErrorOf(BusException error) =>
        error.Message.LastIndexOf("ATT error: 0x", StringComparison.Ordinal) is >= 0 and var at
        && byte.TryParse(error.Message[(at + 13)..].Trim(), NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture, out byte code) ? code : null;
}
