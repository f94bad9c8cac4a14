namespace Backstep.VirtualSensor.Radio;

/// <summary>The state of one connection, as both ends agree on it.</summary>
internal sealed class AirLink(ulong peer, Pipe toCentral, Pipe toDevice)
{
    /// <summary>Connection handle: there is one connection at a time, and the controller gives it the lowest free
    /// number.</summary>
    public const ushort Handle = 0;

    public ulong Peer { get; } = peer;

    public Pipe ToCentral { get; } = toCentral;

    public Pipe ToDevice { get; } = toDevice;

    public bool IsUp { get; set; } = true;

    public ushort Mtu { get; set; } = 23;

    public bool Encrypted { get; set; }

    public bool Authenticated { get; set; }

    /// <summary>Characteristics whose CCCD is not 0.</summary>
    public HashSet<ushort> Enabled { get; } = [];
}
