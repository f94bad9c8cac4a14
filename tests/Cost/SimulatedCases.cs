using Backstep.Gait;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Cost;

/// <summary>Simulated feet that look for dear samples: all scenarios, all ways to walk, hard conditions, and signals
/// that no foot makes.</summary>
public static class SimulatedCases
{
    private const int Seed = 1;
    private const double LongestScenarioSeconds = 180;
    private const double PartSeconds = 30;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<CostCase> All { get; } =
    [
        .. Scenarios.All.Select(
            scenario => new CostCase($"scenario: {scenario.Name}", WalksIn(scenario.Name),
                () => Scenario(scenario.Name))),
        .. from direction in (Direction[])[Direction.Backward, Direction.Forward]
           from landing in (Landing[])[Landing.Toe, Landing.Flat, Landing.Heel]
           select Walk($"{direction} on the {landing}, 0.3 to 1.3 m/s".ToLowerInvariant(),
               speed => At(direction, speed).LandingOn(landing), 1, SensorPlace.Laces),
        Walk("easy run, 1.8 to 2.8 m/s", speed => WalkParameters.Run(1.5 + speed), 1, SensorPlace.Laces),
        Walk("backward, clip sloped 45 and yawed 15 degrees", WalkParameters.Backward, 1,
            SensorPlace.Laces with { PitchUpDegrees = -45, YawDegrees = 15 }),
        Walk("backward, heel counter, noise x4", WalkParameters.Backward, 4, SensorPlace.Heel),
        new("no foot: full-scale noise", false,
            () => NoFoot(chance => (short)chance.Next(short.MinValue, short.MaxValue + 1), 1)),
        new("no foot: full-scale square wave, 2 samples", false, () => NoFoot(_ => short.MaxValue, 1)),
        new("no foot: bursts of shaking, then rest", false,
            () => NoFoot(chance => (short)chance.Next(-6000, 6001), 40)),
    ];

    private static bool WalksIn(string scenario) => Make(scenario).StridesUntil(LongestScenarioSeconds).Any();

    private static WalkParameters At(Direction direction, double speed) =>
        direction == Direction.Backward ? WalkParameters.Backward(speed) : WalkParameters.Forward(speed);

    private static Walker Make(string scenario) =>
        Scenarios.TryGet(scenario, Seed, out var walker) ? walker
            : throw new InvalidOperationException($"no scenario of the name {scenario}");

    private static CostInput Scenario(string name)
    {
        var walker = Make(name);
        return Sampled(walker, Math.Min(walker.Seconds, LongestScenarioSeconds), 1);
    }

    private static CostCase Walk(string name, Func<double, WalkParameters> at, double noise, SensorPlace place) =>
        new(name, true, () =>
    {
        var walker = new Walker(
            [new Stand(3), new Walk(at(0.3), PartSeconds), new Walk(at(0.8), PartSeconds),
                new Walk(at(1.3), PartSeconds), new Stand(3)],
            new WalkerSettings { Seed = Seed, Place = place });
        return Sampled(walker, walker.Seconds, noise);
    });

    private static CostInput Sampled(Walker walker, double seconds, double noise) =>
        new(walker.Mount, Sampler.Sample(walker, seconds, new SamplerOptions { Seed = Seed, NoiseFactor = noise }));

    // A second of rest, so that the engine is levelled and works; then runs of one value each on all axes, with the
    // sign turned after every second run, and every so often as long a rest again.
    private static CostInput NoFoot(Func<Random, short> value, int runs)
    {
        var chance = new Random(Seed);
        var rest = new MotionCounts(0, 0, (short)MotionScale.AccelerometerCountsPerG, 0, 0, 0);
        var samples = new MotionCounts[12000];
        for (int i = 0; i < samples.Length; i++)
        {
            bool still = i < 100 || (runs > 1 && i / runs % 2 == 0);
            short Value() => (i & 2) == 0 ? value(chance) : (short)~value(chance);
            samples[i] = still ? rest : new MotionCounts(Value(), Value(), Value(), Value(), Value(), Value());
        }

        return new CostInput(Mount.Identity, samples);
    }
}
