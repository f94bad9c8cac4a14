using System.Reflection;
using System.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Backstep.Cost;

/// <summary>
/// What objects take on the device's heap, which hands out blocks of 12 bytes (nf-interpreter,
/// nanoCLR_Runtime__HeapBlock.h): an object is a block of its own and one for each field; an array is a header of 20
/// bytes and its elements, rounded up together; a string 12 and its UTF-8 with the final zero, rounded up. Seen on the
/// 32-bit CLR: a struct of three floats takes 48 bytes, a byte[20] 48, a <see cref="Gait.Stride"/> 168.
/// </summary>
public static class DeviceMemory
{
    /// <summary>The heap's unit.</summary>
    public const int BlockBytes = 12;

    /// <summary>A boxed number.</summary>
    public const int BoxBytes = 2 * BlockBytes;

    /// <summary>A string literal: its letters stay in the flash.</summary>
    public const int LiteralBytes = BlockBytes;

    /// <summary>
    /// A delegate: a node of the heap's lists, type and method, and the target as a block of its own: 32 bytes, rounded
    /// up.
    /// </summary>
    public const int DelegateBytes = 3 * BlockBytes;

    private const int ArrayHeaderBytes = 20;

    /// <summary>An array of so many elements of so many bytes. References and structs take a block each.</summary>
    public static long ArrayOf(long length, int elementBytes) => InBlocks(ArrayHeaderBytes + (length * elementBytes));

    /// <summary>An object with so many fields, those of its base classes included.</summary>
    public static long ObjectOf(int fields) => BlockBytes * (1L + fields);

    /// <summary>A live object, without what it refers to.</summary>
    public static long SizeOf(object live) => live switch
    {
        string text => InBlocks(BlockBytes + Encoding.UTF8.GetByteCount(text) + 1),
        Array array => ArrayOf(array.Length, ElementBytes(array.GetType().GetElementType()!)),
        Delegate => DelegateBytes,
        Guid => ObjectOf(1) + ArrayOf(4, sizeof(int)), // mscorlib's Guid is a struct around an int[4]
        _ => ObjectOf(Fields(live.GetType()).Count()),
    };

    private static long InBlocks(long bytes) => (bytes + BlockBytes - 1) / BlockBytes * BlockBytes;

    /// <summary>The instance fields of a class and of its bases.</summary>
    public static IEnumerable<FieldInfo> Fields(Type type) => type.BaseType is { } parent
        ? type.GetFields(
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .Concat(Fields(parent))
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
