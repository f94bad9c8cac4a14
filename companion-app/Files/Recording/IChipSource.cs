namespace Backstep.Files.Recording;

/// <summary>Turns the rows of a recording into what the chip would have said, at its 100 Hz.</summary>
public interface IChipSource
{
    /// <summary>A longer hole between two rows is a gap: nothing is invented across it.</summary>
    const double LongestHoleSeconds = 0.1;

    /// <summary>The one for a recording that begins so.</summary>
    static IChipSource For(IReadOnlyList<MotionRow> start) =>
        EvenSamples.Fits(start) ? new EvenSamples() : new ChipResampler();

    /// <summary>Samples given out and lost so far.</summary>
    long SampleCount { get; }

    /// <summary>How many numbers were beyond the chip's range and were held at its edge.</summary>
    long Clipped { get; }

    /// <summary>Start of the sample clock on the recording's own clock, in s: sample n, counted from 1, is read n * 10
    /// ms later.</summary>
    double OriginSeconds { get; }

    /// <summary>Takes the next row; times must rise.</summary>
    /// <param name="row">The row.</param>
    /// <param name="lostSamples">Samples missing before the first one returned, because of a gap.</param>
    /// <returns>The samples that this row completes, valid until the next call.</returns>
    ReadOnlySpan<ChipSample> Add(in MotionRow row, out uint lostSamples);
}
