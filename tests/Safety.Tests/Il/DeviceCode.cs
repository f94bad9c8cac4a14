using Mono.Cecil;
using Mono.Cecil.Cil;
using Safety.Tests.Api;

namespace Safety.Tests.Il;

/// <summary>Compiled code that is to run on the device: some types of some assemblies, and the facts that rules ask
/// about them.</summary>
public sealed class DeviceCode
{
    private readonly Dictionary<string, TypeDefinition> types = [];

    /// <param name="modules">The compiled assemblies that go onto the device together.</param>
    /// <param name="checkedTypes">The types to look at; everything in the modules when null.</param>
    /// <param name="sampleEntries">Full names of the methods that run for every motion sample.</param>
    /// <param name="strideExits">Full names of the methods on that path that run once a stride: the path ends before
    /// them.</param>
    /// <param name="safeType">Full name of the one type that may divide floats.</param>
    public DeviceCode(IReadOnlyList<ModuleDefinition> modules, Func<TypeDefinition, bool>? checkedTypes,
        IReadOnlyList<string> sampleEntries, IReadOnlyList<string> strideExits, string safeType)
    {
        Modules = modules;
        SampleEntries = sampleEntries;
        StrideExits = strideExits;
        SafeType = safeType;
        foreach (TypeDefinition type in modules.SelectMany(m => m.GetTypes()))
        {
            types.TryAdd(Names.Full(type), type);
        }

        Types = [.. types.Values.Where(t => t.Name != "<Module>" && (checkedTypes is null || checkedTypes(t)))];
        SamplePath = new SamplePath(this);
    }

    public IReadOnlyList<ModuleDefinition> Modules { get; }

    /// <summary>The types to look at.</summary>
    public IReadOnlyList<TypeDefinition> Types { get; }

    public IReadOnlyList<string> SampleEntries { get; }

    public IReadOnlyList<string> StrideExits { get; }

    public string SafeType { get; }

    public SamplePath SamplePath { get; }

    /// <summary>Every type of all modules, looked at or not.</summary>
    public IEnumerable<TypeDefinition> AllTypes => types.Values;

    /// <summary>The methods to look at, where they have a body.</summary>
    public IEnumerable<MethodDefinition> Bodies => Types.SelectMany(t => t.Methods).Where(m => m.HasBody);

    /// <summary>Reads an assembly with its symbols, when they lie beside it.</summary>
    public static ModuleDefinition Load(string path) => ModuleDefinition.ReadModule(path, new ReaderParameters
    {
        ReadingMode = ReadingMode.Immediate,
        ReadSymbols = true,
        SymbolReaderProvider = new DefaultSymbolReaderProvider(throwIfNoSymbol: false),
    });

    /// <summary>The definition, when the type is defined in this code; null for the world outside.</summary>
    public TypeDefinition? Own(TypeReference type) =>
        Modules.Any(m => IsScope(m, type)) ? types.GetValueOrDefault(Names.Full(type.GetElementType())) : null;

    /// <summary>The definition, when the method is defined in this code.</summary>
    public MethodDefinition? Own(MethodReference method) =>
        Own(method.DeclaringType)?.Methods.FirstOrDefault(m => m.Name == method.Name && SameParameters(m, method));

    public bool IsEnum(TypeReference type, NanoApi api) =>
        Own(type) is { } own ? own.IsEnum : api.Find(Names.Full(type)) is { Kind: "enum" };

    /// <summary>A value type that is neither a basic type nor an enum: on the device an object on the heap, copied at
    /// every assignment.</summary>
    public bool IsStruct(TypeReference type, NanoApi api) => type switch
    {
        ByReferenceType or ArrayType or PinnedType or IModifierType =>
            IsStruct(((TypeSpecification)type).ElementType, api),
        GenericParameter => false,
        _ => type.IsValueType && !type.IsPrimitive && type.MetadataType != MetadataType.Void && !IsEnum(type, api),
    };

    public static bool SameParameters(MethodReference a, MethodReference b) =>
        a.Parameters.Count == b.Parameters.Count
            && a.Parameters.Zip(b.Parameters)
            .All(p => Names.Of(p.First.ParameterType) == Names.Of(p.Second.ParameterType));

    private static bool IsScope(ModuleDefinition module, TypeReference type) => type.GetElementType().Scope switch
    {
        ModuleDefinition own => own == module,
        AssemblyNameReference reference => reference.Name == module.Assembly.Name.Name,
        _ => false,
    };
}
