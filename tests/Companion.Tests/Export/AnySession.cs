using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Walks.Sessions;
using CsCheck;

namespace Backstep.Companion.Tests.Export;

/// <summary>Sessions of every kind that can be kept: none, one or many strides, hours, gaps, missing values, two shoes
/// and a wrist, names that bite.</summary>
internal static class AnySession
{
    private static readonly string[] Names =
    [
        "me", "Backstep", "=1+1", "@SUM(A1)", "a,b;\"c\"", "<script>alert(1)</script>", "]]>&amp;", "line\nbreak\ttab",
        "\u0000\u0007bell", "\uFFFE\uFFFF", "\uD83D", "вправо \U0001F45F",
        "\u202Egnirts", "O'Brien", "%00", "--", new string('x', 300), " ", "{\"schema\":1}",
    ];

    private static readonly Gen<string> Name = Gen.Frequency((3, OneOf(Names)), (1, Gen.String[1, 40]));

    private static readonly Gen<TimeSpan> Step = Gen.Frequency(
        (20, Gen.Int[300, 3_000].Select(milliseconds => TimeSpan.FromMilliseconds(milliseconds))),
        (1, Gen.Const(TimeSpan.Zero)),
        (1, Gen.Long[0, TimeSpan.TicksPerHour].Select(ticks => TimeSpan.FromTicks(ticks))));

    private static readonly Gen<Stride> AnyStride = Gen.Select(
        Gen.UInt,
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 3], Gen.Int[0, 2], Gen.Int[0, 100]),
        Gen.Select(OrMissing(-126, 126), OrMissing(-126, 126), OrMissing(1, 65_534), Gen.Int[1, 65_534]),
        Gen.Select(OrMissing(0, 65_534), OrMissing(0, 254), Gen.Int[0, 254]),
        (contact, kinds, angles, rest) => new Stride(
            0, contact, (Direction)kinds.Item1, (Landing)kinds.Item2, (Posture)kinds.Item3, kinds.Item4, angles.Item1,
            angles.Item2, angles.Item3 == Stride.Missing ? Stride.Missing : Math.Max(angles.Item3, angles.Item4),
            angles.Item4, rest.Item1, rest.Item2,
            10 * rest.Item3));

    private static readonly Gen<SessionSensor> Sensor = Gen.Select(
        Name, Gen.OneOf(Gen.Const((string?)null), Name.Select(name => (string?)name)), Gen.Int[0, 3],
        Gen.Int[0, 65_535],
        (name, address, placement, number) => new SessionSensor(name, address,
            (Placement)placement) { SessionNumber = number == 0 ? null : number });

    private static readonly Gen<double?> Incline = Gen.Frequency(
        (1, Gen.Const((double?)null)), (5, Gen.Double[-40, 40].Select(value => (double?)value)),
        (1, OneOf<double?>(0, -0.0, -1e-300, double.Epsilon)));

    private static readonly Gen<DateTimeOffset> Moment = Gen.Select(
        Gen.Long[new DateTime(1999, 1, 1).Ticks, new DateTime(2100, 1, 1).Ticks], Gen.Int[-14 * 4, 14 * 4],
        (ticks, quarters) => new DateTimeOffset(ticks, TimeSpan.FromMinutes(15 * quarters)));

    /// <summary>As the store would have it: totals worked out from the strides.</summary>
    public static readonly Gen<KeptSession> Kept = Gen.Select(
        Gen.Select(Moment, Gen.Int[0, 3], Gen.Bool, Incline, Gen.Bool, Incline),
        Sensor.Array[1, 3],
        Gen.Frequency((1, Gen.Const(0)), (1, Gen.Const(1)), (8, Gen.Int[2, 120]))
            .SelectMany(count => Gen.Select(AnyStride, Step, Gen.Int[0, 2], Gen.Int[0, 2]).Array[count]),
        Gen.Select(Gen.Long[0, 3 * TimeSpan.TicksPerHour], Gen.Int[0, 4]).Array[0, 8],
        Gen.Select(Moment, Gen.Int[0, 2], Gen.Int[0, 10], Gen.Bool).Array[0, 4],
        Name,
        Make);

    /// <summary>So many sessions, the same in every run: a test that fails on one machine fails on all.</summary>
    public static IEnumerable<KeptSession> Some(int count)
    {
        var random = PCG.Parse("0000KOIPe036");
        for (int i = 0; i < count; i++)
        {
            yield return Kept.Generate(random, null, out _);
        }
    }

    /// <summary>Checks so many of them, and says which one it was.</summary>
    public static void ForAll(int count, Action<KeptSession> check)
    {
        int i = 0;
        foreach (var session in Some(count))
        {
            try
            {
                check(session);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"session {i} of {nameof(AnySession)}: {e.Message}", e);
            }

            i++;
        }
    }

    private static KeptSession Make(
        (DateTimeOffset At, int Mode, bool IsSimulated, double? Incline, bool IsComplete, double? Measured)
            header,
        SessionSensor[] sensors,
        (Stride Stride, TimeSpan Step, int Sensor, int Rails)[] steps,
        (long At, int Kind)[] marks,
        (DateTimeOffset At, int Moment, int Level, bool OfThisSession)[] pain,
        string walker)
    {
        var at = TimeSpan.Zero;
        var strides = new List<KeptStride>();
        foreach (var (stride, step, sensor, rails) in steps)
        {
            at += step;
            strides.Add(
                new KeptStride(sensor % sensors.Length, strides.Count % 3, at,
                    Numbered(stride, (uint)strides.Count + 1), (Posture)rails));
        }

        SessionMark[] kinds =
            [.. marks.Select(mark => new SessionMark(TimeSpan.FromTicks(mark.At), (MarkKind)mark.Kind))];
        return new KeptSession(
            new SessionSummary(
                new SessionHeader
                {
                    Id = 41, WalkerId = 5, StartedAt = header.At, Mode = (WalkMode)header.Mode,
                    IsSimulated = header.IsSimulated, Sensors = sensors, InclinePercent = header.Incline,
                    Target = header.IsComplete ? TimeSpan.FromTicks(header.At.Ticks % TimeSpan.TicksPerHour) : null,
                },
                SessionTotals.Of(sensors, strides, kinds),
                header.IsComplete)
            {
                MeasuredIncline = header.Measured is { } percent
                    ? new MeasuredIncline(percent, TimeSpan.FromTicks(header.At.Ticks % TimeSpan.TicksPerHour)) : null,
            },
            new WalkerProfile(5, string.IsNullOrWhiteSpace(walker) ? "me" : walker, header.At.AddDays(-1)),
            strides,
            kinds,
            [
                .. pain.Select(
                    note => new PainNote(5, note.OfThisSession ? 41 : null, note.At, (PainMoment)note.Moment,
                        note.Level))]);
    }

    private static Stride Numbered(Stride s, uint sequence) => new(
        sequence, s.ContactMilliseconds, s.Direction, s.Landing, s.Posture, s.ConfidencePercent,
        s.FootStrikeHalfDegrees, s.TiltHalfDegrees, s.StrideMilliseconds, s.SwingMilliseconds,
        s.LengthMillimeters, s.ImpactTenthsG, s.DecisionMilliseconds);

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<int> OrMissing(int least, int most) =>
        Gen.Frequency((1, Gen.Const(Stride.Missing)), (4, Gen.Int[least, most]));
}
