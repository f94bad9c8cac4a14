using System.Globalization;
using Backstep.Gait;
using Backstep.Walks.Sessions;

namespace Backstep.Files.Export;

/// <summary>From a session to its file's layout and back; the one direction undoes the other.</summary>
public static class SessionFileMapping
{
    // Beyond it a time span has no ticks.
    private const decimal MostSeconds = 922_337_203_685m;

    private const int MostPain = 10;

    /// <summary>The layout of a session.</summary>
    public static SessionFileJson ToJson(KeptSession session, string schema, string program)
    {
        var header = session.Summary.Header;
        return new SessionFileJson
        {
            Schema = schema,
            Program = program,
            Simulated = header.IsSimulated,
            Session = new ExportedSessionJson(
                header.Id, header.StartedAt, header.IsStartUnknown, SessionFileNames.Modes.Of(header.Mode),
                Seconds(header.Target), Finite(header.InclinePercent), session.Summary.IsComplete)
            {
                MeasuredIncline = session.Summary.MeasuredIncline is { } incline && double.IsFinite(incline.Percent)
                    ? new MeasuredInclineJson(incline.Percent, Seconds(incline.Walked)) : null,
            },
            Walker = new ExportedWalkerJson(session.Walker.Id, Text(session.Walker.Name), session.Walker.CreatedAt),
            Sensors = [.. header.Sensors.Select(sensor => new SensorJson(
                Text(sensor.Name), sensor.Address is { } address ? Text(address)
                    : null, SessionFileNames.Placements.Of(sensor.Placement), sensor.SessionNumber))],
            Totals = ToJson(session.Summary.Totals),
            Marks =
                [.. session.Marks.Select(mark => new MarkJson(Seconds(mark.At), SessionFileNames.Marks.Of(mark.Kind)))],
            Pain =
                [
                    .. session.Pain.Select(
                        pain => new ExportedPainJson(pain.At, SessionFileNames.Moments.Of(pain.Moment), pain.Level,
                            pain.SessionId == header.Id))],
            Strides = [.. session.Strides.Select(ToJson)],
        };
    }

    /// <summary>The session of a layout.</summary>
    /// <exception cref="FormatException">It says what cannot be.</exception>
    public static KeptSession FromJson(SessionFileJson file)
    {
        SessionFileRules.Check(file);
        var header = new SessionHeader
        {
            Id = file.Session.Id,
            WalkerId = file.Walker.Id,
            StartedAt = file.Session.StartedAt,
            IsStartUnknown = file.Session.IsStartUnknown,
            Mode = SessionFileNames.Modes.Parse(file.Session.Mode),
            IsSimulated = file.Simulated,
            Target = Span(file.Session.TargetSeconds),
            InclinePercent = file.Session.InclinePercent,
            Sensors =
            [
                .. file.Sensors.Select(
                    sensor => new SessionSensor(sensor.Name, sensor.Address,
                        SessionFileNames.Placements.Parse(sensor.Placement))
                {
                    SessionNumber = sensor.SessionNumber,
                }),
            ],
        };
        var session = new KeptSession(
            new SessionSummary(header, FromJson(file.Totals), file.Session.IsComplete)
            {
                MeasuredIncline = file.Session.MeasuredIncline is { } incline
                    ? new MeasuredIncline(incline.Percent, Span(incline.WalkedSeconds)) : null,
            },
            new WalkerProfile(file.Walker.Id, file.Walker.Name, file.Walker.CreatedAt),
            Each("strides", file.Strides, stride => FromJson(stride, header.Sensors.Count)),
            Each("marks", file.Marks,
                mark => new SessionMark(Span(mark.AtSeconds), SessionFileNames.Marks.Parse(mark.Kind))),
            Each("pain", file.Pain, pain => FromJson(pain, header)));
        SessionFileRules.Check(session);
        return session;
    }

    /// <summary>All of a list; what is wrong with one says which.</summary>
    private static TTo[] Each<TFrom, TTo>(string list, IReadOnlyList<TFrom> from, Func<TFrom, TTo> map)
    {
        var all = new TTo[from.Count];
        for (int i = 0; i < all.Length; i++)
        {
            try
            {
                all[i] = map(from[i]);
            }
            catch (FormatException e)
            {
                throw new SessionFileFault(list, i, e.Message);
            }
        }

        return all;
    }

    private static TotalsJson ToJson(SessionTotals totals) => new(
        ElapsedSeconds: Seconds(totals.Elapsed),
        ActiveSeconds: Seconds(totals.Active),
        BackwardStrides: totals.BackwardStrides,
        ForwardStrides: totals.ForwardStrides,
        UnknownStrides: totals.UnknownStrides,
        LandedStrides: totals.LandedStrides,
        ToeFirstStrides: totals.ToeFirstStrides,
        PosturedStrides: totals.PosturedStrides,
        HeldStrides: totals.HeldStrides,
        CadenceStepsPerMinute: Finite(totals.CadenceStepsPerMinute),
        FootStrikeDegrees: Finite(totals.FootStrikeDegrees),
        TiltDegrees: Finite(totals.TiltDegrees),
        DistanceMeters: Finite(totals.DistanceMeters),
        BeltMetersPerSecond: Finite(totals.BeltMetersPerSecond),
        RhythmSettledAfterSeconds: Seconds(totals.RhythmSettledAfter));

