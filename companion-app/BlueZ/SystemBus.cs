namespace Backstep.BlueZ;

/// <summary>Where the system's D-Bus daemon listens.</summary>
public static class SystemBus
{
    /// <summary>By the D-Bus specification: the variable, else the well-known socket.</summary>
    public static string Address => Environment.GetEnvironmentVariable("DBUS_SYSTEM_BUS_ADDRESS") is { Length: > 0 } address
        ? address
        : "unix:path=/run/dbus/system_bus_socket;unix:path=/var/run/dbus/system_bus_socket";
}
