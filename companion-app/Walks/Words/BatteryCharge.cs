namespace Backstep.Walks.Words;

/// <summary>When a battery is worth a word.</summary>
public static class BatteryCharge
{
    /// <summary>From here down it is said, in %. Ours: enough is left for a walk or two.</summary>
    public const int LowPercent = 15;

    /// <summary>Whether it is low, as far as is known.</summary>
    public static bool IsLow(int? percent) => percent <= LowPercent;
}
