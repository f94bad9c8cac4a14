using Backstep.Gait;
using Backstep.Link;
using Backstep.Protocol;

namespace Backstep.Companion.Commands;

/// <summary>What is not known of a shoe that was never told how its sensor sits.</summary>
internal static class MountWords
{
    /// <summary>What to say of a sensor's configuration; null when there is nothing to say.</summary>
    public static string? NoIncline(Configuration configuration) =>
        configuration.Placement == Placement.Wrist || IsCalibrated(configuration.Mount) ? null
            : "Incline: unknown, for the sensor was never told how it sits. 'backstep calibrate mount', on a level "
                + "floor, takes 20 seconds.";

    // As it leaves the factory; a calibration that found just that to the last digit does not happen.
    private static bool IsCalibrated(Mount mount) => SensorText.DegreesBetween(mount, Mount.Identity) > 0;
}
