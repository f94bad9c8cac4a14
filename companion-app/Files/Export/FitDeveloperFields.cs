namespace Backstep.Files.Export;

/// <summary>A field that FIT has not, described within the file.</summary>
/// <param name="Number">Its number among ours.</param>
/// <param name="Name">What charts call it.</param>
/// <param name="Unit">Its unit; empty for codes.</param>
/// <param name="Type">Its base type.</param>
public sealed record FitDeveloperField(byte Number, string Name, string Unit, FitType Type)
{
    /// <summary>A value of it; null is "no value".</summary>
    public FitField Of(double? value) => FitField.Developer(Number, Type, value);
}

/// <summary>The fields that this program adds to FIT. Their numbers stand in files: never reuse one.</summary>
public static class FitDeveloperFields
{
    /// <summary>Share of strides that went backward. In records of the last five seconds, in sessions of all.</summary>
    public static readonly FitDeveloperField BackwardShare = new(0, "backward_share", "%", FitType.F32);

    /// <summary>Mean foot strike angle of the backward strides, positive = toes up.</summary>
    public static readonly FitDeveloperField FootStrikeAngle = new(1, "foot_strike_angle", "deg", FitType.F32);

    /// <summary>0 free, 1 held; no value: not known.</summary>
    public static readonly FitDeveloperField RailsHeld = new(2, "rails_held", "", FitType.U8);

    /// <summary>Share of toe-first landings among the backward strides whose landing is known.</summary>
    public static readonly FitDeveloperField ToeFirstShare = new(3, "toe_first_share", "%", FitType.F32);

    /// <summary>Mean sideways tilt of the backward strides, positive = outer edge.</summary>
    public static readonly FitDeveloperField Tilt = new(4, "tilt", "deg", FitType.F32);

    /// <summary>Share of strides with a hand on a rail, of those for which it is known. In sessions.</summary>
    public static readonly FitDeveloperField RailsHeldShare = new(5, "rails_held_share", "%", FitType.F32);

    /// <summary>Strides backward, of all feet that wore a sensor. In sessions.</summary>
    public static readonly FitDeveloperField BackwardStrides = new(6, "backward_strides", "strides", FitType.U32);

    /// <summary>Strides forward, likewise.</summary>
    public static readonly FitDeveloperField ForwardStrides = new(7, "forward_strides", "strides", FitType.U32);

    /// <summary>Strides of unknown direction, likewise.</summary>
    public static readonly FitDeveloperField UnknownStrides = new(8, "unknown_strides", "strides", FitType.U32);

    /// <summary>Mean belt speed over the strides that could be measured. In sessions.</summary>
    public static readonly FitDeveloperField BeltSpeed = new(9, "belt_speed", "m/s", FitType.F32);

    /// <summary>1: no person walked; 0: a person did. In sessions.</summary>
    public static readonly FitDeveloperField Simulated = new(10, "simulated", "", FitType.U8);

    /// <summary>Incline of belt or hill as the walker told it; what the shoe measured is FIT's own avg_grade. In
    /// sessions.</summary>
    public static readonly FitDeveloperField InclineTold = new(11, "incline_told", "%", FitType.F32);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FitDeveloperField> All { get; } =
        [BackwardShare, FootStrikeAngle, RailsHeld, ToeFirstShare, Tilt, RailsHeldShare, BackwardStrides,
            ForwardStrides, UnknownStrides, BeltSpeed, Simulated, InclineTold];

    /// <summary>Says to whom the fields belong: the base of this project's Bluetooth UUIDs (Protocol/Uuids.cs), as RFC
    /// 4122 writes it.</summary>
    public static byte[] ApplicationId => new Guid("a1e40000-92c6-4528-906a-b8dcdd942dd0").ToByteArray(bigEndian: true);
}
