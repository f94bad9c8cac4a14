using System.Text.RegularExpressions;

namespace Safety.Tests.Api;

/// <summary>
/// Reads an API file: a header, then one type or member a line. It accepts nothing that it does not understand: a line
/// it cannot read is an error, because a member that silently vanished here would make every check below blind to it. A
/// version that ends in "-standin" marks a file that describes the real package of that version only in part.
/// </summary>
public static partial class ApiFile
{
    public static ApiAssembly Read(string path) => Parse(Path.GetFileName(path), File.ReadAllText(path).Split('\n'));

    public static ApiAssembly Parse(string source, IReadOnlyList<string> lines)
    {
        string name = "", packageVersion = "", assemblyVersion = "";
        string[] references = [];
        List<ApiType> types = [];
        for (int number = 0; number < lines.Count; number++)
        {
            string line = lines[number].TrimEnd('\r');
            if (line.Length == 0)
            {
                continue;
            }

            if (AssemblyLine().Match(line) is { Success: true } assembly)
            {
                (name, packageVersion, assemblyVersion) = (assembly.Groups[1].Value, assembly.Groups[2].Value,
                    assembly.Groups[3].Value);
            }
            else if (line.StartsWith("# references:", StringComparison.Ordinal))
            {
                references =
                    [
                        .. line["# references:".Length..].Split(',',
                            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                                .Select(r => r.Split(' ')[0])];
            }
            else if (!line.StartsWith('#'))
            {
                if (line.StartsWith("  ", StringComparison.Ordinal) && types.Count > 0)
                {
                    types[^1].Members.Add(ParseMember(types[^1], line[2..]) ?? throw Unreadable(source, number, line));
                }
                else
                {
                    types.Add(ParseType(name, line) ?? throw Unreadable(source, number, line));
                }
            }
        }

        if (name.Length == 0)
        {
            throw new InvalidDataException($"{source}: no '# assembly' line.");
        }

        return new ApiAssembly(name, packageVersion, assemblyVersion, references, types);
    }

    private static ApiType? ParseType(string assembly, string line)
    {
        string text = WithoutRemarks(line);
        if (DelegateLine().Match(text) is { Success: true } found)
        {
            ApiType type = new(assembly, found.Groups[1].Value, "delegate", "", []);
            if (ParseParameters(found.Groups[2].Value) is not { } parameters)
            {
                return null;
            }

            type.Members.Add(new ApiMember("signature", "Invoke", found.Groups[3].Value, parameters, "public"));
            return type;
        }

        Match match = TypeLine().Match(text);
        return match.Success
            ? new ApiType(assembly, match.Groups[3].Value, match.Groups[2].Value, match.Groups[1].Value,
                match.Groups[4].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries))
            {
                IsRefStruct = line.Contains("[Obsolete: Types with embedded references", StringComparison.Ordinal),
            }
            : null;
    }

    private static ApiMember? ParseMember(ApiType type, string line)
    {
        string text = WithoutRemarks(line);
        if (type.Kind == "enum")
        {
            Match value = EnumValueLine().Match(text);
            return value.Success && Own(type, value.Groups[1].Value) is { } member
                ? new ApiMember("value", member, type.Bases.Count > 0 ? type.Bases[0] : "int", [],
                    "public") { Value = value.Groups[2].Value }
                : null;
        }

        if (CtorLine().Match(text) is { Success: true } ctor)
        {
            return ctor.Groups[1].Value == type.Name && ParseParameters(ctor.Groups[2].Value) is { } parameters
                ? new ApiMember("ctor", ".ctor", "void", parameters, ctor.Groups[3].Value)
                : null;
        }

        if (MethodLine().Match(text) is { Success: true } method)
        {
            return Own(type, method.Groups[1].Value) is { } name
                && ParseParameters(method.Groups[2].Value) is { } parameters
                ? new ApiMember("method", name, method.Groups[3].Value, parameters, method.Groups[4].Value)
                : null;
        }

        if (PropertyLine().Match(text) is { Success: true } property)
        {
            return Own(type, property.Groups[1].Value) is { } name
                && ParseParameters(property.Groups[2].Value) is { } parameters
                ? new ApiMember("property", name, property.Groups[3].Value, parameters, property.Groups[6].Value)
                {
                    CanRead = property.Groups[4].Success,
                    CanWrite = property.Groups[5].Success,
                }
                : null;
        }

        if (FieldLine().Match(text) is { Success: true } field)
        {
            return Own(type, field.Groups[2].Value) is { } name
                ? new ApiMember(field.Groups[1].Value, name, field.Groups[3].Value, [],
                    field.Groups[4].Value) { Value = field.Groups[5].Success ? field.Groups[5].Value : null }
                : null;
        }

        return null;
    }

    /// <summary>Null when the text is no parameter list.</summary>
    private static List<ApiParameter>? ParseParameters(string text)
    {
        List<ApiParameter> parameters = [];
        if (text.Length == 0)
        {
            return parameters;
        }

        foreach (string part in text.Split(", "))
        {
            Match match = Parameter().Match(part);
            if (!match.Success)
            {
                return null;
            }

            parameters.Add(
                new ApiParameter(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value,
                    match.Groups[4].Success ? match.Groups[4].Value : null));
        }

        return parameters;
    }

    /// <summary>The name after the type's own; null when the line belongs to another type.</summary>
    private static string? Own(ApiType type, string fullName) =>
        fullName.StartsWith(type.Name + ".", StringComparison.Ordinal) ? fullName[(type.Name.Length + 1)..] : null;

    private static string WithoutRemarks(string line) => Remarks().Replace(line, "");

    private static InvalidDataException Unreadable(string source, int number, string line) =>
        new($"{source}({number + 1}): cannot read this line: {line}");

    [GeneratedRegex(@"^# assembly (\S+)\s+package version (\S+?)(?:-standin)?\s+assembly version (\S+)$")]
    private static partial Regex AssemblyLine();

    [GeneratedRegex(@"( \[(native|Flags|Obsolete[^\]]*)\])+$")]
    private static partial Regex Remarks();

    [GeneratedRegex(@"^delegate (\S+) \((.*)\) -> (\S+)$")]
    private static partial Regex DelegateLine();

    [GeneratedRegex(@"^(?:(abstract|sealed|static) )?(class|struct|interface|enum) ([^\s:]+)(?: : (.+))?$")]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"^(\S+) = (-?\d+)$")]
    private static partial Regex EnumValueLine();

    [GeneratedRegex(@"^ctor ([^\s(]+)\((.*)\) \(([a-z ]+)\)$")]
    private static partial Regex CtorLine();

    [GeneratedRegex(@"^method ([^\s(]+)\((.*)\) -> (\S+) \(([a-z ]+)\)$")]
    private static partial Regex MethodLine();

    [GeneratedRegex(@"^property ([^\s\[]+)(?:\[(.*)\])? : (\S+) \{ (?:(get;) )?(?:(set;) )?\} \(([a-z ]+)\)$")]
    private static partial Regex PropertyLine();

    [GeneratedRegex(@"^(field|event) (\S+) : (\S+) \(([a-z ]+?)(?: const = (.*))?\)$", RegexOptions.Singleline)]
    private static partial Regex FieldLine();

    [GeneratedRegex(@"^(?:(ref|out|in) )?(\S+) (\w+)(?: = (.*))?$", RegexOptions.Singleline)]
    private static partial Regex Parameter();
}
