using Backstep.Link;
using Backstep.VirtualSensor.Radio;

namespace Backstep.Rehearsal;

/// <summary>What goes wrong between a virtual sensor and its central, in a link's own words.</summary>
internal static class GattCall
{
    /// <summary>Does it, and words what the radio says.</summary>
    /// <exception cref="SensorLinkException">The link is gone, or the sensor refuses.</exception>
    public static T Do<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is GattException or LinkLostException or PairingException
            or InvalidOperationException)
        {
            throw new SensorLinkException(e.Message, e) { AttError = (e as GattException)?.AttError };
        }
    }
}
