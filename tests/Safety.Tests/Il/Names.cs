using Mono.Cecil;

namespace Safety.Tests.Il;

/// <summary>Spells Cecil's types and members as the API files do.</summary>
public static class Names
{
    private static readonly Dictionary<string, string> Keywords = new()
    {
        ["System.Boolean"] = "bool", ["System.Byte"] = "byte", ["System.SByte"] = "sbyte", ["System.Char"] = "char",
        ["System.Int16"] = "short",
        ["System.UInt16"] = "ushort", ["System.Int32"] = "int", ["System.UInt32"] = "uint", ["System.Int64"] = "long",
        ["System.UInt64"] = "ulong",
        ["System.Single"] = "float", ["System.Double"] = "double", ["System.String"] = "string",
        ["System.Object"] = "object", ["System.Void"] = "void",
    };

    /// <summary>The type's name in a signature: keywords for the basic types, dots for nesting, &amp; for a
    /// reference.</summary>
    public static string Of(TypeReference type) => type switch
    {
        ByReferenceType reference => Of(reference.ElementType) + "&",
        ArrayType array => Of(array.ElementType) + "[" + new string(',', array.Rank - 1) + "]",
        PointerType pointer => Of(pointer.ElementType) + "*",
        PinnedType pinned => Of(pinned.ElementType),
        RequiredModifierType required => Of(required.ElementType) + " modreq(" + Full(required.ModifierType) + ")",
        OptionalModifierType optional => Of(optional.ElementType) + " modopt(" + Full(optional.ModifierType) + ")",
        GenericInstanceType generic =>
            Full(generic.ElementType) + "<" + string.Join(", ", generic.GenericArguments.Select(Of)) + ">",
        GenericParameter parameter => parameter.Name,
        _ => Keywords.GetValueOrDefault(Full(type), Full(type)),
    };

    /// <summary>The full name as the files list the type itself: System.Int32, not int.</summary>
    public static string Full(TypeReference type) => type.FullName.Replace('/', '.');

    public static string Of(MethodReference method) =>
        $"{Full(method.DeclaringType)}.{method.Name}("
        + $"{string.Join(", ", method.Parameters.Select(p => Of(p.ParameterType)))})";

    public static string Of(FieldReference field) => $"{Full(field.DeclaringType)}.{field.Name}";
}
