using System.Text;

namespace Backstep.VirtualSensor.Radio;

/// <summary>What a scanner sees.</summary>
/// <param name="Data">AD structures of the advertisement.</param>
/// <param name="ScanResponse">AD structures of the scan response.</param>
/// <param name="IsConnectable">Centrals may connect.</param>
public sealed record Advertisement(byte[] Data, byte[] ScanResponse, bool IsConnectable)
{
    /// <summary>The name, complete or shortened; null when there is none.</summary>
    public string? LocalName => Section(0x09, 0x08) is { } name ? Encoding.UTF8.GetString(name) : null;

    /// <summary>All service UUIDs listed.</summary>
    public IReadOnlyList<Guid> ServiceUuids => [.. Sections().SelectMany(section => section.Type switch
    {
        0x02 or 0x03 => section.Data.Chunk(2).Select(uuid => Expand(uuid)),
        0x06 or 0x07 => section.Data.Chunk(16).Select(uuid => new Guid([.. uuid.Reverse()], bigEndian: true)),
        _ => [],
    })];

    /// <summary>Appearance, null when it is not advertised.</summary>
    public ushort? Appearance => Section(0x19) is { Length: 2 } value ? BitConverter.ToUInt16(value) : null;

    /// <summary>Service data of a 16-bit service, null when there is none.</summary>
    public byte[]? ServiceData(ushort uuid) =>
        Sections()
            .Where(
                section => section.Type == 0x16 && section.Data.Length >= 2
                    && BitConverter.ToUInt16(section.Data) == uuid).Select(section => section.Data[2..])
                    .FirstOrDefault();

    /// <summary>All AD structures in order.</summary>
    public IEnumerable<(byte Type, byte[] Data)> Sections()
    {
        foreach (var packet in new[] { Data, ScanResponse })
        {
            for (var at = 0; at + 1 < packet.Length && packet[at] > 0
                && at + packet[at] < packet.Length; at += packet[at] + 1)
            {
                yield return (packet[at + 1], packet[(at + 2)..(at + 1 + packet[at])]);
            }
        }
    }

    private static Guid Expand(byte[] uuid) =>
        new(BitConverter.ToUInt16(uuid), 0, 0x1000, 0x80, 0x00, 0x00, 0x80, 0x5f, 0x9b, 0x34, 0xfb);

    private byte[]? Section(params byte[] types) =>
        Sections().Where(section => types.Contains(section.Type)).Select(section => section.Data).FirstOrDefault();
}
