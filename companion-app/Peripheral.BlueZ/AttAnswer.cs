using System.Globalization;
using Backstep.BlueZ;
using Backstep.VirtualSensor.Radio;

namespace Backstep.Peripheral.BlueZ;

/// <summary>An ATT error as bluetoothd wants it told (BlueZ, src/gatt-database.c, dbus_error_to_att_ecode).</summary>
internal static class AttAnswer
{
    /// <summary>Refuses a request.</summary>
    public static void Refuse(BusCall call, byte error)
    {
        // Application errors go through as a number in words; of the others only those that have a name.
        var (name, text) = error switch
        {
            >= 0x80 and <= 0x9F => ("Failed", string.Create(CultureInfo.InvariantCulture, $"0x{error:x2}")),
            GattErrors.InvalidLength => ("InvalidValueLength", "the value has a wrong length"),
            GattErrors.InvalidOffset => ("InvalidOffset", "there is nothing at that offset"),
            GattErrors.ReadNotPermitted or GattErrors.WriteNotPermitted => ("NotPermitted", "not permitted"),
            GattErrors.InsufficientAuthentication or GattErrors.InsufficientAuthorization
                or GattErrors.InsufficientEncryption => ("NotAuthorized", "the link is not secure enough"),
            GattErrors.RequestNotSupported => ("NotSupported", "not supported"),
            _ => ("Failed", "0x0e"),
        };
        call.Fail("org.bluez.Error." + name, text);
    }
}
