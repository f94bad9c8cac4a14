namespace Backstep.VirtualSensor.Radio;

/// <summary>Keys that two peers share, and the subscriptions that the device keeps for a bonded peer.</summary>
internal sealed record Bond(bool Authenticated)
{
    public HashSet<ushort> Enabled { get; } = [];
}
