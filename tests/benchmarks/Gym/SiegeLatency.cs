using System.Diagnostics;
using Backstep.Rehearsal.Room;

namespace Backstep.Benchmarks.Gym;

/// <summary>From the true contact of a simulated foot to the page.</summary>
internal static class SiegeLatency
{
    // The sample clock begins when the program does; the walker's time when the board gets its power.
    private const double LongestBootSeconds = 3;
    private const double Step = 0.01;

    /// <summary>Seconds from contact to page for each stride that a page has seen, in rising order.</summary>
    /// <param name="truth">True contacts.</param>
    /// <param name="strides">Of a clip: contact in ms by its own clock, by number.</param>
    /// <param name="seen">When a belt's page first had so many strides.</param>
    /// <param name="epoch">A moment on both clocks.</param>
    public static double[] Of(RoomTruth truth, IReadOnlyDictionary<string, SortedDictionary<uint, uint>> strides,
        IReadOnlyDictionary<(int Belt, int Strides), long> seen, (DateTimeOffset Wall, long Ticks) epoch)
    {
        var found = new List<double>();
        foreach (var (clip, belt) in truth.Clips.Select((clip, index) => (clip, index + 1)))
        {
            if (!strides.TryGetValue(clip.Address, out var contacts))
            {
                continue;
            }

            double boot = BootSeconds(clip.ContactSeconds, contacts.Values);
            int count = 0;
            foreach (uint contact in contacts.Values)
            {
                count++;
                if (seen.TryGetValue((belt, count), out long at))
                {
                    var wall = clip.StartedAt + TimeSpan.FromSeconds((contact / 1000.0) + boot);
                    found.Add(Stopwatch.GetElapsedTime(epoch.Ticks, at).TotalSeconds
                        - (wall - epoch.Wall).TotalSeconds);
                }
            }
        }

        found.Sort();
        return [.. found];
    }

    /// <summary>What brings most told contacts to a true one.</summary>
    private static double BootSeconds(IReadOnlyList<double> truths, IEnumerable<uint> contacts)
    {
        double[] told = [.. contacts.Take(100).Select(contact => contact / 1000.0)];
        return Enumerable.Range(0, (int)(LongestBootSeconds / Step)).Select(step => step * Step)
            .MinBy(boot => told.Sum(contact => Nearest(truths, contact + boot)));
    }

    private static double Nearest(IReadOnlyList<double> truths, double seconds) =>
        truths.Count == 0 ? 0 : truths.Min(truth => Math.Min(Math.Abs(truth - seconds), 1));
}
