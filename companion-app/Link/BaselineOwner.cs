namespace Backstep.Link;

/// <summary>Whose rail baselines a shoe compares with.</summary>
public enum BaselineOwner
{
    /// <summary>It has none.</summary>
    Nobody,

    /// <summary>Those of who walks now.</summary>
    Walker,

    /// <summary>Others: what it says of the rails is not about who walks now.</summary>
    SomebodyElse,
}
