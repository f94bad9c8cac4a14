using System.Diagnostics;
using Backstep.Rehearsal.Room;

namespace Backstep.Benchmarks.Gym;

/// <summary>From the true contact of a simulated foot to the page.</summary>
internal static class SiegeLatency
{
    // A gateway dates a contact by when it was told: to some tenths of a second. True ones are a second and more apart.
    private const double FarthestSeconds = 0.5;

    /// <summary>Seconds from contact to page for each contact that a page has seen, in rising order.</summary>
    /// <param name="truth">True contacts.</param>
    /// <param name="seen">When a belt's page first told of a contact.</param>
    /// <param name="epoch">A moment on both clocks.</param>
    public static double[] Of(RoomTruth truth,
        IReadOnlyDictionary<(int Belt, DateTimeOffset Contact), long> seen, (DateTimeOffset Wall, long Ticks) epoch)
    {
        var found = new List<double>();
        foreach (var ((belt, told), ticks) in seen)
        {
            var clip = truth.Clips[belt - 1];
            double seconds = (told - clip.StartedAt).TotalSeconds;
            double contact = Nearest(clip.ContactSeconds, seconds);
            if (Math.Abs(contact - seconds) <= FarthestSeconds)
            {
                var shown = epoch.Wall + Stopwatch.GetElapsedTime(epoch.Ticks, ticks);
                found.Add((shown - clip.StartedAt).TotalSeconds - contact);
            }
        }

        found.Sort();
        return [.. found];
    }

    private static double Nearest(IReadOnlyList<double> rising, double seconds)
    {
        int at = 0;
        for (int step = rising.Count; step > 0; step /= 2)
        {
            while (at + step < rising.Count && rising[at + step] <= seconds)
            {
                at += step;
            }
        }

        return rising.Count == 0 ? double.NegativeInfinity
            : at + 1 < rising.Count && rising[at + 1] - seconds < seconds - rising[at] ? rising[at + 1] : rising[at];
    }
}
