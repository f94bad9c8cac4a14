namespace Safety.Tests.Api;

/// <summary>One nanoFramework assembly as its API file tells it.</summary>
public sealed record ApiAssembly(string Name, string PackageVersion, string AssemblyVersion,
    IReadOnlyList<string> References, IReadOnlyList<ApiType> Types);

/// <summary>A public type. <see cref="Kind"/> is class, struct, interface, enum or delegate.</summary>
public sealed record ApiType(string Assembly, string Name, string Kind, string Modifier, IReadOnlyList<string> Bases)
{
    /// <summary>Everything that code can name in the type.</summary>
    public List<ApiMember> Members { get; } = [];

    /// <summary>A ref struct: the files tell it by the remark that compilers put on such types.</summary>
    public bool IsRefStruct { get; init; }

    /// <summary>The header line in the files' own spelling, without base types.</summary>
    public string Header => Modifier.Length == 0 ? $"{Kind} {Name}" : $"{Modifier} {Kind} {Name}";
}

/// <summary>A parameter; <see cref="Passing"/> is "", "ref", "out" or "in", <see cref="Default"/> the text after " =
/// ".</summary>
public sealed record ApiParameter(string Passing, string Type, string Name, string? Default)
{
    /// <summary>The type as IL has it: a reference for ref and out.</summary>
    public string IlType => Passing.Length == 0 ? Type : Type + "&";

    public override string ToString() =>
        (Passing.Length == 0 ? "" : Passing + " ") + Type + " " + Name + (Default is null ? "" : " = " + Default);
}

/// <summary>A member. <see cref="Kind"/> is ctor, method, property, field, event, value (of an enum) or signature (of a
/// delegate).</summary>
public sealed record ApiMember(string Kind, string Name, string Type, IReadOnlyList<ApiParameter> Parameters,
    string Modifiers)
{
    /// <summary>The value of an enum member or a constant.</summary>
    public string? Value { get; init; }

    public bool CanRead { get; init; }

    public bool CanWrite { get; init; }

    public bool IsStatic => $" {Modifiers} ".Contains(" static ", StringComparison.Ordinal);

    /// <summary>The member in the files' own spelling, so that a person can search for it.</summary>
    public override string ToString()
    {
        string parameters = string.Join(", ", Parameters);
        return Kind switch
        {
            "value" => $"{Name} = {Value}",
            "signature" => $"({parameters}) -> {Type}",
            "ctor" => $"ctor {Name}({parameters}) ({Modifiers})",
            "method" => $"method {Name}({parameters}) -> {Type} ({Modifiers})",
            "property" =>
                $"property {Name}{(Parameters.Count == 0 ? "" : $"[{parameters}]")} : {Type} {{ "
                + $"{(CanRead ? "get; " : "")}{(CanWrite ? "set; " : "")}}} ({Modifiers})",
            "field" => $"field {Name} : {Type} ({Modifiers}{(Value is null ? "" : " const = " + Value)})",
            _ => $"{Kind} {Name} : {Type} ({Modifiers})",
        };
    }
}
