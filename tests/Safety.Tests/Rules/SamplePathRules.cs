using Mono.Cecil;
using Mono.Cecil.Cil;
using Safety.Tests.Api;
using Safety.Tests.Il;

namespace Safety.Tests.Rules;

/// <summary>
/// Nothing is allocated for a sample: a collection stops the world for many samples. Calls out of the device code are
/// allowed only when they are known not to allocate.
/// </summary>
public sealed class NothingAllocatedPerSample : IDeviceRule
{
    private static readonly string[] CallsThatDoNotAllocate =
    [
        "System.Math.", "System.Array.Copy(", "System.Array.Clear(", "System.Array.get_Length(",
        "System.Threading.Monitor.", "System.Threading.Interlocked.",
        "System.BitConverter.To", "System.BitConverter.DoubleToInt64Bits(", "System.BitConverter.Int64BitsToDouble(",
        "System.Diagnostics.Debug.Assert(bool)",
    ];

    public string Name => "sample-path-no-allocation";

    public IEnumerable<Finding> Check(DeviceCode code)
    {
        foreach (string missing in code.SamplePath.MissingNames)
        {
            yield return new Finding(Name, missing, "there is no such method",
                "the sample path starts or ends there: correct the lists in tests/Safety.Tests/Firmware.cs");
        }

        foreach (MethodDefinition method in code.SamplePath.Methods)
        {
            foreach (Instruction instruction in method.Body.Instructions)
            {
                if (Problem(code, instruction) is { } problem)
                {
                    yield return new Finding(Name,
                        $"{Finding.At(method, instruction)}, reached by {code.SamplePath.Way(method)}", problem,
                        "it runs for every sample: allocate once in the constructor and reuse");
                }
            }
        }
    }

    private static string? Problem(DeviceCode code, Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Newobj when instruction.Operand is MethodReference { DeclaringType: var type } =>
            $"creates {Names.Of(type)}",
        Code.Newarr => $"creates an array of {Names.Of((TypeReference)instruction.Operand)}",
        Code.Box => $"boxes {Names.Of((TypeReference)instruction.Operand)}",
        Code.Ldftn or Code.Ldvirtftn => "makes a delegate",
        Code.Ldstr => "loads a string",
        Code.Localloc => "allocates on the stack",
        Code.Call or Code.Callvirt when instruction.Operand is MethodReference called && code.Own(called) is null
            && !CallsThatDoNotAllocate.Any(Names.Of(called).StartsWith) =>
                $"calls {Names.Of(called)}, which is not known to leave the heap alone",
        _ => null,
    };
}

/// <summary>A struct is a heap object on the device, even as a local, and every assignment copies it.</summary>
public sealed class NoStructPerSample(NanoApi api) : IDeviceRule
{
    public string Name => "sample-path-no-struct";

    public IEnumerable<Finding> Check(DeviceCode code) =>
        from method in code.SamplePath.Methods
        from use in LanguageRules.TypesIn(method)
        where use.At is not { OpCode.Code: Code.Newarr } && code.IsStruct(use.Type, api)
        select new Finding(Name, $"{Finding.At(method, use.At)}, reached by {code.SamplePath.Way(method)}",
            $"handles the struct {Names.Of(use.Type)}",
            "a struct is a heap object on the device: use floats, or one object that is reused");
}

/// <summary>Throwing allocates, and an exception in the sample loop loses samples.</summary>
public sealed class NothingThrownPerSample : IDeviceRule
{
    public string Name => "sample-path-no-throw";

    public IEnumerable<Finding> Check(DeviceCode code) =>
        from method in code.SamplePath.Methods
        from instruction in method.Body.Instructions
        where instruction.OpCode.Code is Code.Throw or Code.Rethrow
        select new Finding(Name, $"{Finding.At(method, instruction)}, reached by {code.SamplePath.Way(method)}",
            "throws", "return a status instead");
}
