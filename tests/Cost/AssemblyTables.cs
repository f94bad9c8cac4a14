using Mono.Cecil;

namespace Backstep.Cost;

/// <summary>What the CLR keeps in the managed heap for one loaded assembly.</summary>
/// <param name="Name">The assembly.</param>
/// <param name="Bytes">Its tables.</param>
/// <param name="IsCounted">From its metadata, here; otherwise as measured on the 32-bit CLR.</param>
public sealed record TableBytes(string Name, long Bytes, bool IsCounted);

/// <summary>
/// The tables that the CLR makes in the managed heap when it loads an assembly, one entry for each row of its metadata
/// (nf-interpreter, TypeSystem.cpp, CLR_RT_Assembly::CreateInstance). mscorlib 1.17.11 has 141 types, 87 fields, 803
/// methods, 16 static fields in its .pe: 136 + 1,128 + 176 + 1,608 + 192 = 3,240, which is what was measured. An image
/// that can be debugged takes a byte more for each method.
/// </summary>
public static class AssemblyTables
{
    /// <summary>
    /// sizeof(CLR_RT_Assembly): a node of the heap's lists (12), index and flags (8), header, name and native code
    /// (12), sizes of 16 tables (64), static fields and their number (8), the file (4), seven pointers (28).
    /// </summary>
    private const int AssemblyBytes = 136;

    private const int ReferenceBytes = 4;
    private const int TypeBytes = 8;
    private const int FieldOrMethodBytes = 2;

    /// <summary>
    /// The libraries of the firmware, as measured on the 32-bit CLR. Seven were not told apart: Adc, Collections, I2c,
    /// Math, Runtime.Events, Runtime.Native and Text; five that only the motion chip's binding needs were not either:
    /// Ak8963, BinaryPrimitives, Device.Model, Stopwatch and UnitsNet.Temperature.
    /// </summary>
    private static readonly (string Name, long Bytes)[] Libraries =
    [
        ("nanoFramework.Device.Bluetooth", 4120), ("mscorlib", 3240), ("System.IO.FileSystem", 1712),
        ("nanoFramework.Hardware.Esp32", 1360), ("System.IO.Streams", 756), ("System.Device.Gpio", 736),
        ("seven smaller libraries", 2920), ("Iot.Device.Mpu9250", 968), ("System.Numerics", 764),
        ("five libraries that only the chip's binding needs", 1620),
    ];

    /// <summary>All assemblies of the program, largest first.</summary>
    public static IReadOnlyList<TableBytes> All() =>
    [
        .. MotionPath.Assemblies.Select(a => new TableBytes(a.GetName().Name!, Of(a.Location), true))
            .Concat(Libraries.Select(l => new TableBytes(l.Name, l.Bytes, false))).OrderByDescending(t => t.Bytes),
    ];

    /// <summary>
    /// The tables of a compiled assembly. nanoFramework's metadata processor leaves out what the device cannot ask for:
    /// constants, attributes and references to them. References are those of this compilation, against stand-ins in
    /// fewer assemblies: some 40 bytes too few for the largest.
    /// </summary>
    public static long Of(string path)
    {
        using var module = ModuleDefinition.ReadModule(path);
        var types = module.GetTypes().Where(t => t.Name != "<Module>").ToList();
        var fields = types.SelectMany(t => t.Fields).Where(f => !f.IsLiteral).ToList();
        int methods = types.Sum(t => t.Methods.Count);
        int references = module.AssemblyReferences.Count
            + module.GetTypeReferences().Count(t => !IsOfAttributes(t))
            + module.GetMemberReferences().Count(m => !IsOfAttributes(m.DeclaringType));
        return OfRows(references, types.Count, fields.Count, methods, fields.Count(f => f.IsStatic));
    }

    /// <summary>
    /// The tables of an assembly of so many rows; references are those to assemblies, types, fields and methods
    /// together.
    /// </summary>
    public static long OfRows(int references, int types, int fields, int methods, int staticFields) =>
        AssemblyBytes
        + (references * ReferenceBytes)
        + (types * TypeBytes)
        + InWords(fields * FieldOrMethodBytes)
        + InWords(methods * FieldOrMethodBytes)
        + (staticFields * DeviceMemory.BlockBytes);

    private static long InWords(int bytes) => (bytes + 3) / 4 * 4;

    private static bool IsOfAttributes(TypeReference type) =>
        (type.DeclaringType ?? type).Name.EndsWith("Attribute", StringComparison.Ordinal);
}
