using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backstep.Architecture.Tests;

/// <summary>
/// Who makes something of ten values or more names them: the compiler notices nothing when two numbers change places.
/// Left out: a Guid's bytes; a table's headings; the firmware's services and a command's run, each argument of which is
/// of another type.
/// </summary>
public class NamedArgumentTests
{
    private const int Many = 10;

    private static readonly string[] LeftOut =
        ["Guid", "TextTable", "GattServer", "BackstepService", "ControlPoint", "Run"];

    [Fact]
    public void Ten_values_have_names()
    {
        var calls = Sources.Files().SelectMany(path => Sources.Read(path).DescendantNodes()
                .Where(node => node is BaseObjectCreationExpressionSyntax or ConstructorInitializerSyntax)
                .Where(node => ArgumentsOf(node).Count >= Many && !LeftOut.Contains(TypeOf(node)))
                .Select(call => (Where: $"{path}:{call.GetLocation().GetLineSpan().StartLinePosition.Line + 1}",
                    Named: ArgumentsOf(call).All(argument => argument.NameColon != null))))
            .ToArray();
        Assert.True(calls.Length > 20, $"only {calls.Length} calls found");
        Assert.Empty(calls.Where(call => !call.Named).Select(call => call.Where));
    }

    private static SeparatedSyntaxList<ArgumentSyntax> ArgumentsOf(SyntaxNode call) =>
        (call as BaseObjectCreationExpressionSyntax)?.ArgumentList?.Arguments
            ?? (call as ConstructorInitializerSyntax)?.ArgumentList.Arguments ?? default;

    // 'Guid Of(...) => new(...)' says its type at the method.
    private static string TypeOf(SyntaxNode call) =>
        (call as ObjectCreationExpressionSyntax)?.Type.ToString()
            ?? call.Ancestors().OfType<MethodDeclarationSyntax>().FirstOrDefault()?.ReturnType.ToString() ?? "";
}
