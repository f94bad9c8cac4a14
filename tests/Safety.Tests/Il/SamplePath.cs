using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Safety.Tests.Il;

/// <summary>
/// Every method of the device code that can run for a motion sample: what the entry methods call, what that calls, and
/// for a virtual or interface call every override and implementation. It ends at the named methods that run once a
/// stride. Static constructors are left out: they run once, before the first sample.
/// </summary>
public sealed class SamplePath
{
    private readonly DeviceCode code;
    private readonly Lazy<IReadOnlyDictionary<MethodDefinition, MethodDefinition?>> reached;

    public SamplePath(DeviceCode code)
    {
        this.code = code;
        reached = new(Walk);
    }

    public IEnumerable<MethodDefinition> Methods => reached.Value.Keys;

    /// <summary>Names of entries and exits that no method bears: a rule that watches nothing must not pass.</summary>
    public IEnumerable<string> MissingNames =>
        code.SampleEntries.Concat(code.StrideExits)
            .Where(e => !code.AllTypes.SelectMany(t => t.Methods).Any(m => Name(m) == e));

    /// <summary>How the sample path gets to a method: entry > ... > method.</summary>
    public string Way(MethodDefinition method)
    {
        List<string> way = [];
        for (MethodDefinition? each = method; each is not null; each = reached.Value[each])
        {
            way.Insert(0, $"{each.DeclaringType.Name}.{each.Name}");
        }

        return string.Join(" > ", way);
    }

    private static string Name(MethodDefinition method) => $"{Names.Full(method.DeclaringType)}.{method.Name}";

    private Dictionary<MethodDefinition, MethodDefinition?> Walk()
    {
        Dictionary<MethodDefinition, MethodDefinition?> found = [];
        Queue<MethodDefinition> work = new();

        void Reach(MethodDefinition method, MethodDefinition? from)
        {
            if (method.HasBody && !code.StrideExits.Contains(Name(method)) && found.TryAdd(method, from))
            {
                work.Enqueue(method);
            }
        }

        foreach (MethodDefinition entry in code.AllTypes.SelectMany(t => t.Methods)
            .Where(m => code.SampleEntries.Contains(Name(m))))
        {
            Reach(entry, null);
        }

        while (work.TryDequeue(out MethodDefinition? method))
        {
            foreach (Instruction instruction in method.Body.Instructions)
            {
                if (instruction.Operand is MethodReference called && code.Own(called) is { } target)
                {
                    Reach(target, method);
                    if (target.IsVirtual)
                    {
                        foreach (MethodDefinition other in Implementations(target))
                        {
                            Reach(other, method);
                        }
                    }
                }
            }
        }

        return found;
    }

    private IEnumerable<MethodDefinition> Implementations(MethodDefinition target) =>
        code.AllTypes
            .Where(t => t != target.DeclaringType && IsA(t, target.DeclaringType))
            .SelectMany(t => WithBases(t))
            .SelectMany(t => t.Methods)
            .Where(m => m != target && DeviceCode.SameParameters(m, target)
                && (m.Name == target.Name || m.Overrides.Any(o => code.Own(o) == target)));

    private bool IsA(TypeDefinition type, TypeDefinition wanted) =>
        WithBases(type)
            .Any(
                t => t == wanted
                    || t.Interfaces.Any(
                        i => code.Own(i.InterfaceType) is { } own && (own == wanted || IsA(own, wanted))));

    private IEnumerable<TypeDefinition> WithBases(TypeDefinition type)
    {
        for (TypeDefinition? each = type; each is not null; each = each.BaseType is { } next ? code.Own(next) : null)
        {
            yield return each;
        }
    }
}
