using System.Diagnostics.CodeAnalysis;

namespace Backstep.VirtualSensor.Walker;

/// <summary>A scenario's name and what happens in it, in one line.</summary>
public sealed record Scenario(string Name, string Description);

/// <summary>The scenarios that can be asked for by name.</summary>
public static class Scenarios
{
    private static readonly (Scenario Scenario, Func<int, Walker> Make)[] Entries =
    [
        (new("backward", "stand, then walk backward toe first at 0.7 m/s up 5 %, one hand on the rail"), Backward),
        (new("forward", "stand, then walk forward at 1.2 m/s"), Forward),
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Scenario> All { get; } = [.. Entries.Select(e => e.Scenario)];

    /// <summary>Makes the walker of a scenario.</summary>
    public static bool TryGet(string name, int seed, [NotNullWhen(true)] out Walker? walker)
    {
        var entry = Array.Find(Entries, e => string.Equals(e.Scenario.Name, name, StringComparison.OrdinalIgnoreCase));
        walker = entry.Make?.Invoke(seed);
        return walker is not null;
    }

    private static Walker Backward(int seed) => new(
        [new Stand(3), new Walk(WalkParameters.Backward(0.7).RailsHeld(), 600) { Posture = Gait.Posture.Held }, new Stand(5)],
        new WalkerSettings { Seed = seed, InclinePercent = 5, HeadingDegrees = 180 });

    private static Walker Forward(int seed) => new(
        [new Stand(3), new Walk(WalkParameters.Forward(1.2), 600), new Stand(5)], new WalkerSettings { Seed = seed });
}
