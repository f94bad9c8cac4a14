namespace Backstep.Walks.Coaching;

/// <summary>
/// How far form may stray before it is spoken of. While somebody learns, the band is narrow; as feedback fades it is
/// wider (bandwidth feedback: an error inside the band is left alone). The figures are ours, not tested on people.
/// </summary>
internal sealed class FormBand
{
    private readonly Hysteresis _heelFirst;
    private readonly Hysteresis _outward;
    private readonly Hysteresis _inward;

    private FormBand(Hysteresis heelFirst, Hysteresis outward, Hysteresis inward) =>
        (_heelFirst, _outward, _inward) = (heelFirst, outward, inward);

    /// <summary>Half of eight landings wrong, the foot 12 degrees outward or 10 inward.</summary>
    public static FormBand Narrow() => new(new Hysteresis(on: 0.5, off: 0.75), new Hysteresis(on: 12, off: 8),
        new Hysteresis(on: -10, off: -6));

    /// <summary>Five of eight wrong; 15 degrees outward, 13 inward.</summary>
    public static FormBand Wide() => new(new Hysteresis(on: 0.375, off: 0.625), new Hysteresis(on: 15, off: 11),
        new Hysteresis(on: -13, off: -9));

    /// <summary>What is beyond it.</summary>
    public (bool HeelFirst, bool Outward, bool Inward) Now => (_heelFirst.IsOn, _outward.IsOn, _inward.IsOn);

    /// <summary>Takes the newest figures, or null where there are none.</summary>
    /// <param name="toeFirstShare">0 to 1.</param>
    /// <param name="tiltDegrees">Positive = outer edge.</param>
    public void Update(double? toeFirstShare, double? tiltDegrees)
    {
        _heelFirst.Update(toeFirstShare);
        _outward.Update(tiltDegrees);
        _inward.Update(tiltDegrees);
    }
}
