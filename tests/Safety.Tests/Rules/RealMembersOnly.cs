using Mono.Cecil;
using Mono.Cecil.Cil;
using Safety.Tests.Api;
using Safety.Tests.Il;

namespace Safety.Tests.Rules;

/// <summary>
/// Every type, member and signature that the code takes from outside must exist in the API files. This is what stands
/// in for compiling against the real assemblies.
/// </summary>
public sealed class RealMembersOnly(NanoApi api) : IDeviceRule
{
    /// <summary>
    /// The same source line binds to another overload on the device, because the PC has more of them. Left: what the
    /// PC's compiler calls; right: what the device's compiler calls instead, which must exist.
    /// </summary>
    private static readonly Dictionary<string, string> BindsOtherwise = new()
    {
        // `lock` : with a flag on the PC, without on the device.
        ["System.Threading.Monitor.Enter(object, bool&)"] = "System.Threading.Monitor.Enter(object)",

        // An interpolated string with a format, or string.Format: the device has only the params overload.
        ["System.String.Format(string, object)"] = "System.String.Format(string, object[])",
        ["System.String.Format(string, object, object)"] = "System.String.Format(string, object[])",
        ["System.String.Format(string, object, object, object)"] = "System.String.Format(string, object[])",
    };

    /// <summary>
    /// An interpolated string with other holes than strings: the PC's compiler fills this, the device's calls the
    /// params overload of string.Format. What stands in the holes is checked all the same.
    /// </summary>
    internal const string InterpolationHandler = "System.Runtime.CompilerServices.DefaultInterpolatedStringHandler";

    private const string InterpolationOnTheDevice = "System.String.Format(string, object[])";

    /// <summary>Written by the PC's compiler into metadata; the device's compiler leaves it out because its class
    /// library lacks it. Nothing reads it.</summary>
    private static readonly string[] AttributesThatTheDeviceCompilerOmits =
        ["System.Runtime.CompilerServices.CompilerGeneratedAttribute"];

    public string Name => "real-members";

    public IEnumerable<Finding> Check(DeviceCode code) => Uses(code).Select(u => u.Finding).OfType<Finding>();

    /// <summary>The nanoFramework assemblies that a module takes something from.</summary>
    public IReadOnlySet<string> AssembliesUsedBy(DeviceCode code) =>
        Uses(code).Where(u => u.Finding is null).Select(u => u.Assembly).OfType<string>().ToHashSet();

    private IEnumerable<(string? Assembly, Finding? Finding)> Uses(DeviceCode code)
    {
        foreach (TypeDefinition type in code.Types)
        {
            string where = Names.Full(type);
            IEnumerable<TypeReference?> inType =
            [
                type.BaseType,
                .. type.Interfaces.Select(i => i.InterfaceType),
                .. type.Fields.Select(f => f.FieldType),
                .. type.Properties.Select(p => p.PropertyType),
                .. type.Events.Select(e => e.EventType),
                .. type.GenericParameters.SelectMany(g => g.Constraints).Select(c => c.ConstraintType),
            ];
            foreach (var use in inType.OfType<TypeReference>().SelectMany(t => OfType(code, t, where)))
            {
                yield return use;
            }

            IEnumerable<ICustomAttributeProvider> carriers = [type, .. type.Fields, .. type.Properties, .. type.Events,
                .. type.Methods, .. type.Methods.SelectMany(m => m.Parameters)];
            foreach (var use in carriers.SelectMany(c => c.CustomAttributes)
                .SelectMany(a => OfAttribute(code, a, where)))
            {
                yield return use;
            }

            foreach (var use in type.Methods.SelectMany(m => OfMethod(code, m)))
            {
                yield return use;
            }
        }
    }

    private IEnumerable<(string?, Finding?)> OfMethod(DeviceCode code, MethodDefinition method)
    {
        string signature = Names.Of(method);
        foreach (var use in method.Parameters.Select(p => p.ParameterType).Append(method.ReturnType)
            .SelectMany(t => OfType(code, t, signature)))
        {
            yield return use;
        }

        if (!method.HasBody)
        {
            yield break;
        }

        IEnumerable<TypeReference> inBody = [.. method.Body.Variables.Select(v => v.VariableType),
            .. method.Body.ExceptionHandlers.Select(h => h.CatchType).OfType<TypeReference>()];
        foreach (var use in inBody.SelectMany(t => OfType(code, t, signature)))
        {
            yield return use;
        }

        foreach (Instruction instruction in method.Body.Instructions)
        {
            string at = Finding.At(method, instruction);
            IEnumerable<(string?, Finding?)> uses = instruction.Operand switch
            {
                TypeReference type => OfType(code, type, at),
                MethodReference called => IsEventPlumbing(method, called) ? [] : OfCall(code, called, at),
                FieldReference field => OfField(code, field, at),
                _ => [],
            };
            foreach (var use in uses)
            {
                yield return use;
            }
        }
    }

    /// <summary>add and remove of a plain event: the PC's compiler makes them lock-free, the device's makes them
    /// synchronized methods.</summary>
    private static bool IsEventPlumbing(MethodDefinition method, MethodReference called) =>
        (method.IsAddOn || method.IsRemoveOn)
        && method.CustomAttributes.Any(a => a.AttributeType.Name == "CompilerGeneratedAttribute")
        && called is GenericInstanceMethod { Name: "CompareExchange",
            DeclaringType.FullName: "System.Threading.Interlocked" };

