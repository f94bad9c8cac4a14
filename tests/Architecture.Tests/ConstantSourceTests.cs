using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backstep.Architecture.Tests;

/// <summary>
/// A constant says where it comes from: a paper, a data sheet, the command that made or holds it, or why it is ours.
/// Whether what it says is true no test knows; that it says something, this one does. A comment counts for the
/// constants below it up to an empty line.
/// </summary>
public class ConstantSourceTests
{
    private static readonly string[] Held =
    [
        "companion-app/Walks/Events/", "companion-app/Walks/Rails/", "companion-app/Walks/Sessions/",
        "companion-app/Walks/Strides/", "companion-app/Link/", "companion-app/Link.BlueZ/",
        "companion-app/Link.Windows/", "companion-app/Rehearsal/", "companion-app/VirtualSensor/Walker/",
    ];

    [Fact]
    public void A_constant_says_where_it_comes_from()
    {
        var constants = Sources.Files()
            .Where(path => Array.Exists(Held, folder => path.StartsWith(folder, StringComparison.Ordinal)))
            .SelectMany(path => Sources.Read(path).DescendantNodes().OfType<FieldDeclarationSyntax>()
                .Where(IsFigure).Select(field => (Path: path, Field: field)))
            .ToArray();
        Assert.True(constants.Length > 80, $"only {constants.Length} constants found");
        string[] silent = [.. constants.Where(one => !IsExplained(one.Field))
            .Select(one => $"{one.Path}: {one.Field.Declaration.Variables[0].Identifier.Text}")];
        Assert.True(silent.Length == 0, "no source beside: " + string.Join(", ", silent));
    }

    private static bool IsFigure(FieldDeclarationSyntax field)
    {
        string type = field.Declaration.Type.ToString();
        return field.Modifiers.Any(SyntaxKind.ConstKeyword) ? type is not ("string" or "bool")
            : field.Modifiers.Any(SyntaxKind.StaticKeyword) && type is "TimeSpan" or "double";
    }

    private static bool IsExplained(FieldDeclarationSyntax field)
    {
        if (IsComment(field.GetLeadingTrivia()) || IsComment(field.GetTrailingTrivia()))
        {
            return true;
        }

        var members = ((TypeDeclarationSyntax)field.Parent!).Members;
        int index = members.IndexOf(field);
        bool isApart = field.GetLeadingTrivia().Any(SyntaxKind.EndOfLineTrivia);
        return index > 0 && !isApart && members[index - 1] is FieldDeclarationSyntax above && IsExplained(above);
    }

    private static bool IsComment(SyntaxTriviaList trivia) => trivia.Any(one =>
        one.IsKind(SyntaxKind.SingleLineCommentTrivia) || one.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia));
}
