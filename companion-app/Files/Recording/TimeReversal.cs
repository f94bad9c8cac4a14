namespace Backstep.Files.Recording;

/// <summary>
/// Plays a recording backwards: rows reversed, accelerations kept, angular rates negated. Walking forward becomes an
/// approximation of walking backward; it is synthetic and is called so wherever it is reported.
/// </summary>
public static class TimeReversal
{
    /// <summary>The reversed recording on the same stretch of time.</summary>
    public static IEnumerable<MotionRow> Reverse(IReadOnlyList<MotionRow> rows)
    {
        if (rows.Count == 0)
        {
            yield break;
        }

        double ends = rows[0].Seconds + rows[^1].Seconds;
        for (int i = rows.Count - 1; i >= 0; i--)
        {
            var row = rows[i];
            yield return row with { Seconds = ends - row.Seconds, GxDps = -row.GxDps, GyDps = -row.GyDps,
                GzDps = -row.GzDps };
        }
    }
}
