using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Safety.Tests.Il;

/// <summary>Something that would go wrong on the device: which rule, where, what, and what to do about it.</summary>
public sealed record Finding(string Rule, string Where, string What, string Remedy)
{
    public override string ToString() => $"[{Rule}] {Where}: {What} -> {Remedy}";

    /// <summary>The place of an instruction: method, IL offset and, when the symbols are there, the source
    /// line.</summary>
    public static string At(MethodDefinition method, Instruction? instruction)
    {
        string where = Names.Of(method);
        if (instruction is null)
        {
            return where;
        }

        SequencePoint? point =
            method.DebugInformation.SequencePoints.LastOrDefault(p => p.Offset <= instruction.Offset && !p.IsHidden);
        string line = point is null ? "" : $", {Path.GetFileName(point.Document.Url)} line {point.StartLine}";
        return $"{where} (IL_{instruction.Offset:x4}{line})";
    }

    /// <summary>Fails the running test with every finding on a line of its own.</summary>
    public static void AssertNone(IEnumerable<Finding> findings)
    {
        string[] lines = [.. findings.Select(f => f.ToString()).Distinct()];
        Assert.True(lines.Length == 0,
            $"{lines.Length} finding(s):{Environment.NewLine}{string.Join(Environment.NewLine, lines)}");
    }
}
