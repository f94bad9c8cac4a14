using System.Globalization;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;

namespace Backstep.Files.Export;

/// <summary>The same words for a session in every file.</summary>
public static class SessionLabels
{
    /// <summary>What stands first wherever a simulated session is shown.</summary>
    public const string Simulated = "SIMULATED: no person walked";

    /// <summary>Share of the strides that went backward, 0 to 100; null without strides.</summary>
    public static double? BackwardPercent(SessionTotals totals) =>
        Percent(totals.BackwardStrides, (long)totals.BackwardStrides + totals.ForwardStrides + totals.UnknownStrides);

    /// <summary>Share of toe-first landings, 0 to 100; null when no landing is known.</summary>
    public static double? ToeFirstPercent(SessionTotals totals) => 100 * totals.ToeFirstShare;

    /// <summary>Share of strides with a hand on a rail, 0 to 100; null when it is not known of any.</summary>
    public static double? HeldPercent(SessionTotals totals) => 100 * totals.HeldShare;

    /// <summary>A few sentences for the notes of a training diary: no name, no address, nothing about pain.</summary>
    public static string Notes(KeptSession session)
    {
        var totals = session.Summary.Totals;
        var header = session.Summary.Header;
        return string.Join(". ", Sentences()) + ".";

        IEnumerable<string> Sentences()
        {
            if (header.IsSimulated)
            {
                yield return Simulated;
            }

            if (header.IsStartUnknown)
            {
                yield return "When it began is not known: then at the latest";
            }

            yield return $"Backward walking, {StrideText.Of(header.Mode)}"
                + (InclineText.Of(session.Summary) is { } incline ? $", incline {incline}" : "");
            yield return $"Backward {Share(BackwardPercent(totals))}, toe-first {Share(ToeFirstPercent(totals))}, "
                + $"hand on the rails {Share(HeldPercent(totals))}";
            yield return "Mean foot strike angle " + Degrees(totals.FootStrikeDegrees) + ", tilt "
                + Degrees(totals.TiltDegrees);
            if (totals.DistanceMeters == null)
            {
                yield return "Distance not known";
            }

            if (!session.Summary.IsComplete)
            {
                yield return "The recording was cut off";
            }
        }
    }

    private static string Share(double? percent) => percent is { } share ? Invariant($"{share:0} %") : "not known";

    private static string Degrees(double? degrees) =>
        degrees is { } known ? Invariant($"{known:0.0} degrees") : "not known";

    private static double? Percent(long part, long whole) => whole > 0 ? 100.0 * part / whole : null;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
