using System.Globalization;

namespace Backstep.Benchmarks.Gym;

/// <summary>What is asked of a siege.</summary>
/// <param name="Clips">Simulated clips, a walker on each.</param>
/// <param name="Kills">How often each process is killed.</param>
/// <param name="IsForeign">Whether on Mosquitto and PostgreSQL, in processes of their own, instead of what the server
/// brings.</param>
/// <param name="Seconds">How long it is watched; null: until all have walked, and then it is drained and
/// counted.</param>
/// <param name="Seed">Of walkers and of the moments of the kills.</param>
internal sealed record SiegeOptions(int Clips, int Kills, bool IsForeign, int? Seconds, int Seed)
{
    /// <summary>Whether they walk three minutes instead of ten.</summary>
    public bool IsShort { get; init; }

    /// <summary>Who walks.</summary>
    public string Scenario => IsShort ? "heel-first" : "backward";

    /// <summary>How long that is, the slowest to step on included (Scenarios.cs; SimulatedRoom's first rest).</summary>
    public int WalkSeconds => IsShort ? 222 : 645;

    /// <summary>From a command line; null when it is none.</summary>
    public static SiegeOptions? Parse(IReadOnlyList<string> arguments)
    {
        var options = new SiegeOptions(Clips: 25, Kills: 0, IsForeign: false, Seconds: null, Seed: 1);
        for (int i = 0; i < arguments.Count; i++)
        {
            bool hasNumber = i + 1 < arguments.Count
                && int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out _);
            int number = hasNumber ? int.Parse(arguments[i + 1], CultureInfo.InvariantCulture) : 0;
            switch (arguments[i])
            {
                case "--foreign":
                    options = options with { IsForeign = true };
                    continue;
                case "--short":
                    options = options with { IsShort = true };
                    continue;
                case "--clips" when hasNumber:
                    options = options with { Clips = number };
                    break;
                case "--kills" when hasNumber:
                    options = options with { Kills = number };
                    break;
                case "--seconds" when hasNumber:
                    options = options with { Seconds = number };
                    break;
                case "--seed" when hasNumber:
                    options = options with { Seed = number };
                    break;
                default:
                    return null;
            }

            i++;
        }

        return options;
    }
}
