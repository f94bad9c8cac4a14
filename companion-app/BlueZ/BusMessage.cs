using System.Text;

namespace Backstep.BlueZ;

/// <summary>
/// D-Bus values as plain objects and back. Reading: variants unwrapped, <c>ay</c> as byte[], <c>a{..}</c> as a dictionary, other arrays as a list, a struct as an array.
/// What type a value has is its sender's word: whoever uses it asks with <c>is</c>.
/// </summary>
internal static unsafe class BusMessage
{
    /// <summary>Everything in the body.</summary>
    public static object?[] ReadBody(nint message)
    {
        var values = new List<object?>();
        while (SdBus.Check(SdBus.AtEnd(message, complete: 1)) == 0)
        {
            values.Add(Read(message));
        }

        return [.. values];
    }

    private static object? Read(nint message)
    {
        SdBus.Check(SdBus.PeekType(message, out byte type, out nint contents));
        switch ((char)type)
        {
            case 's' or 'o' or 'g':
                return SdBus.Text(Basic<nint>(message, type));
            case 'b':
                return Basic<int>(message, type) != 0;
            case 'y':
                return Basic<byte>(message, type);
            case 'n':
                return Basic<short>(message, type);
            case 'q':
                return Basic<ushort>(message, type);
            case 'i' or 'h':
                return Basic<int>(message, type);
            case 'u':
                return Basic<uint>(message, type);
            case 'x':
                return Basic<long>(message, type);
            case 't':
                return Basic<ulong>(message, type);
            case 'd':
                return Basic<double>(message, type);
            case 'v':
            {
                SdBus.Check(SdBus.EnterContainer(message, type, contents));
                object? value = Read(message);
                SdBus.Check(SdBus.ExitContainer(message));
                return value;
            }

            case 'r':
            {
                SdBus.Check(SdBus.EnterContainer(message, type, contents));
                object?[] fields = [.. ReadToEnd(message)];
                SdBus.Check(SdBus.ExitContainer(message));
                return fields;
            }

            case 'a':
                return ReadArray(message, type, contents);
            default:
                throw new BusException(BusException.OnThisSide, $"a value of unknown type {type}");
        }
    }

    private static object ReadArray(nint message, byte type, nint contents)
    {
        string element = SdBus.Text(contents);
        if (element == "y")
        {
            SdBus.Check(SdBus.ReadArray(message, (byte)'y', out nint bytes, out nuint length));
            return new ReadOnlySpan<byte>((void*)bytes, checked((int)length)).ToArray();
        }

        SdBus.Check(SdBus.EnterContainer(message, type, contents));
        object array = element.StartsWith('{') ? ReadEntries(message, element[1..^1]) : ReadToEnd(message);
        SdBus.Check(SdBus.ExitContainer(message));
        return array;
    }

    private static Dictionary<object, object?> ReadEntries(nint message, string signature)
    {
        var entries = new Dictionary<object, object?>();
        while (SdBus.Check(SdBus.AtEnd(message, complete: 0)) == 0)
        {
            SdBus.Check(SdBus.EnterContainer(message, (byte)'e', signature));
            object? key = Read(message);
            entries[key!] = Read(message); // the bus lets only basic types be keys
            SdBus.Check(SdBus.ExitContainer(message));
        }

        return entries;
    }

    private static List<object?> ReadToEnd(nint message)
    {
        var items = new List<object?>();
        while (SdBus.Check(SdBus.AtEnd(message, complete: 0)) == 0)
        {
            items.Add(Read(message));
        }

        return items;
    }

    private static T Basic<T>(nint message, byte type)
        where T : unmanaged
    {
        T value;
        SdBus.Check(SdBus.ReadBasic(message, type, &value));
        return value;
    }

    /// <summary>
    /// Appends a value: string, <see cref="BusPath"/>, bool, byte, short, ushort, uint, byte[], string[], a dictionary of strings to any of these (a{sv}),
    /// <see cref="BusVariant"/>, or <see cref="BusObjects"/>.
    /// </summary>
    public static void Append(MessageHandle message, object value)
    {
        switch (value)
        {
            case string text:
                AppendText(message, 's', text);
                break;
            case BusPath path:
                AppendText(message, 'o', path.Value);
                break;
            case bool flag:
                AppendNumber(message, 'b', flag ? 1 : 0);
                break;
            case byte number:
                AppendNumber(message, 'y', number);
                break;
            case short number:
                AppendNumber(message, 'n', number);
                break;
            case ushort number:
                AppendNumber(message, 'q', number);
                break;
            case uint number:
                AppendNumber(message, 'u', number);
                break;
            case byte[] bytes:
                fixed (byte* first = bytes)
                {
                    SdBus.Check(SdBus.AppendArray(message, (byte)'y', first, (nuint)bytes.Length));
                }

                break;
            case string[] texts:
                SdBus.Check(SdBus.OpenContainer(message, (byte)'a', "s"));
                foreach (string text in texts)
                {
                    AppendText(message, 's', text);
                }

                SdBus.Check(SdBus.CloseContainer(message));
                break;
            case IReadOnlyDictionary<string, object> options:
                AppendEntries(message, "sv", options, AppendVariant);
                break;
            case BusVariant variant:
                AppendVariant(variant.Value);
                break;
            case BusObjects objects:
                AppendEntries(message, "oa{sa{sv}}", objects, interfaces => AppendEntries(message, "sa{sv}", interfaces, options => Append(message, options)));
                break;
            default:
                throw new ArgumentException($"no D-Bus type for {value.GetType().Name}", nameof(value));
        }

        void AppendVariant(object content)
        {
            SdBus.Check(SdBus.OpenContainer(message, (byte)'v', Signature(content)));
            Append(message, content);
            SdBus.Check(SdBus.CloseContainer(message));
        }
    }

    private static void AppendText(MessageHandle message, char type, string text)
    {
        fixed (byte* first = Encoding.UTF8.GetBytes(text + '\0'))
        {
            SdBus.Check(SdBus.AppendBasic(message, (byte)type, first));
        }
    }

    private static void AppendNumber<T>(MessageHandle message, char type, T number)
        where T : unmanaged => SdBus.Check(SdBus.AppendBasic(message, (byte)type, &number));

    private static void AppendEntries<T>(MessageHandle message, string signature, IEnumerable<KeyValuePair<string, T>> entries, Action<T> appendValue)
    {
        SdBus.Check(SdBus.OpenContainer(message, (byte)'a', $"{{{signature}}}"));
        foreach (var (key, value) in entries)
        {
            SdBus.Check(SdBus.OpenContainer(message, (byte)'e', signature));
            AppendText(message, signature[0], key);
            appendValue(value);
            SdBus.Check(SdBus.CloseContainer(message));
        }

        SdBus.Check(SdBus.CloseContainer(message));
    }

    private static string Signature(object value) => value switch
    {
        string => "s",
        BusPath => "o",
        bool => "b",
        byte => "y",
        short => "n",
        ushort => "q",
        uint => "u",
        byte[] => "ay",
        string[] => "as",
        IReadOnlyDictionary<string, object> => "a{sv}",
        _ => throw new ArgumentException($"no D-Bus type for {value.GetType().Name}", nameof(value)),
    };
}
