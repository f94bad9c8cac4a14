namespace Backstep.Cost;

/// <summary>What the samples of one recording cost the device.</summary>
public sealed record CostReport
{
    /// <summary>Name of the recording.</summary>
    public required string Name { get; init; }

    /// <summary>How many samples.</summary>
    public required int Samples { get; init; }

    /// <summary>How many strides came out of them. A walk without any has not exercised the engine.</summary>
    public required int Strides { get; init; }

    /// <summary>Mean of executed ops a sample, taking the strides included.</summary>
    public required double MeanOps { get; init; }

    /// <summary>99 % of the samples cost no more.</summary>
    public required long Percentile99Ops { get; init; }

    /// <summary>The dearest sample.</summary>
    public required long WorstOps { get; init; }

    /// <summary>Its number, from 0.</summary>
    public required int WorstSample { get; init; }

    /// <summary>Bytes allocated on .NET by all samples that brought no stride.</summary>
    public required long AllocatedBytes { get; init; }

    /// <summary>
    /// Bytes that the samples with a stride would have put on the device's heap, its record included: counted in the IL
    /// at the sizes of <see cref="DeviceMemory"/>, since .NET's are others.
    /// </summary>
    public required long DeviceStrideBytes { get; init; }

    /// <summary>Objects that all samples without a stride would have made on the device. Counted in the IL: a struct is
    /// one there, but not on .NET.</summary>
    public required long DeviceObjects { get; init; }

    /// <summary>Where the ops went, dearest first.</summary>
    public required IReadOnlyList<MethodOps> Methods { get; init; }

    /// <summary>Calls that make the figures too low.</summary>
    public required IReadOnlyList<UnknownCall> Unknown { get; init; }

    /// <summary>Bytes allocated on .NET a sample, strides excluded.</summary>
    public double BytesPerSample => (double)AllocatedBytes / Math.Max(Samples - Strides, 1);

    /// <summary>Bytes on the device's heap for a stride.</summary>
    public double DeviceBytesPerStride => (double)DeviceStrideBytes / Math.Max(Strides, 1);
}
