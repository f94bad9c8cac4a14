using Backstep.Gait;

namespace Backstep.Walks.Strides;

/// <summary>The strides of the last moments, and what they say together. Old ones are forgotten, so that nobody is
/// corrected for what is over.</summary>
public sealed class RecentStrides(TimeProvider time)
{
    /// <summary>What the cues look at: about ten seconds of walking.</summary>
    public const int Few = 8;

    /// <summary>What the rhythm needs.</summary>
    public const int Many = RhythmMeter.Window;

    /// <summary>Without a stride for so long, the walk has stopped.</summary>
    public static readonly TimeSpan Stopped = TimeSpan.FromMilliseconds(Stride.LongestMilliseconds);

    private readonly List<Stride> _strides = [];
    private readonly Rhythm _rhythm = new();
    private long _lastArrival;

    /// <summary>Whether a stride has come within <see cref="Stopped"/>.</summary>
    public bool IsWalking => _strides.Count > 0 && time.GetElapsedTime(_lastArrival) < Stopped;

    /// <summary>Newest direction that was recognised, or unknown.</summary>
    public Direction Direction =>
        LastFew().LastOrDefault(stride => stride.Direction != Direction.Unknown)?.Direction ?? Direction.Unknown;

    /// <summary>Takes a stride that was just walked (not one that was sent later).</summary>
    /// <param name="stride">The stride.</param>
    /// <param name="isPaused">Whether the walker has paused: the rhythm is found anew afterwards, as in what is kept of
    /// the session.</param>
    public void Add(Stride stride, bool isPaused = false)
    {
        if (!IsWalking)
        {
            _strides.Clear();
            _rhythm.Clear();
        }

        if (isPaused)
        {
            _rhythm.Clear();
        }
        else
        {
            _rhythm.Add(stride);
        }

        _lastArrival = time.GetTimestamp();
        _strides.Add(stride);
        if (_strides.Count > Many)
        {
            _strides.RemoveAt(0);
        }
    }

    /// <summary>The last few, oldest first; none when the walk has stopped.</summary>
    public IReadOnlyList<Stride> LastFew() => IsWalking ? _strides.TakeLast(Few).ToArray() : [];

    /// <summary>Belt speed in m/s: the middle of the last few, which one odd stride cannot move. Needs three.</summary>
    /// <param name="evenForward">Whether strides that go forward are looked at, too.</param>
    public double? BeltMetersPerSecond(bool evenForward = true) =>
        AtLeast(3, Statistics.Measured(
            LastFew().Where(stride => evenForward || stride.Direction != Direction.Forward),
            stride => stride.BeltSpeedMillimetersPerSecond, 0.001)) is { } speeds
            ? Statistics.Median(speeds) : null;

    /// <summary>Mean foot strike angle in degrees of the last few. Needs two.</summary>
    public double? FootStrikeDegrees() =>
        AtLeast(2, Statistics.Measured(LastFew(), stride => stride.FootStrikeHalfDegrees, 0.5)) is { } angles
            ? angles.Average() : null;

    /// <summary>Foot strike angles in degrees of the last <see cref="Many"/> strides, oldest first; those that were not
    /// measured left out.</summary>
    public IReadOnlyList<double> FootStrikes() =>
        IsWalking ? Statistics.Measured(_strides, stride => stride.FootStrikeHalfDegrees, 0.5) : [];

    /// <summary>By how many degrees the foot strike angle has changed: the mean of the newer half of
    /// <see cref="FootStrikes"/> less that of the older. Needs four in each.</summary>
    public double? FootStrikeTrendDegrees()
    {
        var angles = FootStrikes();
        int half = angles.Count / 2;
        return half < 4 ? null : angles.TakeLast(half).Average() - angles.Take(half).Average();
    }

    /// <summary>Mean tilt in degrees of the last few, positive to the outer edge. Needs four.</summary>
    public double? TiltDegrees() =>
        AtLeast(4, Statistics.Measured(LastFew(), stride => stride.TiltHalfDegrees, 0.5)) is { } angles
            ? angles.Average() : null;

    /// <summary>Mean swing time in s of the last few. Needs four.</summary>
    public double? SwingSeconds() =>
        AtLeast(4, Statistics.Measured(LastFew(), stride => stride.SwingMilliseconds, 0.001)) is { } times
            ? times.Average() : null;

    /// <summary>Share of forward strides among the last few whose direction is known, 0 to 1. Needs three.</summary>
    public double? ForwardShare()
    {
        var known = LastFew().Where(stride => stride.Direction != Direction.Unknown).ToArray();
        return known.Length < 3 ? null
            : known.Count(stride => stride.Direction == Direction.Forward) / (double)known.Length;
    }

    /// <summary>Share of toe-first landings among the last few backward strides whose landing is known, 0 to 1. Needs
    /// four.</summary>
    public double? ToeFirstShare()
    {
        var known = LastFew()
            .Where(stride => stride.Direction == Direction.Backward && stride.Landing != Landing.Unknown).ToArray();
        return known.Length < 4 ? null : known.Count(stride => stride.Landing == Landing.Toe) / (double)known.Length;
    }

    /// <summary>Whether the rhythm has become even. Not when the walk has stopped.</summary>
    public bool IsRhythmSettled => IsWalking && _rhythm.IsSettled;

    /// <summary>Stride-time variability in %, over the last <see cref="RhythmMeter.Window"/> backward strides. Needs
    /// them all.</summary>
    public double? StrideTimeVariationPercent() => IsWalking ? _rhythm.VariationPercent : null;

    private static double[]? AtLeast(int count, double[] values) => values.Length >= count ? values : null;
}
