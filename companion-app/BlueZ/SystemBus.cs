namespace Backstep.BlueZ;

/// <summary>Where the system's D-Bus daemon listens.</summary>
public static class SystemBus
{
    /// <summary>By the D-Bus specification: the variable, else the well-known socket.</summary>
    public static string Address =>
        Environment.GetEnvironmentVariable("DBUS_SYSTEM_BUS_ADDRESS") is { Length: > 0 } address
        ? address
        : "unix:path=/run/dbus/system_bus_socket;unix:path=/var/run/dbus/system_bus_socket";

    /// <summary>The variable that tells which adapter is wanted.</summary>
    public const string AdapterVariable = "BACKSTEP_ADAPTER";

    /// <summary>Which adapter is wanted where there are several, such as hci1; null for the first that is on.</summary>
    public static string? Adapter =>
        Environment.GetEnvironmentVariable(AdapterVariable) is { Length: > 0 } adapter ? adapter : null;
}
