namespace Backstep.Files.Recording;

/// <summary>One line of a recording.</summary>
/// <param name="Seconds">Time on the recording's own clock.</param>
/// <param name="AxG">Specific force along the sensor's x, in g.</param>
/// <param name="AyG">Along y.</param>
/// <param name="AzG">Along z.</param>
/// <param name="GxDps">Angular rate about the sensor's x, in deg/s.</param>
/// <param name="GyDps">About y.</param>
/// <param name="GzDps">About z.</param>
public readonly record struct MotionRow(
    double Seconds, double AxG, double AyG, double AzG, double GxDps, double GyDps, double GzDps);
