using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Backstep.Walks.Strides;

namespace Backstep.Gym.Pages;

/// <summary>All that the pages say, in one language; the file <c>Texts.json</c> has them all.</summary>
public sealed class Texts
{
    private static readonly JsonDocument File = Load();

    private readonly FrozenDictionary<string, string> _texts;

    private Texts(string language)
    {
        Language = language;
        _texts = File.RootElement.GetProperty("texts").EnumerateObject()
            .ToFrozenDictionary(one => one.Name, one => one.Value.GetProperty(language).GetString()!,
                StringComparer.Ordinal);
        Cues = new CueTexts(File.RootElement, language);
    }

    /// <summary>All languages, the first for who asks for none of them.</summary>
    public static IReadOnlyList<Texts> Languages { get; } = [new("en"), new("de")];

    /// <summary>As in HTML's <c>lang</c>.</summary>
    public string Language { get; }

    /// <summary>Its cues.</summary>
    public CueTexts Cues { get; }

    /// <summary>All keys, for the tests.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Items => _texts;

    /// <summary>A text.</summary>
    public string this[string key] => _texts[key];

    /// <summary>A text with values for its {0}, {1}.</summary>
    public string Of(string key, params ReadOnlySpan<object?> values) =>
        string.Format(CultureInfo.InvariantCulture, this[key], values);

    /// <summary>A speed as people here write it: 2.4 km/h, 2,4 km/h.</summary>
    public string Speed(double metersPerSecond, Units units) => Number(units.Speed(metersPerSecond));

    /// <summary>A number's point as people here write it.</summary>
    public string Number(string number) =>
        Language == "de" ? number.Replace('.', ',') : number;

    /// <summary>The language that somebody wants: the one that is set, the one that is asked for, the first that the
    /// browser names and we have.</summary>
    public static Texts For(string? set, string? asked, string? acceptLanguage) =>
        Find(set) ?? Find(asked) ?? (acceptLanguage ?? "").Split(',').Take(20)
            .Select(one => one.Split(';'))
            .OrderByDescending(one => Weight(one)).Select(one => Find(one[0].Trim())).FirstOrDefault(one => one != null)
        ?? Languages[0];

    private static Texts? Find(string? name) => Languages.FirstOrDefault(one =>
        string.Equals(one.Language, name?.Split('-')[0], StringComparison.OrdinalIgnoreCase));

    private static double Weight(string[] parts) => parts.Length < 2 ? 1
        : double.TryParse(parts[1].Trim().Replace("q=", "", StringComparison.Ordinal), NumberStyles.Float,
            CultureInfo.InvariantCulture, out double weight) ? weight : 0;

    private static JsonDocument Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("pages/Texts.json")!;
        return JsonDocument.Parse(stream);
    }
}
