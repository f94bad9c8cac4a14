using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;

namespace Backstep.Files.Export;

/// <summary>The words of a session file and back. They stand in files: never change one.</summary>
public static class SessionFileNames
{
    /// <summary>Modes.</summary>
    public static ValueNames<WalkMode> Modes { get; } = new("mode", StrideText.Of);

    /// <summary>Directions.</summary>
    public static ValueNames<Direction> Directions { get; } = new("direction", StrideText.Of);

    /// <summary>Landings.</summary>
    public static ValueNames<Landing> Landings { get; } = new("landing", StrideText.Of);

    /// <summary>Rails.</summary>
    public static ValueNames<Posture> Postures { get; } = new("rails", StrideText.Of);

    /// <summary>Placements.</summary>
    public static ValueNames<Placement> Placements { get; } = new("placement", StrideText.Of);

    /// <summary>Marks.</summary>
    public static ValueNames<MarkKind> Marks { get; } = new("mark", StrideText.Of);

    /// <summary>Moments of pain.</summary>
    public static ValueNames<PainMoment> Moments { get; } = new("moment of pain", StrideText.Of);
}

/// <summary>The words of one kind of value.</summary>
/// <param name="what">What they are about, for an error.</param>
/// <param name="of">The word of each value.</param>
public sealed class ValueNames<T>(string what, Func<T, string> of)
    where T : struct, Enum
{
    private readonly Dictionary<string, T> _back = Enum.GetValues<T>().ToDictionary(of, StringComparer.Ordinal);

    /// <summary>The word of a value.</summary>
    public string Of(T value) => of(value);

    /// <summary>The value of a word.</summary>
    /// <exception cref="FormatException">There is no such word.</exception>
    public T Parse(string word) =>
        _back.TryGetValue(word, out var value) ? value
            : throw new FormatException($"'{word}' is no {what}; known are: {string.Join(", ", _back.Keys)}");
}
