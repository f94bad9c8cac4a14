using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;
using Backstep.Walks.Coaching;

namespace Backstep.Gym.Pages;

/// <summary>The coach's sentences in one language. The coach speaks English; here each of its sentences is known by its
/// pattern, where {x} stands for a figure. English itself is changed only where a key of the companion's is named,
/// which a wall does not have.</summary>
public sealed class CueTexts
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1); // ours: the patterns cannot run away

    private readonly (Regex English, string Said)[] _sentences;
    private readonly FrozenDictionary<string, string> _headlines;
    private readonly bool _isEnglish;
    private readonly bool _hasComma;

    internal CueTexts(JsonElement file, string language)
    {
        _isEnglish = language == "en";
        _hasComma = language == "de";
        _sentences = [.. file.GetProperty("cues").EnumerateArray().Select(one => (
            Pattern(one.GetProperty("english").GetString()!),
            one.TryGetProperty(language, out var said) ? said.GetString()! : one.GetProperty("english").GetString()!))];
        _headlines = file.GetProperty("headlines").EnumerateObject().ToFrozenDictionary(one => one.Name,
            one => one.Value.GetString()!, StringComparer.Ordinal);
    }

    /// <summary>The cue in this language; a sentence that is not known stays as it is.</summary>
    public Cue Of(Cue cue) => cue with
    {
        Text = Sentence(cue.Text) ?? cue.Text,
        Headline = Headline(cue.Headline) ?? cue.Headline,
    };

    /// <summary>A sentence; null when it is not known.</summary>
    internal string? Sentence(string english)
    {
        foreach (var (pattern, said) in _sentences)
        {
            if (pattern.Match(english) is { Success: true } match)
            {
                return match.Groups.Values.Skip(1).Aggregate(said, (text, group) =>
                    text.Replace($"{{{group.Name}}}", _hasComma ? group.Value.Replace('.', ',') : group.Value,
                        StringComparison.Ordinal));
            }
        }

        return null;
    }

    /// <summary>A headline; null when it is not known. A number at its end stays.</summary>
    internal string? Headline(string english)
    {
        if (_isEnglish)
        {
            return english;
        }

        string words = english.TrimEnd("0123456789".ToCharArray());
        return _headlines.TryGetValue(words.Trim(), out string? said)
            ? (said + " " + english[words.Length..]).Trim() : null;
    }

    private static Regex Pattern(string english) => new(
        "^" + Regex.Replace(Regex.Escape(english), @"\\\{(?<name>[a-z]+)}", @"(?<${name}>[0-9][0-9.:]*( [a-z/]+)?)",
            RegexOptions.None, Patience) + "\\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patience);
}
