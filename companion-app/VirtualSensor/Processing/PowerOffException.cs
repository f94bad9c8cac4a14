namespace Backstep.VirtualSensor.Processing;

/// <summary>Ends the firmware's loop when the power goes, or when it asked for deep sleep or a reboot. Thrown out of
/// its waits.</summary>
public sealed class PowerOffException() : Exception("The virtual device was switched off.");
