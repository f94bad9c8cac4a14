using System.Text.RegularExpressions;
using Mono.Cecil;

namespace Backstep.Cost;

/// <summary>
/// What a call costs on the device's interpreter, on top of the call instruction itself. Which methods the device runs
/// as machine code is read from the nanoFramework API files, where they are marked [native].
/// </summary>
public sealed partial class DeviceCalls
{
    /// <summary>Ops' worth of entering and leaving a method that is interpreted. Measured on the v1 interpreter built
    /// for a PC.</summary>
    public const int ManagedCallOps = 14;

    /// <summary>Ops' worth of a call into the device's machine code, its work included. Measured likewise.</summary>
    public const int NativeCallOps = 16;

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["System.Boolean"] = "bool", ["System.Byte"] = "byte", ["System.SByte"] = "sbyte", ["System.Char"] = "char",
        ["System.Int16"] = "short",
        ["System.UInt16"] = "ushort", ["System.Int32"] = "int", ["System.UInt32"] = "uint", ["System.Int64"] = "long",
        ["System.UInt64"] = "ulong",
        ["System.Single"] = "float", ["System.Double"] = "double", ["System.String"] = "string",
        ["System.Object"] = "object", ["System.Void"] = "void",
    };

    private readonly HashSet<string> _natives = new(StringComparer.Ordinal);

    /// <summary>Reads the API files of a folder.</summary>
    /// <exception cref="InvalidDataException">A line marked [native] is not understood, or there is none: counting on
    /// would make native calls too cheap or too dear.</exception>
    public DeviceCalls(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder, "*.txt"))
        {
            foreach (string line in File.ReadLines(file)
                .Where(
                    line => line.StartsWith("  ", StringComparison.Ordinal)
                        && line.Contains("[native]", StringComparison.Ordinal)))
            {
                Add(line, file);
            }
        }

        if (_natives.Count == 0)
        {
            throw new InvalidDataException($"no method marked [native] in the API files of {folder}");
        }
    }

    /// <summary>The API files that lie beside the program.</summary>
    public static DeviceCalls BesideProgram() => new(Path.Combine(AppContext.BaseDirectory, "NanoFrameworkApi"));

    /// <summary>Whether the device runs the method as machine code.</summary>
    public bool IsNative(MethodReference method) => _natives.Contains(NameOf(method));

    /// <summary>The method in the API files' spelling, e.g. System.Math.Sqrt(double).</summary>
    public static string NameOf(MethodReference method) =>
        $"{method.DeclaringType.FullName.Replace('/', '.')}.{method.Name}("
        + $"{string.Join(",", method.Parameters.Select(p => NameOf(p.ParameterType)))})";

    private static string NameOf(TypeReference type) => type switch
    {
        ByReferenceType reference => NameOf(reference.ElementType) + "&",
        ArrayType array => NameOf(array.ElementType) + "[]",
        _ => Aliases.GetValueOrDefault(type.FullName, type.FullName.Replace('/', '.')),
    };

    private void Add(string line, string file)
    {
        if (MethodLine().Match(line) is { Success: true } method)
        {
            _natives.Add($"{method.Groups[1].Value}({Types(method.Groups[2].Value)})");
        }
        else if (CtorLine().Match(line) is { Success: true } ctor)
        {
            _natives.Add($"{ctor.Groups[1].Value}..ctor({Types(ctor.Groups[2].Value)})");
        }
        else if (PropertyLine().Match(line) is { Success: true } property)
        {
            string type = property.Groups[1].Value, name = property.Groups[2].Value,
                index = Types(property.Groups[3].Value);
            _natives.Add($"{type}.get_{name}({index})");
            _natives.Add($"{type}.set_{name}({(index.Length == 0 ? "" : index + ",")}{property.Groups[4].Value})");
        }
        else
        {
            throw new InvalidDataException($"{Path.GetFileName(file)}: cannot read this line: {line}");
        }
    }

    private static string Types(string parameters) =>
        string.Join(",",
            Parameter().Matches(parameters).Select(p => p.Groups[2].Value + (p.Groups[1].Success ? "&" : "")));

    [GeneratedRegex(@"^  method ([^\s(]+)\((.*?)\) -> ")]
    private static partial Regex MethodLine();

    [GeneratedRegex(@"^  ctor ([^\s(]+)\((.*?)\) ")]
    private static partial Regex CtorLine();

    [GeneratedRegex(@"^  property (\S+)\.([^\s.\[]+)(?:\[(.*?)\])? : (\S+) \{")]
    private static partial Regex PropertyLine();

    [GeneratedRegex(@"(?<=^|, )(?:(ref|out|in) )?(\S+) \w+")]
    private static partial Regex Parameter();
}
