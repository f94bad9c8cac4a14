using Tmds.DBus.Protocol;

namespace Backstep.BlueZ;

/// <summary>
/// Objects by path, their interfaces by name, their properties: what GetManagedObjects answers (a{oa{sa{sv}}}).
/// </summary>
public sealed class BusObjects()
    : Dictionary<string, Dictionary<string, Dictionary<string, VariantValue>>>(StringComparer.Ordinal);

/// <summary>A value's type is its sender's word: if it is not the one asked for, it is as good as missing.</summary>
public static class BusValues
{
    /// <summary>A text or the path of an object, else null.</summary>
    public static string? AsText(this VariantValue value) => value.Type switch
    {
        VariantValueType.String => value.GetString(),
        VariantValueType.ObjectPath => value.GetObjectPathAsString(),
        _ => null,
    };

    /// <summary>The texts of a list, without what else may be among them.</summary>
    public static IEnumerable<string> AsTexts(this VariantValue value) => value.Type == VariantValueType.Array
        ? Enumerable.Range(0, value.Count).Select(i => value.GetItem(i).AsText()).OfType<string>()
        : [];

    /// <summary>A whole number of up to 32 bits, else null.</summary>
    public static long? AsNumber(this VariantValue value) => value.Type switch
    {
        VariantValueType.Byte => value.GetByte(),
        VariantValueType.Int16 => value.GetInt16(),
        VariantValueType.UInt16 => value.GetUInt16(),
        VariantValueType.Int32 => value.GetInt32(),
        VariantValueType.UInt32 => value.GetUInt32(),
        _ => null,
    };

    /// <summary>Bytes, else null.</summary>
    public static byte[]? AsBytes(this VariantValue value) =>
        value.Type == VariantValueType.Array && value.ItemType == VariantValueType.Byte ? value.GetArray<byte>() : null;

    /// <summary>Whether it is a flag that is set.</summary>
    public static bool IsTrue(this VariantValue value) => value.Type == VariantValueType.Bool && value.GetBool();
}