    private IEnumerable<(string?, Finding?)> OfAttribute(DeviceCode code, CustomAttribute attribute, string where)
    {
        string name = Names.Full(attribute.AttributeType);
        if (AttributesThatTheDeviceCompilerOmits.Contains(name))
        {
            yield break;
        }

        foreach (var use in OfCall(code, attribute.Constructor, where))
        {
            yield return use;
        }

        if (code.Own(attribute.AttributeType) is null && api.Find(name) is { } type)
        {
            foreach (string set in attribute.Properties.Concat(attribute.Fields).Select(p => p.Name)
                .Where(
                    p => !api.WithBases(type).SelectMany(t => t.Members)
                        .Any(m => m.Name == p && (m.CanWrite || m.Kind == "field"))))
            {
                yield return (null,
                    Missing(where, $"sets {set} of attribute {name}",
                        "the attribute has no such property on the device"));
            }
        }
    }

    private IEnumerable<(string?, Finding?)> OfType(DeviceCode code, TypeReference type, string where)
    {
        switch (type)
        {
            case GenericParameter:
                break;
            case GenericInstanceType generic:
                foreach (var use in generic.GenericArguments.Append(generic.ElementType)
                    .SelectMany(t => OfType(code, t, where)))
                {
                    yield return use;
                }

                break;
            case IModifierType modified:
                foreach (var use in OfType(code, modified.ModifierType, where)
                    .Concat(OfType(code, modified.ElementType, where)))
                {
                    yield return use;
                }

                break;
            case TypeSpecification specification:
                foreach (var use in OfType(code, specification.ElementType, where))
                {
                    yield return use;
                }

                break;
            default:
                if (Names.Full(type) != InterpolationHandler && code.Own(type) is null)
                {
                    yield return api.Find(Names.Full(type)) is { } found ? (found.Assembly, null)
                        : (null, Missing(where, $"uses type {Names.Full(type)}", "no API file has it"));
                }

                break;
        }
    }

    private IEnumerable<(string?, Finding?)> OfField(DeviceCode code, FieldReference field, string where)
    {
        if (code.Own(field.DeclaringType) is not null)
        {
            yield break;
        }

        foreach (var use in OfType(code, field.DeclaringType, where))
        {
            yield return use;
        }

        if (api.Find(Names.Full(field.DeclaringType)) is not { } type)
        {
            yield break;
        }

        ApiMember? member = api.WithBases(type).SelectMany(t => t.Members)
            .FirstOrDefault(m => m.Kind == "field" && m.Name == field.Name);
        if (member is null || member.Type != Names.Of(field.FieldType))
        {
            yield return (null,
                Missing(where, $"uses field {Names.Of(field)} of type {Names.Of(field.FieldType)}",
                    member is null ? "the type has no such field on the device" : $"on the device it is: {member}"));
        }
    }

    private IEnumerable<(string?, Finding?)> OfCall(DeviceCode code, MethodReference method, string where)
    {
        MethodReference plain = method is GenericInstanceMethod generic ? generic.ElementMethod : method;
        if (code.Own(plain.DeclaringType) is not null)
        {
            yield break;
        }

        IEnumerable<TypeReference> arguments = method is GenericInstanceMethod instance ? instance.GenericArguments
            : [];
        foreach (var use in arguments.Append(plain.DeclaringType).SelectMany(t => OfType(code, t, where)))
        {
            yield return use;
        }

        string name = Names.Of(plain);
        string? other = Names.Full(plain.DeclaringType) == InterpolationHandler ? InterpolationOnTheDevice
            : BindsOtherwise.GetValueOrDefault(name);
        if (other is not null)
        {
            if (!api.Assemblies.SelectMany(a => a.Types)
                .Any(
                    t => NanoApi.Methods(t).Any(m => $"{t.Name}.{m.Name}({string.Join(", ", m.Parameters)})" == other)))
            {
                yield return (null,
                    Missing(where, $"calls {name}", $"the device would call {other}, which no API file has"));
            }

            yield break;
        }

        if (api.Find(Names.Full(plain.DeclaringType)) is not { } type)
        {
            yield break;
        }

        // A constructor is never inherited; anything else may be declared further up on the device.
        IEnumerable<ApiType> places = plain.Name == ".ctor" ? [type] : api.WithBases(type);
        ApiMethod[] sameName = [.. places.SelectMany(NanoApi.Methods).Where(m => m.Name == plain.Name)];
        string[] parameters = [.. plain.Parameters.Select(p => Names.Of(p.ParameterType))];
        ApiMethod? found =
            sameName.FirstOrDefault(
                m => m.Parameters.SequenceEqual(parameters) && m.IsStatic == !plain.HasThis
                    && m.ReturnType == Names.Of(plain.ReturnType));
        if (found is null)
        {
            yield return (null,
                Missing(where, $"calls {(plain.HasThis ? "" : "static ")}{name} -> {Names.Of(plain.ReturnType)}",
                sameName.Length == 0 ? "the type has no such member on the device"
                    : "on the device it is: " + string.Join("; ", sameName.Select(m => m.Origin).Distinct())));
        }
    }

    private Finding Missing(string where, string what, string why) =>
        new(Name, where, what, $"{why}; use a member listed in tests/Safety.Tests/NanoFrameworkApi");
}
