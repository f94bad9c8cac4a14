using Tmds.DBus.Protocol;

namespace Backstep.BlueZ;

/// <summary>
/// The bodies of messages. Written: string, <see cref="ObjectPath"/>, uint, byte[], string[], a{sv} as a dictionary,
/// <see cref="VariantValue"/> as a variant, and <see cref="BusObjects"/>. Read: the few shapes that BlueZ sends, each
/// by its signature; whatever has another is as good as missing.
/// </summary>
public static class BusBody
{
    /// <summary>Nothing of interest.</summary>
    public static object? Nothing(Message message) => null;

    /// <summary>Bytes, or null when it is anything else.</summary>
    public static byte[]? Bytes(Message message) =>
        message.SignatureAsString == "ay" ? message.GetBodyReader().ReadArrayOfByte() : null;

    /// <summary>Properties by name (a{sv}); none when it is anything else.</summary>
    public static Dictionary<string, VariantValue> Properties(Message message) =>
        message.SignatureAsString == "a{sv}" ? message.GetBodyReader().ReadDictionaryOfStringToVariantValue() : [];

    /// <summary>What GetManagedObjects answers; none when it is anything else.</summary>
    public static BusObjects Objects(Message message)
    {
        var objects = new BusObjects();
        if (message.SignatureAsString == "a{oa{sa{sv}}}")
        {
            var reader = message.GetBodyReader();
            var end = reader.ReadDictionaryStart();
            while (reader.HasNext(end))
            {
                objects[reader.ReadObjectPathAsString()] = Interfaces(ref reader);
            }
        }

        return objects;
    }

    /// <summary>Interfaces by name, their properties by name (a{sa{sv}}).</summary>
    internal static Dictionary<string, Dictionary<string, VariantValue>> Interfaces(ref Reader reader)
    {
        var interfaces = new Dictionary<string, Dictionary<string, VariantValue>>(StringComparer.Ordinal);
        var end = reader.ReadDictionaryStart();
        while (reader.HasNext(end))
        {
            interfaces[reader.ReadString()] = reader.ReadDictionaryOfStringToVariantValue();
        }

        return interfaces;
    }

    /// <summary>The signature of values; null when there are none.</summary>
    internal static string? SignatureOf(object[] values) =>
        values.Length == 0 ? null : string.Concat(values.Select(SignatureOf));

    private static string SignatureOf(object value) => value switch
    {
        string => "s",
        ObjectPath => "o",
        uint => "u",
        byte[] => "ay",
        string[] => "as",
        Dictionary<string, VariantValue> => "a{sv}",
        VariantValue => "v",
        BusObjects => "a{oa{sa{sv}}}",
        _ => throw new ArgumentException($"no D-Bus type for {value.GetType().Name}", nameof(value)),
    };

    /// <summary>Writes values of these types.</summary>
    internal static void Write(ref MessageWriter writer, object[] values)
    {
        foreach (object value in values)
        {
            switch (value)
            {
                case string text:
                    writer.WriteString(text);
                    break;
                case ObjectPath path:
                    writer.WriteObjectPath(path);
                    break;
                case uint number:
                    writer.WriteUInt32(number);
                    break;
                case byte[] bytes:
                    writer.WriteArray(bytes);
                    break;
                case string[] texts:
                    writer.WriteArray(texts);
                    break;
                case Dictionary<string, VariantValue> properties:
                    writer.WriteDictionary(properties);
                    break;
                case VariantValue variant:
                    writer.WriteVariant(variant);
                    break;
                case BusObjects objects:
                    Write(ref writer, objects);
                    break;
            }
        }
    }

    private static void Write(ref MessageWriter writer, BusObjects objects)
    {
        var all = writer.WriteDictionaryStart();
        foreach (var (path, interfaces) in objects)
        {
            writer.WriteDictionaryEntryStart();
            writer.WriteObjectPath(path);
            var one = writer.WriteDictionaryStart();
            foreach (var (name, properties) in interfaces)
            {
                writer.WriteDictionaryEntryStart();
                writer.WriteString(name);
                writer.WriteDictionary(properties);
            }

            writer.WriteDictionaryEnd(one);
        }

        writer.WriteDictionaryEnd(all);
    }
}
