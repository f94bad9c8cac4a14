namespace Backstep.BlueZ;

/// <summary>The path of an object, for D-Bus a type of its own.</summary>
public readonly record struct BusPath(string Value);

/// <summary>A value in a variant, where a method takes one (Properties.Set).</summary>
public readonly record struct BusVariant(object Value);

/// <summary>Objects by path, their interfaces by name, their properties: what GetManagedObjects answers (a{oa{sa{sv}}}).</summary>
public sealed class BusObjects() : Dictionary<string, Dictionary<string, Dictionary<string, object>>>(StringComparer.Ordinal);
