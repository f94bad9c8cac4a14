using Backstep.Protocol;
using Backstep.Sensor.Storage;
using Backstep.VirtualSensor.Board;

namespace Backstep.VirtualSensor;

/// <summary>The flash of a sensor that its owner has set.</summary>
public static class ConfiguredVolume
{
    /// <summary>One that knows where it is worn, and what it is called; all else is as in a new one.</summary>
    public static MemoryVolume Of(Placement placement, string name = "")
    {
        var usual = ConfigurationStore.Default;
        var volume = new MemoryVolume();
        new ConfigurationStore(volume).Save(new Configuration(placement, usual.Cadence, usual.ToeLandingHalfDegrees,
            usual.HeelLandingHalfDegrees, usual.Mount, name));
        return volume;
    }
}
