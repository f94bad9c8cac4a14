using Backstep.Walks.Strides;

namespace Backstep.Lab.Evaluation;

/// <summary>How far measured values are from true ones, in the unit that the name of the property says.</summary>
/// <param name="Count">How many.</param>
/// <param name="MedianAbsolute">The middle one of the absolute values.</param>
/// <param name="Percentile95Absolute">What 95 % of the absolute values do not exceed.</param>
/// <param name="Bias">Mean with its sign: positive is too late or too much.</param>
/// <param name="MedianSigned">The middle one with its sign: what is constant in the errors, whatever a few of them
/// are.</param>
public sealed record ErrorFigures(int Count, double? MedianAbsolute, double? Percentile95Absolute, double? Bias,
    double? MedianSigned)
{
    /// <summary>Of errors with their signs.</summary>
    public static ErrorFigures Of(IReadOnlyCollection<double> errors)
    {
        double[] absolute = [.. errors.Select(Math.Abs)];
        return new ErrorFigures(
            errors.Count,
            Statistics.Round(Statistics.Median(absolute), 3),
            Statistics.Round(Statistics.Percentile(absolute, 0.95), 3),
            Statistics.Round(Statistics.Mean(errors), 3),
            Statistics.Round(Statistics.Median([.. errors]), 3));
    }
}

/// <summary>Measured by true.</summary>
/// <param name="Count">How many.</param>
/// <param name="Median">The middle one.</param>
/// <param name="Percentile5">What 5 % do not exceed.</param>
/// <param name="Percentile95">What 95 % do not exceed.</param>
public sealed record RatioFigures(int Count, double? Median, double? Percentile5, double? Percentile95)
{
    /// <summary>Of errors in % of the true value, with their signs.</summary>
    public static RatioFigures OfPercent(IReadOnlyCollection<double> errors)
    {
        double[] ratios = [.. errors.Select(error => 1 + (error / 100))];
        return new RatioFigures(
            ratios.Length,
            Statistics.Round(Statistics.Median(ratios), 4),
            Statistics.Round(Statistics.Percentile(ratios, 0.05), 4),
            Statistics.Round(Statistics.Percentile(ratios, 0.95), 4));
    }
}

/// <summary>How long something took, ms.</summary>
public sealed record DelayFigures(int Count, double? Median, double? Percentile95)
{
    /// <summary>Of delays.</summary>
    public static DelayFigures Of(IReadOnlyCollection<double> delays) =>
        new(delays.Count, Statistics.Round(Statistics.Median(delays), 1),
            Statistics.Round(Statistics.Percentile(delays, 0.95), 1));
}

/// <summary>What a tally amounts to. Null: there was nothing to measure it by.</summary>
public sealed record Figures(
    int Found,
    int? Referenced,
    int? Matched,
    int? Missed,
    int? Extra,
    int? Elsewhere,
    double? Recall,
    double? Precision,
    int? DirectionRight,
    int? DirectionWrong,
    int? DirectionUnknown,
    double? DirectionRightShare,
    double? DirectionWrongShare,
    double? LandingRightShare,
    ErrorFigures ContactMilliseconds,
    ErrorFigures FootOffMilliseconds,
    ErrorFigures CadenceStepsPerMinute,
    ErrorFigures LengthPercent,
    ErrorFigures FootStrikeDegrees,
    ErrorFigures TiltDegrees,
    DelayFigures KnownAfterMilliseconds,
    RatioFigures LengthRatio,
    ErrorFigures BeltSpeedPercent)
{
    /// <summary>From a tally.</summary>
    public static Figures Of(Tally tally)
    {
        bool hasContacts = tally.Referenced > 0;
        int directions = tally.DirectionRight + tally.DirectionWrong + tally.DirectionUnknown;
        return new Figures(
            Found: tally.Found,
            Referenced: hasContacts ? tally.Referenced : null,
            Matched: hasContacts ? tally.Matched : null,
            Missed: hasContacts ? tally.Referenced - tally.Matched : null,
            Extra: hasContacts ? tally.Extra : null,
            Elsewhere: hasContacts ? tally.Elsewhere : null,
            Recall: Share(tally.Matched, tally.Referenced),
            Precision: hasContacts ? Share(tally.Matched, tally.Matched + tally.Extra) : null,
            DirectionRight: directions > 0 ? tally.DirectionRight : null,
            DirectionWrong: directions > 0 ? tally.DirectionWrong : null,
            DirectionUnknown: directions > 0 ? tally.DirectionUnknown : null,
            DirectionRightShare: Share(tally.DirectionRight, directions),
            DirectionWrongShare: Share(tally.DirectionWrong, directions),
            LandingRightShare: Share(tally.LandingRight, tally.LandingJudged),
            ContactMilliseconds: ErrorFigures.Of(tally.ContactErrors),
            FootOffMilliseconds: ErrorFigures.Of(tally.FootOffErrors),
            CadenceStepsPerMinute: ErrorFigures.Of(tally.CadenceErrors),
            LengthPercent: ErrorFigures.Of(tally.LengthErrors),
            FootStrikeDegrees: ErrorFigures.Of(tally.FootStrikeErrors),
            TiltDegrees: ErrorFigures.Of(tally.TiltErrors),
            KnownAfterMilliseconds: DelayFigures.Of(tally.Delays),
            LengthRatio: RatioFigures.OfPercent(tally.LengthErrors),
            BeltSpeedPercent: ErrorFigures.Of(tally.BeltSpeedErrors));
    }

    private static double? Share(int part, int whole) => whole == 0 ? null : Math.Round((double)part / whole, 5);
}
