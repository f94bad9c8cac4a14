namespace Backstep.Lab.Evaluation;

/// <summary>Pairs up what should be there with what was found.</summary>
public static class Matching
{
    /// <summary>
    /// For each reference time the index of its found time, or -1. One to one, never further apart than allowed, the
    /// nearest pairs first, so that no time takes away another's nearer partner.
    /// </summary>
    /// <param name="reference">In rising order.</param>
    /// <param name="found">In rising order.</param>
    /// <param name="within">How far apart two may be at most.</param>
    public static int[] Match(IReadOnlyList<double> reference, IReadOnlyList<double> found, double within)
    {
        var candidates = new List<(double Distance, int Reference, int Found)>();
        int first = 0;
        for (int r = 0; r < reference.Count; r++)
        {
            while (first < found.Count && found[first] < reference[r] - within)
            {
                first++;
            }

            for (int f = first; f < found.Count && found[f] <= reference[r] + within; f++)
            {
                candidates.Add((Math.Abs(found[f] - reference[r]), r, f));
            }
        }

        int[] partner = [.. Enumerable.Repeat(-1, reference.Count)];
        bool[] taken = new bool[found.Count];
        foreach (var (_, r, f) in candidates.Order())
        {
            if (partner[r] < 0 && !taken[f])
            {
                (partner[r], taken[f]) = (f, true);
            }
        }

        return partner;
    }
}
