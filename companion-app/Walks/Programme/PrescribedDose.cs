using System.Globalization;
using Backstep.Walks.Sessions;

namespace Backstep.Walks.Programme;

/// <summary>A dose that a professional has set. Null: not set; then the programme's own holds.</summary>
public sealed record PrescribedDose
{
    /// <summary>Keys of what is kept, among a walker's settings.</summary>
    private const string Prefix = "dose.";

    /// <summary>Minutes a day of walking, 1 to 15.</summary>
    public int? Minutes { get; init; }

    /// <summary>Days in any seven, 1 to 7.</summary>
    public int? Days { get; init; }

    /// <summary>Incline in %, 0 to 15.</summary>
    public double? InclinePercent { get; init; }

    /// <summary>Belt speed in m/s, up to the limit for walking backward.</summary>
    public double? MetersPerSecond { get; init; }

    /// <summary>Whether anything is set.</summary>
    public bool IsSet => this != new PrescribedDose();

    /// <summary>What is kept of a walker; null when nothing is.</summary>
    public static PrescribedDose? Of(ISessionArchive archive, long walkerId)
    {
        var dose = new PrescribedDose
        {
            Minutes = (int?)Number("minutes"),
            Days = (int?)Number("days"),
            InclinePercent = Number("incline"),
            MetersPerSecond = Number("speed"),
        };
        return dose.IsSet ? dose : null;

        double? Number(string key) => double.TryParse(archive.Setting(walkerId, Prefix + key),
            NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;
    }

    /// <summary>Keeps it.</summary>
    public void Keep(ISessionArchive archive, long walkerId)
    {
        Set("minutes", Minutes);
        Set("days", Days);
        Set("incline", InclinePercent);
        Set("speed", MetersPerSecond);

        void Set(string key, double? value) =>
            archive.Keep(walkerId, Prefix + key, value?.ToString(CultureInfo.InvariantCulture));
    }
}
