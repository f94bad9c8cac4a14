using System.Reflection;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Backstep.Cost;

/// <summary>
/// What objects take on the device's heap, which hands out blocks of 12 bytes: an object is a block of its own and one for each field; an array is two
/// blocks and its elements, rounded up. Seen on the v1 CLR: a struct of three floats takes 48 bytes, a byte[20] takes 48.
/// </summary>
public static class DeviceMemory
{
    /// <summary>The heap's unit.</summary>
    public const int BlockBytes = 12;

    /// <summary>A boxed number, or a string literal (its letters stay in the flash).</summary>
    public const int SmallObjectBytes = 2 * BlockBytes;

    /// <summary>An array of so many elements of so many bytes. References and structs take a block each.</summary>
    public static long ArrayOf(long length, int elementBytes) => (2 * BlockBytes) + (((length * elementBytes) + BlockBytes - 1) / BlockBytes * BlockBytes);

    /// <summary>An object with so many fields, those of its base classes included.</summary>
    public static long ObjectOf(int fields) => BlockBytes * (1L + fields);

    /// <summary>A live object, without what it refers to.</summary>
    public static long SizeOf(object live) => live switch
    {
        string text => (2 * BlockBytes) + ((text.Length + 1 + BlockBytes - 1) / BlockBytes * BlockBytes),
        Array array => ArrayOf(array.Length, ElementBytes(array.GetType().GetElementType()!)),
        _ => ObjectOf(Fields(live.GetType()).Count()),
    };

    /// <summary>The instance fields of a class and of its bases.</summary>
    public static IEnumerable<FieldInfo> Fields(Type type) => type.BaseType is { } parent
        ? type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Concat(Fields(parent))
        : [];

    internal static long ObjectBytes(TypeReference type)
    {
        int fields = 0;
        for (var at = type.Resolve(); at is not null; at = at.BaseType?.Resolve())
        {
            fields += at.Fields.Count(field => !field.IsStatic);
        }

        return ObjectOf(fields);
    }

    // The length is known when it is written just before; else it is taken for 16 elements.
    internal static long ArrayBytes(Instruction lengthBefore, MetadataType element)
    {
        long length = lengthBefore.OpCode.Code == Code.Ldc_I4 ? (int)lengthBefore.Operand : 16;
        return ArrayOf(length, element switch
        {
            MetadataType.Boolean or MetadataType.Byte or MetadataType.SByte => 1,
            MetadataType.Char or MetadataType.Int16 or MetadataType.UInt16 => 2,
            MetadataType.Int32 or MetadataType.UInt32 or MetadataType.Single => 4,
            MetadataType.Int64 or MetadataType.UInt64 or MetadataType.Double => 8,
            _ => BlockBytes,
        });
    }

    private static int ElementBytes(Type element) =>
        element.IsEnum ? ElementBytes(Enum.GetUnderlyingType(element))
        : element == typeof(bool) || element == typeof(byte) || element == typeof(sbyte) ? 1
        : element == typeof(char) || element == typeof(short) || element == typeof(ushort) ? 2
        : element == typeof(int) || element == typeof(uint) || element == typeof(float) ? 4
        : element == typeof(long) || element == typeof(ulong) || element == typeof(double) ? 8
        : BlockBytes;
}
