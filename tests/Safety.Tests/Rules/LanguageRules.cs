using Mono.Cecil;
using Mono.Cecil.Cil;
using Safety.Tests.Api;
using Safety.Tests.Il;

namespace Safety.Tests.Rules;

/// <summary>What compiles but fails on the device (or is not in its language), found in the compiled code.</summary>
public static class LanguageRules
{
    public static IReadOnlyList<IDeviceRule> All(NanoApi api) =>
    [
        new RealMembersOnly(api),
        new NoGenerics(),
        new NoMultidimensionalArrays(),
        new NoDefaultInterfaceMethods(),
        new NoChecked(),
        new NoEnumText(api),
        new NoStateMachines(),
        new NoVolatile(),
        new NoNaN(),
        new GuardedMath(),
        new NothingAllocatedPerSample(),
        new NoStructPerSample(api),
        new NothingThrownPerSample(),
    ];

    /// <summary>Every type that a method names: signature, locals and operands.</summary>
    internal static IEnumerable<(TypeReference Type, Instruction? At)> TypesIn(MethodDefinition method)
    {
        foreach (TypeReference type in method.Parameters.Select(p => p.ParameterType).Append(method.ReturnType))
        {
            yield return (type, null);
        }

        if (!method.HasBody)
        {
            yield break;
        }

        foreach (VariableDefinition variable in method.Body.Variables)
        {
            yield return (variable.VariableType, null);
        }

        foreach (Instruction instruction in method.Body.Instructions)
        {
            switch (instruction.Operand)
            {
                case TypeReference type:
                    yield return (type, instruction);
                    break;
                case FieldReference field:
                    yield return (field.FieldType, instruction);
                    yield return (field.DeclaringType, instruction);
                    break;
                case MethodReference called:
                    yield return (called.DeclaringType, instruction);
                    yield return (called.ReturnType, instruction);
                    foreach (ParameterDefinition parameter in called.Parameters)
                    {
                        yield return (parameter.ParameterType, instruction);
                    }

                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>The type and everything it is made of: elements, modifiers, arguments.</summary>
    internal static IEnumerable<TypeReference> Parts(TypeReference type)
    {
        yield return type;
        IEnumerable<TypeReference> inner = type switch
        {
            GenericInstanceType generic => generic.GenericArguments,
            IModifierType modified => [modified.ModifierType, modified.ElementType],
            TypeSpecification specification => [specification.ElementType],
            _ => [],
        };
        foreach (TypeReference part in inner.SelectMany(Parts))
        {
            yield return part;
        }
    }
}

/// <summary>Generic types and methods crash at load or give wrong values.</summary>
public sealed class NoGenerics : IDeviceRule
{
    private const string Remedy =
        "generics crash on the device (Nullable<T> and tuples are generic too): write the type out, use arrays, "
        + "ArrayList, a flag or a sentinel";

    public string Name => "no-generics";

    public IEnumerable<Finding> Check(DeviceCode code)
    {
        foreach (TypeDefinition type in code.Types)
        {
            if (type.HasGenericParameters)
            {
                yield return new Finding(Name, Names.Full(type), "is a generic type", Remedy);
            }

            IEnumerable<TypeReference> declared = [.. type.Fields.Select(f => f.FieldType),
                .. type.Interfaces.Select(i => i.InterfaceType), .. type.BaseType is { } b ? [b]
                    : Array.Empty<TypeReference>()];
            foreach (TypeReference generic in declared.SelectMany(LanguageRules.Parts)
                .Where(p => p is GenericInstanceType))
            {
                yield return new Finding(Name, Names.Full(type), $"uses {Names.Of(generic)}", Remedy);
            }

            foreach (MethodDefinition method in type.Methods)
            {
                if (method.HasGenericParameters)
                {
                    yield return new Finding(Name, Names.Of(method), "is a generic method", Remedy);
                }

                foreach ((TypeReference used, Instruction? at) in LanguageRules.TypesIn(method)
                    .SelectMany(t => LanguageRules.Parts(t.Type).Select(p => (p, t.At)))
                    .Where(t => t.p is GenericInstanceType))
                {
                    yield return new Finding(Name, Finding.At(method, at), $"uses {Names.Of(used)}", Remedy);
                }

                foreach (Instruction instruction in method.HasBody ? method.Body.Instructions : [])
                {
                    // What the PC's compiler makes of plain events and interpolated strings: the device's compiler does
                    // it without generics.
                    if (instruction.Operand is GenericInstanceMethod called && !(method.IsAddOn || method.IsRemoveOn)
                        && Names.Full(called.DeclaringType) != RealMembersOnly.InterpolationHandler)
                    {
                        yield return new Finding(Name, Finding.At(method, instruction),
                            $"calls generic {Names.Of(called.ElementMethod)}", Remedy);
                    }
                }
            }
        }
    }
}

/// <summary>Multi-dimensional arrays crash; jagged ones work.</summary>
public sealed class NoMultidimensionalArrays : IDeviceRule
{
    public string Name => "no-multidimensional-arrays";

    public IEnumerable<Finding> Check(DeviceCode code)
    {
        foreach (FieldDefinition field in code.Types.SelectMany(t => t.Fields).Where(f => HasOne(f.FieldType)))
        {
            yield return Found(Names.Of(field), field.FieldType);
        }

        foreach (MethodDefinition method in code.Types.SelectMany(t => t.Methods))
        {
            foreach ((TypeReference type, Instruction? at) in LanguageRules.TypesIn(method).Where(t => HasOne(t.Type)))
            {
                yield return Found(Finding.At(method, at), type);
            }
        }
    }

    private static bool HasOne(TypeReference type) => LanguageRules.Parts(type).Any(p => p is ArrayType { Rank: > 1 });

    private Finding Found(string where, TypeReference type) =>
        new(Name, where, $"uses {Names.Of(type)}",
            "multi-dimensional arrays crash on the device: use one array with computed indexes, or an array of arrays");
}

/// <summary>A method body in an interface throws when called.</summary>
public sealed class NoDefaultInterfaceMethods : IDeviceRule
{
    public string Name => "no-default-interface-methods";

    public IEnumerable<Finding> Check(DeviceCode code) =>
        code.Bodies.Where(m => m.DeclaringType.IsInterface)
            .Select(m => new Finding(Name, Names.Of(m), "is an interface method with a body", "it throws on the "
                + "device: move the body to a class"));
}

/// <summary>`checked` compiles, and then never throws on the device.</summary>
public sealed class NoChecked : IDeviceRule
{
    public string Name => "no-checked";

    public IEnumerable<Finding> Check(DeviceCode code) =>
        from method in code.Bodies
        from instruction in method.Body.Instructions
        where instruction.OpCode.Name.Contains(".ovf", StringComparison.Ordinal)
        select new Finding(Name, Finding.At(method, instruction), $"uses {instruction.OpCode.Name}",
            "overflow checks never throw on the device: test the range before calculating (and index arrays with "
            + "int, not long)");
}

/// <summary>Enum.ToString gives the number on the device, and a boxed enum ends up there sooner or later.</summary>
public sealed class NoEnumText(NanoApi api) : IDeviceRule
{
    private const string Remedy =
        "an enum's text is its number on the device: choose the text in a switch, or cast to int";

    public string Name => "no-enum-text";

    public IEnumerable<Finding> Check(DeviceCode code) =>
        from method in code.Bodies
        from instruction in method.Body.Instructions
        let type = AsObject(instruction)
        where type is not null && code.IsEnum(type, api)
        select new Finding(Name, Finding.At(method, instruction), $"treats the enum {Names.Of(type)} as an object",
            Remedy);

    /// <summary>The type that the instruction boxes, calls a method of object on, or puts into an interpolated
    /// string.</summary>
    private static TypeReference? AsObject(Instruction instruction) => instruction switch
    {
        { OpCode.Code: Code.Box or Code.Constrained, Operand: TypeReference type } => type,
        { Operand: GenericInstanceMethod called } when Names.Full(
            called.DeclaringType) == RealMembersOnly.InterpolationHandler => called.GenericArguments[0],
        _ => null,
    };
}

/// <summary>yield and async are not in the device's language.</summary>
public sealed class NoStateMachines : IDeviceRule
{
    public string Name => "no-state-machines";

    public IEnumerable<Finding> Check(DeviceCode code) =>
        from method in code.Types.SelectMany(t => t.Methods)
        where method.CustomAttributes.Any(
            a => a.AttributeType.Name is "AsyncStateMachineAttribute" or "IteratorStateMachineAttribute"
                or "AsyncIteratorStateMachineAttribute")
        select new Finding(Name, Names.Of(method), "is async or an iterator",
            "neither exists on the device: write the loop or the state out");
}

/// <summary>volatile is not in the device's language.</summary>
public sealed class NoVolatile : IDeviceRule
{
    public string Name => "no-volatile";

    public IEnumerable<Finding> Check(DeviceCode code) =>
        from field in code.Types.SelectMany(t => t.Fields)
        where LanguageRules.Parts(field.FieldType)
            .Any(p => p is RequiredModifierType required && required.ModifierType.Name == "IsVolatile")
        select new Finding(Name, Names.Of(field), "is volatile",
            "it does not compile for the device: use lock or Interlocked");
}

/// <summary>On the device NaN > x is true: a NaN must not be written down anywhere.</summary>
public sealed class NoNaN : IDeviceRule
{
    private const string Remedy =
        "on the device `NaN > x` is true: use a flag, null or a number out of range for \"missing\"";

    public string Name => "no-nan";

    public IEnumerable<Finding> Check(DeviceCode code)
    {
        foreach (FieldDefinition field in code.Types.SelectMany(t => t.Fields)
            .Where(f => f.HasConstant && IsNaN(f.Constant)))
        {
            yield return new Finding(Name, Names.Of(field), "is the constant NaN", Remedy);
        }

        foreach (MethodDefinition method in code.Bodies)
        {
            foreach (Instruction instruction in method.Body.Instructions.Where(
                i => i.Operand is float or double && IsNaN(i.Operand)))
            {
                yield return new Finding(Name, Finding.At(method, instruction), "loads NaN", Remedy);
            }
        }
    }

    private static bool IsNaN(object value) => value is float.NaN or double.NaN;
}

/// <summary>A float division by zero throws on the device, and a root or logarithm of the wrong number is a NaN: both
/// only inside the guarded helper.</summary>
public sealed class GuardedMath : IDeviceRule
{
    private static readonly string[] NaNMakers = ["Sqrt", "Acos", "Asin", "Log", "Log10", "Pow", "IEEERemainder"];

    public string Name => "guarded-math";

    public IEnumerable<Finding> Check(DeviceCode code)
    {
        foreach (MethodDefinition method in code.Bodies.Where(m => Names.Full(m.DeclaringType) != code.SafeType))
        {
            foreach (Instruction division in FloatDivisions.In(method))
            {
                yield return new Finding(Name, Finding.At(method, division),
                    $"{division.OpCode.Name} on float or double",
                    $"by zero it throws on the device: call {code.SafeType}.Divide, or multiply by a constant");
            }

            foreach (Instruction instruction in method.Body.Instructions)
            {
                if (instruction.Operand is MethodReference { DeclaringType.FullName: "System.Math" } called
                    && NaNMakers.Contains(called.Name))
                {
                    yield return new Finding(Name, Finding.At(method, instruction), $"calls Math.{called.Name}",
                        $"it can make a NaN, which compares as true: call {code.SafeType} (and give it a guarded "
                        + $"{called.Name} if it lacks one)");
                }
            }
        }
    }
}
