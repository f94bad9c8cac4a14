namespace Backstep.BlueZ;

/// <summary>Where the system's D-Bus daemon listens.</summary>
public static class SystemBus
{
    /// <summary>By the D-Bus specification: the variable, else the well-known socket.</summary>
    public static string Address =>
        Environment.GetEnvironmentVariable("DBUS_SYSTEM_BUS_ADDRESS") is { Length: > 0 } address
        ? address
        : "unix:path=/run/dbus/system_bus_socket;unix:path=/var/run/dbus/system_bus_socket";

    /// <summary>Which adapter is wanted where there are several, such as hci1: the variable BACKSTEP_ADAPTER; null for
    /// the first that is on.</summary>
    public static string? Adapter =>
        Environment.GetEnvironmentVariable("BACKSTEP_ADAPTER") is { Length: > 0 } adapter ? adapter : null;
}
