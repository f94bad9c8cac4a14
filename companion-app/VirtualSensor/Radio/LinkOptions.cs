namespace Backstep.VirtualSensor.Radio;

/// <summary>
/// The air between a central and the device. A packet is never lost on a Bluetooth LE connection: the link layer
/// numbers, acknowledges and repeats every one until it is through. So bad radio shows in two ways only. Packets come
/// later, in order (<see cref="PacketErrorRate"/>). Or nothing comes through for the supervision time-out
/// (VirtualRadio.InRange), and the link is gone; with it goes what the sender had queued and believed to be sent.
/// </summary>
public sealed record LinkOptions
{
    /// <summary>ATT MTU that the device offers: 256 is NimBLE's preferred MTU.</summary>
    public ushort DeviceMtu { get; init; } = 256;

    /// <summary>Time from one meeting of the two radios to the next.</summary>
    public TimeSpan ConnectionInterval { get; init; } = TimeSpan.FromMilliseconds(30);

    /// <summary>Packets each way at one meeting.</summary>
    public int PacketsPerInterval { get; init; } = 4;

    /// <summary>What the central's own software adds before the application sees a value.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.Zero;

    /// <summary>Part of the packets that are broken and repeated at the next meeting: 0 to below 1.</summary>
    public double PacketErrorRate { get; init; }

    /// <summary>Packets that the device's stack can queue; one more and a notification fails (NimBLE's pool of 12
    /// blocks).</summary>
    public int TransmitBuffers { get; init; } = 12;

    /// <summary>Silence that ends a connection.</summary>
    public TimeSpan SupervisionTimeout { get; init; } = TimeSpan.FromSeconds(4);
}