    private static SessionTotals FromJson(TotalsJson totals)
    {
        int[] counts =
        [
            totals.BackwardStrides, totals.ForwardStrides, totals.UnknownStrides, totals.LandedStrides,
            totals.ToeFirstStrides, totals.PosturedStrides, totals.HeldStrides,
        ];
        Require(counts.All(count => count >= 0), "it counts fewer than no strides");
        return new SessionTotals
        {
            Elapsed = Span(totals.ElapsedSeconds),
            Active = Span(totals.ActiveSeconds),
            BackwardStrides = totals.BackwardStrides,
            ForwardStrides = totals.ForwardStrides,
            UnknownStrides = totals.UnknownStrides,
            LandedStrides = totals.LandedStrides,
            ToeFirstStrides = totals.ToeFirstStrides,
            PosturedStrides = totals.PosturedStrides,
            HeldStrides = totals.HeldStrides,
            CadenceStepsPerMinute = totals.CadenceStepsPerMinute,
            FootStrikeDegrees = totals.FootStrikeDegrees,
            TiltDegrees = totals.TiltDegrees,
            DistanceMeters = totals.DistanceMeters,
            BeltMetersPerSecond = totals.BeltMetersPerSecond,
            RhythmSettledAfter = Span(totals.RhythmSettledAfterSeconds),
        };
    }

    private static StrideJson ToJson(KeptStride kept)
    {
        var stride = kept.Stride;
        return new StrideJson(
            Sensor: kept.Sensor,
            Run: kept.Run,
            Sequence: stride.Sequence,
            AtSeconds: Seconds(kept.At),
            ContactMilliseconds: stride.ContactMilliseconds,
            Direction: SessionFileNames.Directions.Of(stride.Direction),
            Landing: SessionFileNames.Landings.Of(stride.Landing),
            Posture: SessionFileNames.Postures.Of(stride.Posture),
            Rails: SessionFileNames.Postures.Of(kept.Rails),
            ConfidencePercent: stride.ConfidencePercent,
            FootStrikeHalfDegrees: Measured(stride.FootStrikeHalfDegrees),
            TiltHalfDegrees: Measured(stride.TiltHalfDegrees),
            StrideMilliseconds: Measured(stride.StrideMilliseconds),
            SwingMilliseconds: stride.SwingMilliseconds,
            LengthMillimeters: Measured(stride.LengthMillimeters),
            ImpactTenthsG: Measured(stride.ImpactTenthsG),
            DecisionMilliseconds: stride.DecisionMilliseconds);
    }

    private static KeptStride FromJson(StrideJson stride, int sensors)
    {
        Require(stride.Sensor >= 0 && stride.Sensor < sensors,
            string.Create(CultureInfo.InvariantCulture, $"names sensor {stride.Sensor}, and there are {sensors}"));
        return new KeptStride(
            stride.Sensor,
            stride.Run,
            Span(stride.AtSeconds),
            new Stride(
                sequence: stride.Sequence,
                contactMilliseconds: stride.ContactMilliseconds,
                direction: SessionFileNames.Directions.Parse(stride.Direction),
                landing: SessionFileNames.Landings.Parse(stride.Landing),
                posture: SessionFileNames.Postures.Parse(stride.Posture),
                confidencePercent: stride.ConfidencePercent,
                footStrikeHalfDegrees: stride.FootStrikeHalfDegrees ?? Stride.Missing,
                tiltHalfDegrees: stride.TiltHalfDegrees ?? Stride.Missing,
                strideMilliseconds: stride.StrideMilliseconds ?? Stride.Missing,
                swingMilliseconds: stride.SwingMilliseconds,
                lengthMillimeters: stride.LengthMillimeters ?? Stride.Missing,
                impactTenthsG: stride.ImpactTenthsG ?? Stride.Missing,
                decisionMilliseconds: stride.DecisionMilliseconds),
            SessionFileNames.Postures.Parse(stride.Rails));
    }

    private static PainNote FromJson(ExportedPainJson pain, SessionHeader header)
    {
        Require(pain.Level is >= 0 and <= MostPain,
            string.Create(CultureInfo.InvariantCulture,
                $"a pain of {pain.Level} is none; it goes from 0 to {MostPain}"));
        return new PainNote(header.WalkerId, pain.OfThisSession ? header.Id : null, pain.At,
            SessionFileNames.Moments.Parse(pain.Moment), pain.Level);
    }

    private static int? Measured(int value) => value == Stride.Missing ? null : value;

    // Half of a surrogate pair is no character; it has no place in a file.
    private static string Text(string text) => string.Concat(text.EnumerateRunes());

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    // All ticks, without the zeros after them: the same span has one spelling.
    private static decimal Seconds(TimeSpan span) =>
        span.Ticks / (decimal)TimeSpan.TicksPerSecond / 1.0000000000000000000000000000m;

    private static decimal? Seconds(TimeSpan? span) => span is { } known ? Seconds(known) : null;

    private static TimeSpan Span(decimal seconds)
    {
        Require(Math.Abs(seconds) <= MostSeconds,
            string.Create(CultureInfo.InvariantCulture, $"{seconds} seconds are no time of a session"));
        return TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
    }

    private static TimeSpan? Span(decimal? seconds) => seconds is { } known ? Span(known) : null;

    private static void Require(bool holds, FormattableString otherwise)
    {
        if (!holds)
        {
            throw new FormatException(otherwise.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new FormatException(otherwise);
        }
    }
}
