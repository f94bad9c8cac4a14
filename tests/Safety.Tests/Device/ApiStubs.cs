using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Safety.Tests.Api;

namespace Safety.Tests.Device;

/// <summary>
/// Writes an API file back as C#: declarations without bodies, enough for a compiler to bind against. What the files do
/// not tell (params, implicit bases, explicit interface members) is left out unless it is listed here; a stub that
/// knows too little can only refuse, never accept too much.
/// </summary>
public static partial class ApiStubs
{
    /// <summary>Methods whose last array takes any number of arguments: the files do not say so, nanoFramework's
    /// documentation does.</summary>
    private static readonly string[] WithParams =
    [
        "System.String.Format", "System.String.Concat", "System.String.Split", "System.String.Trim",
        "System.String.TrimStart", "System.String.TrimEnd",
        "nanoFramework.TestFramework.DataRowAttribute..ctor",
    ];

    private static readonly Dictionary<string, string> Operators = new()
    {
        ["op_Addition"] = "+", ["op_Subtraction"] = "-", ["op_Multiply"] = "*", ["op_Division"] = "/",
        ["op_UnaryNegation"] = "-", ["op_UnaryPlus"] = "+",
        ["op_Equality"] = "==", ["op_Inequality"] = "!=", ["op_LessThan"] = "<", ["op_LessThanOrEqual"] = "<=",
        ["op_GreaterThan"] = ">", ["op_GreaterThanOrEqual"] = ">=",
    };

    public static string Write(ApiAssembly assembly)
    {
        StringBuilder text = new();
        Dictionary<string, ApiType> types = assembly.Types.ToDictionary(t => t.Name);
        foreach (ApiType type in assembly.Types)
        {
            WriteType(text, type, Parents(type.Name, types));
        }

        return text.ToString();
    }

    /// <summary>Namespace, then kind and name of the types around a nested one, then the type itself.</summary>
    private static (string Namespace, List<string> Around, string Own) Parents(string name,
        Dictionary<string, ApiType> types)
    {
        List<string> around = [];
        string outer = name;
        int dot = outer.LastIndexOf('.');
        string own = outer[(dot + 1)..];
        outer = outer[..dot];
        while (types.TryGetValue(outer, out ApiType? parent))
        {
            dot = outer.LastIndexOf('.');
            around.Insert(0, $"{parent.Kind} {outer[(dot + 1)..]}");
            outer = outer[..dot];
        }

        return (outer, around, own);
    }

    private static void WriteType(StringBuilder text, ApiType type,
        (string Namespace, List<string> Around, string Own) place)
    {
        text.Append(CultureInfo.InvariantCulture, $"namespace {place.Namespace} {{ ");
        place.Around.ForEach(a => text.Append(CultureInfo.InvariantCulture, $"public partial {a} {{ "));
        if (type.Bases.Contains("System.Attribute"))
        {
            text.Append("[System.AttributeUsage(System.AttributeTargets.All, AllowMultiple = true)] ");
        }

        string bases = type.Bases.Count == 0 ? ""
            : " : " + string.Join(", ", type.Bases.Select(b => type.Kind == "enum" ? b : "global::" + b));
        if (type.Kind == "delegate")
        {
            ApiMember signature = type.Members[0];
            text.Append(CultureInfo.InvariantCulture,
                $"public delegate {Type(signature.Type)} "
                + $"{GenericName(place.Own, signature)}({Parameters(type, signature)});");
        }
        else if (type.Kind == "enum")
        {
            text.Append(CultureInfo.InvariantCulture,
                $"public enum {place.Own}{bases} {{ "
                + $"{string.Join(", ", type.Members.Select(m => $"@{m.Name} = {m.Value}"))} }}");
        }
        else
        {
            text.Append(CultureInfo.InvariantCulture,
                $"public {type.Modifier} {(type.IsRefStruct ? "ref " : "")}partial {type.Kind} {place.Own}{bases} "
                + $"{{{Environment.NewLine}");
            type.Members.ForEach(m => text.Append("  ").AppendLine(Member(type, place.Own, m)));
            if (type.Kind == "class" && type.Modifier != "static"
                && !type.Members.Any(m => m.Kind == "ctor" && m.Parameters.Count == 0))
            {
                // Keeps the compiler from adding a public one, and gives the other constructors of the stubs something
                // to call.
                text.AppendLine(CultureInfo.InvariantCulture, $"  internal {place.Own}() {{ }}");
            }

            text.Append('}');
        }

        text.Append(' ').Append('}', place.Around.Count + 1).AppendLine();
    }

