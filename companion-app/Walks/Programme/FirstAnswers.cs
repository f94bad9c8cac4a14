using Backstep.Walks.Sessions;

namespace Backstep.Walks.Programme;

/// <summary>What a walker says of the knee.</summary>
public enum KneePain
{
    /// <summary>None now.</summary>
    None,

    /// <summary>Mild: one can still run, or walk as always.</summary>
    Mild,

    /// <summary>Sharp, or it lingers, or it changes how one walks.</summary>
    Strong,
}

/// <summary>What a walker answered before the first walk: three questions, asked once, to be changed at any time.
/// Null: not answered.</summary>
public sealed record FirstAnswers
{
    private const string Yes = "yes";

    /// <summary>Where they are kept, among a walker's settings.</summary>
    private const string PainKey = "first.pain";

    private const string ProfessionalKey = "first.professional";
    private const string PlaceKey = "first.place";
    private const string SkippedKey = "first.skipped";

    /// <summary>How the knee is.</summary>
    public KneePain? Pain { get; init; }

    /// <summary>Whether a professional has looked at it and agrees.</summary>
    public bool? ProfessionalAgrees { get; init; }

    /// <summary>Where it will be walked: belt, hill or sled.</summary>
    public WalkMode? Place { get; init; }

    /// <summary>Whether the walker would rather not be asked.</summary>
    public bool IsSkipped { get; init; }

    /// <summary>Whether nothing is left to ask.</summary>
    public bool IsDone => IsSkipped || (Pain != null && ProfessionalAgrees != null && Place != null);

    /// <summary>What is kept of a walker.</summary>
    public static FirstAnswers Of(ISessionArchive archive, long walkerId) => new()
    {
        Pain = Enum.TryParse<KneePain>(archive.Setting(walkerId, PainKey), ignoreCase: true, out var pain)
            ? pain : null,
        ProfessionalAgrees = archive.Setting(walkerId, ProfessionalKey) is { } word ? word == Yes : null,
        Place = Enum.TryParse<WalkMode>(archive.Setting(walkerId, PlaceKey), ignoreCase: true, out var place)
            ? place : null,
        IsSkipped = archive.Setting(walkerId, SkippedKey) == Yes,
    };

    /// <summary>Keeps them.</summary>
    public void Keep(ISessionArchive archive, long walkerId)
    {
        archive.Keep(walkerId, PainKey, Pain?.ToString().ToLowerInvariant());
        archive.Keep(walkerId, ProfessionalKey, ProfessionalAgrees is { } agrees ? agrees ? Yes : "no" : null);
        archive.Keep(walkerId, PlaceKey, Place?.ToString().ToLowerInvariant());
        archive.Keep(walkerId, SkippedKey, IsSkipped ? Yes : null);
    }
}
