namespace Backstep.Walks.Sessions;

/// <summary>
/// Under which run a stride is kept. Sensor, run and number name one stride only where the sensor counts its starts.
/// One that cannot write its flash says run 0 after every start: its starts are told apart here, by the moment at which
/// the sensor's clock began. No stride ever takes the place of another, and none is kept twice.
/// </summary>
public static class RunsToldApart
{
    // Placing a stride by the sensor's clock is right to a second or so; a sensor that starts anew within five of its
    // last start has walked nothing.
    private const long SameStartMilliseconds = 5000;

    /// <summary>The run under which to keep a stride; null when it is kept already.</summary>
    /// <param name="kept">The stride.</param>
    /// <param name="runs">The runs of its sensor in the session.</param>
    /// <param name="recordIn">The record that has the stride's number in a run; null for none.</param>
    /// <param name="beganIn">When the sensor's clock began in a run: <see cref="Began"/> of one of its strides.</param>
    public static int? RunFor(KeptStride kept, IReadOnlyCollection<int> runs, Func<int, byte[]?> recordIn,
        Func<int, long> beganIn)
    {
        byte[] record = StrideRecord.Bytes(kept.Stride);
        bool isTaken = false;
        foreach (int run in runs)
        {
            bool mayBeSame = run == kept.Run || kept.Run == 0 || run is 0 or >= KeptStride.FirstRunToldApart;
            if (mayBeSame && recordIn(run) is { } there)
            {
                if (there.AsSpan().SequenceEqual(record))
                {
                    return null;
                }

                isTaken |= run == kept.Run;
            }
        }

        if (kept.Run != 0)
        {
            return isTaken ? Fresh(runs) : kept.Run;
        }

        int[] nameless = [.. runs.Where(run => run is 0 or >= KeptStride.FirstRunToldApart)];
        foreach (int run in nameless)
        {
            if (Math.Abs(unchecked((int)(uint)(Began(kept) - beganIn(run)))) <= SameStartMilliseconds
                && recordIn(run) == null)
            {
                return run;
            }
        }

        return nameless.Length == 0 ? 0 : Fresh(runs);
    }

    /// <summary>When the sensor's clock began, in ms of the session; it wraps with the sensor's clock.</summary>
    public static long Began(KeptStride kept) => (long)kept.At.TotalMilliseconds - kept.Stride.ContactMilliseconds;

    private static int Fresh(IReadOnlyCollection<int> runs) =>
        Math.Max(KeptStride.FirstRunToldApart, runs.DefaultIfEmpty(0).Max() + 1);
}
