using System.Text.RegularExpressions;
using Backstep.BlueZ;

namespace Backstep.Companion.Tests.BlueZ;

/// <summary>bluetoothd's errors and the sentences that a runner gets for them.</summary>
public sealed partial class SensorTroubleTests
{
    private const string Address = "AA:BB:CC:DD:EE:01";

    [Theory]
    // a sensor that was flashed anew, in the words of several versions of bluetoothd
    [InlineData("org.bluez.Error.Failed", "br-connection-key-missing", "bluetoothctl remove")]
    [InlineData("org.bluez.Error.Failed", "Not paired", "bluetoothctl remove")]
    [InlineData("org.bluez.Error.NotPermitted", "Not paired", "bluetoothctl remove")]
    [InlineData("org.bluez.Error.Failed", "Operation failed with ATT error: 0x05", "bluetoothctl remove")]
    [InlineData("org.bluez.Error.Failed", "Operation failed with ATT error: 0x0f", "bluetoothctl remove")]
    [InlineData("org.bluez.Error.AuthenticationFailed", "Authentication Failed", "bluetoothctl remove")]
    [InlineData("org.bluez.Error.AuthenticationRejected", "Authentication Rejected", "bluetoothctl remove")]
    [InlineData("org.bluez.Error.AuthenticationCanceled", "Authentication Canceled", "bluetoothctl remove")]
    [InlineData("org.bluez.Error.AuthenticationTimeout", "Authentication Timeout", "bluetoothctl remove")]
    // services that are remembered and no longer there
    [InlineData("org.bluez.Error.Failed", "Operation failed with ATT error: 0x01", "bluetoothctl remove")]
    // what passes
    [InlineData("org.bluez.Error.Failed", "le-connection-abort-by-local", "broke", false)]
    [InlineData("org.bluez.Error.Failed", "le-connection-abort-by-remote", "broke", false)]
    [InlineData("org.bluez.Error.Failed", "Software caused connection abort", "broke", false)]
    [InlineData("org.bluez.Error.Failed", "br-connection-page-timeout", "out of reach", false)]
    [InlineData("org.bluez.Error.Failed", "Connection timed out", "out of reach", false)]
    [InlineData("org.bluez.Error.Failed", "Host is down", "out of reach", false)]
    [InlineData("org.bluez.Error.Failed", "br-connection-busy", "busy", false)]
    [InlineData("org.bluez.Error.InProgress", "Operation already in progress", "busy", false)]
    [InlineData("org.bluez.Error.NotAvailable", "Operation currently not available", "busy", false)]
    [InlineData("org.freedesktop.DBus.Error.NoReply", "Did not receive a reply", "in time", false)]
    [InlineData("org.freedesktop.DBus.Error.UnknownObject", "no such object", "gone", false)]
    [InlineData("org.bluez.Error.DoesNotExist", "Does Not Exist", "gone", false)]
    [InlineData("org.bluez.Error.Failed", "Operation failed with ATT error: 0x0e", "refused", false)]
    [InlineData("org.bluez.Error.Surprise", "something 0x17 of a future version", "backstep doctor", false)]
    // this computer
    [InlineData("org.bluez.Error.NotReady", "Resource Not Ready", "rfkill")]
    [InlineData("org.bluez.Error.Failed", "br-connection-adapter-not-powered", "rfkill")]
    [InlineData("org.bluez.Error.NotSupported", "Operation is not supported", "Low Energy")]
    [InlineData("org.bluez.Error.Failed", "le-connection-concurrent-connection-limit", "another device")]
    [InlineData("org.bluez.Error.NotPermitted", "Read not permitted", "does not permit")]
    [InlineData("org.freedesktop.DBus.Error.AccessDenied", "Rejected send message", "usermod")]
    [InlineData("org.freedesktop.DBus.Error.ServiceUnknown", "org.bluez was not provided", "apt install bluez")]
    public void An_error_has_a_sentence_and_a_mend(string name, string message, string words, bool isLasting = true)
    {
        bool isServices = message.EndsWith("0x01", StringComparison.Ordinal);
        var trouble = SensorTrouble.Of(new BusException(name, message), Address);

        Assert.Contains(words, trouble.Description, StringComparison.Ordinal);
        Assert.Equal(isLasting && !isServices, trouble.IsLasting);
        Assert.DoesNotMatch(RawWords(), trouble.Description);
        if (trouble.Description.Contains("remove", StringComparison.Ordinal))
        {
            Assert.Contains($"'bluetoothctl remove {Address}'", trouble.Description, StringComparison.Ordinal);
        }
    }

    [GeneratedRegex(
        @"org\.|D-Bus|\bATT\b|0x|(br|le)-connection|[0-9a-fA-F]{8}-[0-9a-fA-F]{4}|GATT|UUID|Error|characteristic")]
    private static partial Regex RawWords();
}
