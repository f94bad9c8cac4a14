using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Sensor.Storage;
using Backstep.VirtualSensor.Board;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Cost;

/// <summary>Somebody who walks while whole seconds of the program are counted.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Seconds">How long is measured, after <see cref="SettlingSeconds"/>.</param>
/// <param name="Motion">What moves the chip.</param>
/// <param name="Volume">
/// The flash: how the sensor sits, and the walker's rail baselines, without which there would be less to do.
/// </param>
public sealed record SecondCase(string Name, int Seconds, IMotionSource Motion, MemoryVolume Volume)
{
    /// <summary>From the start of the program until seconds are counted.</summary>
    public const int SettlingSeconds = 16;

    private const int SimulatedSeconds = 60;
    private const double RestSeconds = 5;

    /// <summary>Recordings whose whole seconds are dear: the slow walk, and the one of extreme pace.</summary>
    private static readonly string[] Recordings = ["07_gdin_walk_slow_exp36", "08_gdin_walk_to_run_exp38"];

    /// <summary>The simulated backward walk at 0.7 m/s.</summary>
    public static SecondCase Simulated()
    {
        var walker = new Walker(
            [new Stand(3), new Walk(WalkParameters.Backward(0.7), SettlingSeconds + SimulatedSeconds + 5)],
            new WalkerSettings { Seed = 1, HeadingDegrees = 180 });
        return new SecondCase("simulated backward walk, 0.7 m/s", SimulatedSeconds, walker, WholeProgram.Calibrated());
    }

    /// <summary>
    /// The real recordings of the repository that the budget is held on, forward and in reversed time.
    /// </summary>
    public static IReadOnlyList<SecondCase> Real() =>
        [
            .. from cost in RealCases.In(RealCases.FolderBesideProgram)
               where Recordings.Any(name => cost.Name.Contains(name, StringComparison.Ordinal))
               select Of(cost),
        ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SecondCase> All() => [Simulated(), .. Real()];

    private static SecondCase Of(CostCase cost)
    {
        var input = cost.Load();
        var volume = new MemoryVolume();
        var rails = RailBaselinesFor.Of(cost.Strides())
            ?? throw new InvalidOperationException($"{cost.Name}: too few strides for rail baselines");
        bool isStored = new RailStore(volume).Save(rails) && new ConfigurationStore(volume).Save(new Configuration(
            Placement.RightShoe,
            CadenceConvention.BothFeet,
            GaitEngine.DefaultToeLandingHalfDegrees,
            GaitEngine.DefaultHeelLandingHalfDegrees,
            input.Mount,
            ""));
        if (!isStored)
        {
            throw new InvalidOperationException($"{cost.Name}: the virtual flash refused its settings");
        }

        // The recording's own first seconds are rest, too: what is counted begins when it has begun to walk, and ends
        // with it.
        double start = SettlingSeconds - RestSeconds;
        int seconds = (int)(start + ((double)input.Samples.Length / MotionScale.SampleRateHertz)) - SettlingSeconds;
        return new SecondCase(cost.Name, seconds, new RecordedMotion(input.Samples, start), volume);
    }
}
