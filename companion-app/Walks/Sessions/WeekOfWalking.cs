namespace Backstep.Walks.Sessions;

/// <summary>What a walker did in a week. Shares and means count every stride the same; null means not known.</summary>
/// <param name="Monday">The week's first day, where it was walked.</param>
/// <param name="Sessions">How many.</param>
/// <param name="Active">Time spent walking.</param>
/// <param name="BackwardStrides">Strides backward.</param>
/// <param name="ToeFirstShare">Share of toe-first landings, 0 to 1.</param>
/// <param name="FootStrikeDegrees">Mean foot strike angle in degrees.</param>
/// <param name="HeldShare">Share of strides with a hand on a rail, 0 to 1.</param>
/// <param name="PainBefore">Mean of what was noted before sessions, 0 to 10.</param>
/// <param name="PainAfter">Mean of what was noted right after.</param>
/// <param name="PainNextMorning">Mean of what was noted on next mornings.</param>
public sealed record WeekOfWalking(
    DateOnly Monday,
    int Sessions,
    TimeSpan Active,
    int BackwardStrides,
    double? ToeFirstShare,
    double? FootStrikeDegrees,
    double? HeldShare,
    double? PainBefore,
    double? PainAfter,
    double? PainNextMorning)
{
    /// <summary>The weeks from the first with a session up to the last, those without one in between too, oldest
    /// first.</summary>
    /// <param name="sessions">Sessions that count; those whose start is not known are left out.</param>
    /// <param name="pain">What the walker noted.</param>
    public static IReadOnlyList<WeekOfWalking> Of(IEnumerable<SessionSummary> sessions, IEnumerable<PainNote> pain)
    {
        var dated = sessions.Where(session => !session.Header.IsStartUnknown).ToArray();
        var walked = dated.ToLookup(session => MondayOf(session.Header.StartedAt));
        var counted = dated.Select(session => session.Header.Id).ToHashSet();
        var noted = pain.Where(note => note.SessionId is not { } id || counted.Contains(id))
            .ToLookup(note => MondayOf(note.At));
        if (dated.Length == 0)
        {
            return [];
        }

        var first = walked.Min(week => week.Key);
        int weeks = ((walked.Max(week => week.Key).DayNumber - first.DayNumber) / 7) + 1;
        return [
            .. Enumerable.Range(0, weeks).Select(i => first.AddDays(7 * i))
                .Select(monday => Of(monday, [.. walked[monday]], [.. noted[monday]]))];
    }

    /// <summary>The Monday on or before a moment, in its own place.</summary>
    public static DateOnly MondayOf(DateTimeOffset moment) => MondayOf(DateOnly.FromDateTime(moment.DateTime));

    /// <summary>The Monday on or before a day.</summary>
    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private static WeekOfWalking Of(DateOnly monday, SessionSummary[] sessions, PainNote[] pain)
    {
        var totals = sessions.Select(session => session.Totals).ToArray();
        int landed = totals.Sum(total => total.LandedStrides);
        int postured = totals.Sum(total => total.PosturedStrides);
        var struck = totals.Where(total => total.FootStrikeDegrees != null).ToArray();
        int struckStrides = struck.Sum(total => total.BackwardStrides);
        return new WeekOfWalking(
            Monday: monday,
            Sessions: sessions.Length,
            Active: totals.Aggregate(TimeSpan.Zero, (sum, total) => sum + total.Active),
            BackwardStrides: totals.Sum(total => total.BackwardStrides),
            ToeFirstShare: landed == 0 ? null : (double)totals.Sum(total => total.ToeFirstStrides) / landed,
            FootStrikeDegrees: struckStrides == 0 ? null
                : struck.Sum(total => total.FootStrikeDegrees!.Value * total.BackwardStrides) / struckStrides,
            HeldShare: postured == 0 ? null : (double)totals.Sum(total => total.HeldStrides) / postured,
            PainBefore: Mean(PainMoment.Before),
            PainAfter: Mean(PainMoment.After),
            PainNextMorning: Mean(PainMoment.NextMorning));

        double? Mean(PainMoment moment)
        {
            var levels = pain.Where(note => note.Moment == moment).Select(note => note.Level).ToArray();
            return levels.Length == 0 ? null : levels.Average();
        }
    }
}
