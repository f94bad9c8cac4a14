using System.Globalization;
using System.Runtime.InteropServices;
using Backstep.Walks;
using Windows.Devices.Bluetooth.GenericAttributeProfile;
using Windows.Devices.Enumeration;

namespace Backstep.Link.Windows;

/// <summary>What Windows means by its errors, with the step that mends it. One place, so that every command says the
/// same.</summary>
internal static class WinRtText
{
    public const string NoAdapter =
        "this computer has no Bluetooth adapter that Windows knows: plug one in, or look for it in the Device Manager.";
    public const string NoLowEnergy =
        "this computer's Bluetooth adapter cannot do Bluetooth LE: plug in one that can (4.0 or later).";
    public const string Off =
        "Bluetooth is switched off: switch it on in Settings, 'Bluetooth & devices', and airplane mode off.";
    public const string Meanwhile = "Without Bluetooth, 'backstep-windows demo' and 'backstep-windows replay' work.";

    public static BluetoothUnavailableException Unavailable(string why, Exception? innerException = null) =>
        new($"{why} {Meanwhile}", innerException);

    /// <summary>Fails if an exchange with the sensor did.</summary>
    public static void Check(GattCommunicationStatus status, byte? attError)
    {
        if (status != GattCommunicationStatus.Success)
        {
            throw new SensorLinkException(status switch
            {
                GattCommunicationStatus.Unreachable => "the sensor is out of reach",
                GattCommunicationStatus.AccessDenied =>
                    "Windows denies the access: another program may hold the sensor",
                _ => attError is { } code
                    ? SensorText.OfAttError(code)
                        ?? string.Create(CultureInfo.InvariantCulture, $"the sensor refuses with ATT error 0x{code:X2}")
                    : "the sensor refuses, and does not say why",
            })
            {
                AttError = attError,
            };
        }
    }

    public static string Of(DevicePairingResultStatus status) => status switch
    {
        DevicePairingResultStatus.AuthenticationFailure or DevicePairingResultStatus.PairingCanceled
            or DevicePairingResultStatus.RejectedByHandler => "the passkey was wrong, or was not given",
        DevicePairingResultStatus.AuthenticationTimeout => "the passkey was not given in time",
        DevicePairingResultStatus.ConnectionRejected or DevicePairingResultStatus.NotReadyToPair =>
            "the sensor does not let itself be paired with now",
        DevicePairingResultStatus.AccessDenied => "Windows denies the pairing",
        _ =>
            $"Windows could not pair with the sensor ({status}): remove it in Settings, 'Bluetooth & devices', and "
            + $"try again",
    };

    /// <summary>Does something with Windows' Bluetooth; what it throws when a device or radio goes away in the middle
    /// becomes a link that failed.</summary>
    public static async Task<T> DoAsync<T>(Func<Task<T>> action)
    {
        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (Exception e) when (e is COMException or ObjectDisposedException or InvalidOperationException
            or UnauthorizedAccessException or InvalidCastException)
        {
            throw new SensorLinkException($"Windows' Bluetooth gave up: {OneLine.Of(e.Message)}", e);
        }
    }
}
