using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Backstep.Files.Export;

/// <summary>What is wrong with a session file, and where in it.</summary>
/// <param name="list">The list it stands in (strides, marks, pain, sensors); null for the file's head.</param>
/// <param name="index">The place in the list, from 0.</param>
/// <param name="message">What is wrong.</param>
internal sealed partial class SessionFileFault(string? list, int index, string message) : FormatException(message)
{
    /// <summary>With the line of the file: "line 12: stride 3: ...".</summary>
    public string In(byte[] json)
    {
        string where = list == null ? "" : FormattableString.Invariant($"{list.TrimEnd('s')} {index + 1}: ");
        return LineOf(json) is { } line ? FormattableString.Invariant($"line {line}: {where}{Message}")
            : where + Message;
    }

    /// <summary>What the JSON reader found, without the names of types.</summary>
    public static string Describe(JsonException e)
    {
        string message = e.Message.Split(" Path: ")[0].Split(" LineNumber: ")[0].TrimEnd('.');
        string? key = e.Path?.Split('.', '[')[^1].TrimEnd(']') is { Length: > 0 } last && last != "$" ? last : null;
        string words = Quoted().Matches(message) is { Count: > 0 } quoted ? quoted[^1].Groups[1].Value : key ?? "";
        return message.Contains("missing required", StringComparison.Ordinal) ? $"{Names(message)} is missing"
            : message.Contains("could not be mapped", StringComparison.Ordinal) ? $"nobody knows '{First(message)}'"
            : message.StartsWith("Duplicate property", StringComparison.Ordinal)
            ? $"'{First(message)}' stands there twice"
            : message.Contains("null", StringComparison.Ordinal) && message.Contains("type", StringComparison.Ordinal)
                ? $"'{key ?? words}' must not be null"
            : message.Contains("could not be converted", StringComparison.Ordinal)
                ? $"the value of '{key ?? words}' could not be read: it is of another kind, or too great"
            : message.Contains("type", StringComparison.Ordinal) ? $"'{key ?? words}' could not be read"
            : message;
    }

    private static string First(string message) => Quoted().Match(message).Groups[1].Value;

    private static string Names(string message) => string.Join(", ", Quoted().Matches(message).Skip(1)
        .Select(match => $"'{match.Groups[1].Value}'"));

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Quoted();

    private long? LineOf(byte[] json)
    {
        if (list == null)
        {
            return null;
        }

        var reader = new Utf8JsonReader(json);
        for (int at = -1; reader.Read();)
        {
            if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName)
            {
                at = reader.ValueTextEquals(list) ? 0 : -1;
            }
            else if (at >= 0 && reader.CurrentDepth == 2
                && reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray) && at++ == index)
            {
                return 1 + json.AsSpan(0, (int)reader.TokenStartIndex).Count((byte)'\n');
            }
        }

        return null;
    }

    /// <summary>Checks something; the message is in the invariant culture.</summary>
    public static void ThrowUnless(bool holds, string? list, int index, FormattableString otherwise)
    {
        if (!holds)
        {
            throw new SessionFileFault(list, index, otherwise.ToString(CultureInfo.InvariantCulture));
        }
    }
}
