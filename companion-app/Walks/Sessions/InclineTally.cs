namespace Backstep.Walks.Sessions;

/// <summary>How long was walked at which incline: the middle of it is the walk's. A figure that is wrong for some
/// seconds does not move it.</summary>
internal sealed class InclineTally
{
    private const double Steps = 10; // tenths of a percent: half of a sensor's step, for the mean of two shoes

    private readonly SortedDictionary<int, TimeSpan> _walked = [];

    /// <summary>The walk's; null as long as nothing was measured.</summary>
    public MeasuredIncline? Measured
    {
        get
        {
            var all = TimeSpan.FromTicks(_walked.Values.Sum(time => time.Ticks));
            var below = TimeSpan.Zero;
            foreach (var (tenths, time) in _walked)
            {
                below += time;
                if (2 * below >= all)
                {
                    return new MeasuredIncline(tenths / Steps, all);
                }
            }

            return null;
        }
    }

    /// <summary>So long was walked at so much.</summary>
    public void Add(MeasuredIncline part)
    {
        if (part.Walked > TimeSpan.Zero)
        {
            int tenths = (int)Math.Round(part.Percent * Steps);
            _walked[tenths] = _walked.GetValueOrDefault(tenths) + part.Walked;
        }
    }
}