    private static string Member(ApiType type, string own, ApiMember member)
    {
        bool inInterface = type.Kind == "interface";
        string modifiers = inInterface ? "" : member.Modifiers + " ";
        bool isBodiless = inInterface || member.Modifiers.Contains("abstract", StringComparison.Ordinal);
        string body = isBodiless ? ";" : " => throw null;";
        switch (member.Kind)
        {
            case "ctor":
                return $"{modifiers}{own}({Parameters(type, member)}) {{ "
                + $"{(type.Kind == "struct" ? "this = default; " : "")}}}";
            case "field":
                return member.Value is null ? $"{modifiers}{Type(member.Type)} @{member.Name};"
                    : $"{modifiers}const {Type(member.Type)} @{member.Name} = {Literal(member.Type, member.Value)};";
            case "event":
                return $"{modifiers}event {Type(member.Type)} @{member.Name}{(isBodiless ? ";" : " { add { } remove "
                    + "{ } }")}";
            case "property":
                string accessors = (member.CanRead ? $"get{body} " : "") + (member.CanWrite ? $"set{body} " : "");
                return member.Parameters.Count == 0
                    ? $"{modifiers}{Type(member.Type)} @{member.Name} {{ {accessors}}}"
                    : $"{(member.Name == "Item" ? ""
                        : $"[System.Runtime.CompilerServices.IndexerName(\"{member.Name}\")] ")}"
                    + $"{modifiers}{Type(member.Type)} this[{Parameters(type, member)}] {{ {accessors}}}";
            default:
                if (member.Name == "Finalize")
                {
                    return $"~{own}() {{ }}";
                }

                string name = member.Name is "op_Implicit" or "op_Explicit"
                    ? $"{(member.Name == "op_Implicit" ? "implicit" : "explicit")} operator {Type(member.Type)}"
                    : Operators.TryGetValue(member.Name, out string? sign) ? $"{Type(member.Type)} operator {sign}"
                    : $"{Type(member.Type)} @{member.Name}";
                return $"{modifiers}{name}({Parameters(type, member)}){body}";
        }
    }

    private static string Parameters(ApiType type, ApiMember member)
    {
        bool hasParams = WithParams.Contains($"{type.Name}.{member.Name}");
        return string.Join(", ", member.Parameters.Select((p, i) =>
            (hasParams && i == member.Parameters.Count - 1
                && p.Type.EndsWith("[]", StringComparison.Ordinal) ? "params " : p.Passing + " ")
            + $"{Type(p.Type)} @{p.Name}" + (p.Default is null ? "" : " = " + Literal(p.Type, p.Default))));
    }

    private static string Type(string name) => name.Contains('.', StringComparison.Ordinal) ? "global::" + name : name;

    private static string Literal(string type, string value) => (type, value) switch
    {
        (_, "null") => "null",
        ("string", _) => value,
        ("bool", _) => value == "True" ? "true" : "false",
        ("char", _) => $"(char){(int)value[0]}",
        ("float" or "double", "NaN") => $"({type})(0.0 / 0.0)",
        ("float" or "double", "Infinity") => $"({type})(1.0 / 0.0)",
        ("float" or "double", "-Infinity") => $"({type})(-1.0 / 0.0)",
        ("float", _) => value + "f",
        ("double", _) => value + "d",
        _ => $"({Type(type)})({value})",
    };

    /// <summary>Action`1 with the parameter type T is Action&lt;T&gt;.</summary>
    private static string GenericName(string name, ApiMember signature)
    {
        string[] arguments =
            [
                .. signature.Parameters.Select(p => p.Type).Append(signature.Type)
                    .Where(t => TypeParameter().IsMatch(t)).Distinct()];
        int tick = name.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? name : $"{name[..tick]}<{string.Join(", ", arguments)}>";
    }

    [GeneratedRegex(@"^T([A-Z0-9]\w*)?$")]
    private static partial Regex TypeParameter();
}
