using Backstep.Walks.Rails;

namespace Backstep.Lab.Rails;

/// <summary>
/// A simulated walker, stride by stride, for statistics about rails: how much its times and angles scatter with the
/// rails held and with free hands. No person; the group's figures are
/// published, the rest is assumed and says so.
/// <para>Published (15 young adults walking <i>forward</i> on an omnidirectional treadmill; J NeuroEng Rehabil 2024
/// 21:29, table 3): step, stance and swing times vary by
/// 8.6 ± 2.7, 7.2 ± 2.1 and 7.7 ± 1.9 % without a rail, by 5.2 ± 1.7, 4.1 ± 1.5 and 5.5 ± 1.1 % with one.</para>
/// <para>Variability backward is 2 to 3 times that forward (design note of the gait engine); forward over ground it is
/// 2.2 % (the same table).</para>
/// </summary>
public sealed record RailWalker
{
    private const double FreeStepPercent = 8.6, FreeStepDeviation = 2.7;
    private const double HeldStepPercent = 5.2, HeldStepDeviation = 1.7;
    private const double FreeStancePercent = 7.2, HeldStancePercent = 4.1;
    private const double FreeSwingPercent = 7.7, HeldSwingPercent = 5.5;
    private const double ForwardOverGroundStepPercent = 2.2;

    /// <summary>Assumed: who is unsteady without a rail is so with one, too. The table gives no correlation.</summary>
    private const double HeldToFreeCorrelation = 0.5;

    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    /// <summary>Whether it scatters as the table says, or as much as 2 to 3 times walking forward over
    /// ground.</summary>
    public required bool AsPublished { get; init; }

    /// <summary>Speed of the belt, m/s.</summary>
    public required double SpeedMetersPerSecond { get; init; }

    /// <summary>Mean stride time with free hands, s.</summary>
    public required double StrideSeconds { get; init; }

    /// <summary>Scatter with free hands.</summary>
    public required RailScatter Free { get; init; }

    /// <summary>Scatter with the rails held.</summary>
    public required RailScatter Held { get; init; }

    /// <summary>By how much practice lessens the scatter in 600 strides, as a logarithm; assumed 0 to 0.25.</summary>
    public required double Practice { get; init; }

    /// <summary>Share of the variance that carries over from stride to stride; assumed 0.1 to 0.5.</summary>
    public required double Persistence { get; init; }

    /// <summary>Another day, another scatter: logarithm, deviation 0.08 (assumed), the same for both
    /// postures.</summary>
    public required double DayShift { get; init; }

    /// <summary>Walker number 1, 2, ... of a seed.</summary>
    public static RailWalker At(int seed, int number)
    {
        var chance = new RailChance(seed, number);
        bool published = number % 2 == 0;
        double level = published ? 1 : ForwardOverGroundStepPercent * chance.Between(2, 3) / FreeStepPercent;
        double common = chance.Normal();
        double own = (HeldToFreeCorrelation * common)
            + (Math.Sqrt(1 - (HeldToFreeCorrelation * HeldToFreeCorrelation)) * chance.Normal());
        double freeStep = level * LogNormal(FreeStepPercent, FreeStepDeviation, common);
        double heldStep = level * LogNormal(HeldStepPercent, HeldStepDeviation, own);
        double speed = chance.Between(0.4, 0.9);
        double strikeDegrees = Math.Max(0.8, 2.2 + (0.6 * chance.Normal()));
        double tiltDegrees = Math.Max(0.6, 1.5 + (0.4 * chance.Normal()));
        return new RailWalker
        {
            Number = number,
            AsPublished = published,
            SpeedMetersPerSecond = speed,
            StrideSeconds = 120 / Math.Clamp((57 + (46 * speed)) * (1 + (0.08 * chance.Normal())), 50, 118),
            Free = new RailScatter(
                freeStep * FreeStancePercent / FreeStepPercent, freeStep * FreeSwingPercent / FreeStepPercent,
                strikeDegrees, tiltDegrees, 1),
            Held = new RailScatter(
                heldStep * HeldStancePercent / HeldStepPercent,
                heldStep * HeldSwingPercent / HeldStepPercent,
                strikeDegrees * AngleRatio(chance),
                tiltDegrees * AngleRatio(chance),
                85.0 / 81), // cadence falls from 85 to 81 steps/min (the same table)
            Practice = chance.Between(0, 0.25),
            Persistence = chance.Between(0.1, 0.5),
            DayShift = 0.08 * chance.Normal(),
        };
    }

    // Nothing is published about what a rail does to the foot's angles: on the average a little, with some nothing,
    // with some the contrary.
    private static double AngleRatio(RailChance chance) => Math.Clamp(0.88 + (0.12 * chance.Normal()), 0.6, 1.2);

    private static double LogNormal(double mean, double deviation, double normal)
    {
        double variance = Math.Log(1 + (deviation * deviation / (mean * mean)));
        return Math.Exp(Math.Log(mean) - (variance / 2) + (Math.Sqrt(variance) * normal));
    }
}

/// <summary>How much a walker scatters in one posture.</summary>
/// <param name="StancePercent">Coefficient of variation of stance time.</param>
/// <param name="SwingPercent">Coefficient of variation of swing time.</param>
/// <param name="StrikeDegrees">Standard deviation of the foot strike angle.</param>
/// <param name="TiltDegrees">Standard deviation of the tilt.</param>
/// <param name="StrideTimeFactor">Mean stride time against that with free hands.</param>
public sealed record RailScatter(
    double StancePercent, double SwingPercent, double StrikeDegrees, double TiltDegrees, double StrideTimeFactor);
