namespace Safety.Tests.Api;

/// <summary>All API files together: the whole world that exists on the device.</summary>
public sealed class NanoApi
{
    private readonly Dictionary<string, ApiType> types = [];

    public NanoApi(IEnumerable<ApiAssembly> assemblies)
    {
        Assemblies = [.. assemblies];
        foreach (ApiType type in Assemblies.SelectMany(a => a.Types))
        {
            types.Add(type.Name, type);
        }
    }

    /// <summary>The files that were copied beside the test program.</summary>
    public static NanoApi Device { get; } =
        new(Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "NanoFrameworkApi"), "*.txt")
            .Order(StringComparer.Ordinal).Select(ApiFile.Read));

    public IReadOnlyList<ApiAssembly> Assemblies { get; }

    public ApiType? Find(string typeName) => types.GetValueOrDefault(typeName);

    /// <summary>The type, then its base types and interfaces, as far as the files know them; everything ends at
    /// object.</summary>
    public IEnumerable<ApiType> WithBases(ApiType type)
    {
        yield return type;
        IEnumerable<string> bases = type.Kind switch
        {
            "enum" => ["System.Enum"],
            "delegate" => ["System.MulticastDelegate"],
            "struct" => type.Bases.Append("System.ValueType"),
            _ => type.Bases,
        };
        foreach (string name in bases)
        {
            if (Find(name) is { } found)
            {
                foreach (ApiType each in WithBases(found))
                {
                    yield return each;
                }
            }
        }

        if (type.Name != "System.Object" && Find("System.Object") is { } root)
        {
            yield return root;
        }
    }

    /// <summary>All methods that IL can call on the type itself: constructors, methods, and the accessors behind
    /// properties and events.</summary>
    public static IEnumerable<ApiMethod> Methods(ApiType type)
    {
        foreach (ApiMember member in type.Members)
        {
            string[] parameters = [.. member.Parameters.Select(p => p.IlType)];
            switch (member.Kind)
            {
                case "ctor" or "method":
                    yield return new ApiMethod(member.Name, parameters, member.Type, member.IsStatic, member);
                    break;
                case "signature":
                    yield return new ApiMethod(".ctor", ["object", "System.IntPtr"], "void", false, member);
                    yield return new ApiMethod("Invoke", parameters, member.Type, false, member);
                    break;
                case "event":
                    yield return new ApiMethod("add_" + member.Name, [member.Type], "void", member.IsStatic, member);
                    yield return new ApiMethod("remove_" + member.Name, [member.Type], "void", member.IsStatic, member);
                    break;
                case "property":
                    if (member.CanRead)
                    {
                        yield return new ApiMethod(
                            "get_" + member.Name, parameters, member.Type, member.IsStatic, member);
                    }

                    if (member.CanWrite)
                    {
                        yield return new ApiMethod(
                            "set_" + member.Name, [.. parameters, member.Type], "void", member.IsStatic, member);
                    }

                    break;
                default:
                    break;
            }
        }
    }
}

/// <summary>A method as IL names it, and the line of the API file that it comes from.</summary>
public sealed record ApiMethod(
    string Name, IReadOnlyList<string> Parameters, string ReturnType, bool IsStatic, ApiMember Origin);
