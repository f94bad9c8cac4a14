using Backstep.NanoHost;

namespace Backstep.VirtualSensor.Radio;

/// <summary>
/// A radio outside of this process and its virtual time. The firmware calls it while time is advanced; what comes from
/// outside waits until <see cref="Deliver"/>, which whoever advances time calls in between: so nothing here runs at
/// once with the firmware.
/// </summary>
public interface IExternalRadio : IRadio
{
    /// <summary>The program has started: the stack is as after a reset.</summary>
    /// <param name="raise">Has an event handled on the program's thread. Only inside of <see cref="Deliver"/> and of
    /// calls by the firmware.</param>
    void PowerOn(Action<Action<IRadioEvents>> raise);

    /// <summary>The program has ended: off the air, the central is dropped.</summary>
    void PowerOff();

    /// <summary>Hands on what has come from outside.</summary>
    void Deliver();

    /// <summary>Waits until something has come, at most so long.</summary>
    Task WaitAsync(TimeSpan patience, CancellationToken cancellationToken);
}
