using System.Globalization;
using Mono.Cecil;
using Safety.Tests.Il;

namespace Safety.Tests.Api;

/// <summary>What an assembly lets others name, in the API files' own spelling.</summary>
public static class AssemblyApi
{
    /// <summary>The public types with their public and protected members.</summary>
    public static IEnumerable<ApiType> Describe(ModuleDefinition module) =>
        module.GetTypes().Where(IsVisible).Select(Describe);

    private static bool IsVisible(TypeDefinition type) => type.IsNested
        ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamilyOrAssembly) && IsVisible(type.DeclaringType)
        : type.IsPublic;

    private static ApiType Describe(TypeDefinition type)
    {
        string name = Names.Full(type);
        if (type.IsEnum)
        {
            string underlying = Names.Of(type.Fields.First(f => f.Name == "value__").FieldType);
            ApiType described = new("", name, "enum", "", [underlying]);
            described.Members.AddRange(
                type.Fields.Where(f => f.IsStatic)
                    .Select(
                        f => new ApiMember("value", f.Name, underlying, [], "public") { Value = Text(f.Constant) }));
            return described;
        }

        if (type.BaseType?.FullName == "System.MulticastDelegate")
        {
            MethodDefinition invoke = type.Methods.First(m => m.Name == "Invoke");
            ApiType described = new("", name, "delegate", "", []);
            described.Members.Add(
                new ApiMember("signature", "Invoke", Names.Of(invoke.ReturnType), Parameters(invoke.Parameters),
                    "public"));
            return described;
        }

        string kind = type.IsInterface ? "interface" : type.IsValueType ? "struct" : "class";
        string modifier = kind != "class" ? "" : type.IsAbstract ? (type.IsSealed ? "static" : "abstract")
            : type.IsSealed ? "sealed" : "";
        IEnumerable<string> baseClass = kind == "class"
            && type.BaseType is { FullName: not "System.Object" } b ? [Names.Full(b)] : [];
        ApiType result = new("", name, kind, modifier,
            [.. baseClass,
                .. type.Interfaces.Select(i => Names.Full(i.InterfaceType)).Where(i => i != "System.IEquatable`1")]);
        result.Members.AddRange(Members(type));
        return result;
    }

    private static IEnumerable<ApiMember> Members(TypeDefinition type)
    {
        foreach (FieldDefinition field in type.Fields.Where(f => f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly))
        {
            string modifiers = (field.IsPublic ? "public" : "protected")
                + (field.HasConstant ? "" : (field.IsStatic ? " static" : "") + (field.IsInitOnly ? " readonly" : ""));
            yield return new ApiMember("field", field.Name, Names.Of(field.FieldType), [],
                modifiers) { Value = field.HasConstant ? Text(field.Constant) : null };
        }

        foreach (MethodDefinition method in type.Methods.Where(
            m => IsVisible(m) && !m.IsGetter && !m.IsSetter && !m.IsAddOn && !m.IsRemoveOn))
        {
            yield return new ApiMember(method.IsConstructor ? "ctor" : "method", method.Name,
                Names.Of(method.ReturnType), Parameters(method.Parameters), Modifiers(method));
        }

        foreach (PropertyDefinition property in type.Properties)
        {
            MethodDefinition[] accessors =
                [.. new[] { property.GetMethod, property.SetMethod }.OfType<MethodDefinition>().Where(IsVisible)];
            if (accessors.Length > 0)
            {
                // An init-only setter is no setter to the device: its type, with the modifier, will not match.
                bool isInit = property.SetMethod?.ReturnType is IModifierType;
                yield return new ApiMember("property", property.Name,
                    Names.Of(property.PropertyType) + (isInit ? " (init)" : ""), Parameters(property.Parameters),
                    Modifiers(accessors[0]))
                {
                    CanRead = accessors.Contains(property.GetMethod),
                    CanWrite = accessors.Contains(property.SetMethod),
                };
            }
        }

        foreach (EventDefinition happening in type.Events.Where(e => IsVisible(e.AddMethod)))
        {
            yield return new ApiMember("event", happening.Name, Names.Of(happening.EventType), [],
                Modifiers(happening.AddMethod));
        }
    }

    private static bool IsVisible(MethodDefinition method) =>
        method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Modifiers(MethodDefinition method)
    {
        string visibility = method.IsPublic ? "public" : "protected";
        if (method.IsStatic)
        {
            return visibility + " static";
        }

        // Members of an interface are virtual by nature, and so, sealed, is what implements one: the files do not say
        // so.
        bool plain = !method.IsVirtual || method.DeclaringType.IsInterface || (method.IsFinal && method.IsNewSlot);
        return visibility
            + (plain ? "" : method.IsAbstract ? " abstract" : method.IsNewSlot ? " virtual" : " override");
    }

    private static List<ApiParameter> Parameters(IEnumerable<ParameterDefinition> parameters) =>
    [
        .. parameters.Select(p => p.ParameterType is ByReferenceType reference
            ? new ApiParameter(p.IsOut ? "out" : "ref", Names.Of(reference.ElementType), p.Name, Default(p))
            : new ApiParameter("", Names.Of(p.ParameterType), p.Name, Default(p))),
    ];

    private static string? Default(ParameterDefinition parameter) =>
        parameter.HasConstant ? Text(parameter.Constant) : null;

    private static string Text(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
