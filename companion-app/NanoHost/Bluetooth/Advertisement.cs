using System.Collections;

namespace nanoFramework.Device.Bluetooth.Advertisement;

/// <summary>One AD structure.</summary>
public class BluetoothLEAdvertisementDataSection
{
    /// <summary>An empty one.</summary>
    public BluetoothLEAdvertisementDataSection()
        : this(0, new Buffer(16))
    {
    }

    /// <summary>Type and data.</summary>
    public BluetoothLEAdvertisementDataSection(byte dataType, Buffer data)
    {
        DataType = dataType;
        Data = data;
    }

    /// <summary>AD type.</summary>
    public byte DataType { get; set; }

    /// <summary>AD data.</summary>
    public Buffer Data { get; set; }

    internal byte[] ToBytes() => [(byte)(Data.Length + 1), DataType, .. Data.ToArray()];
}

/// <summary>What is advertised, as AD structures in order.</summary>
public class BluetoothLEAdvertisement
{
    private const int PacketLimit = 31;
    private readonly ArrayList _sections = [];
    private BluetoothLEAdvertisementFlags _flags = BluetoothLEAdvertisementFlags.ClassicNotSupported
        | BluetoothLEAdvertisementFlags.GeneralDiscoverableMode;
    private string _localName = "";

    /// <summary>The structures; more may be added.</summary>
    public ArrayList DataSections => _sections;

    /// <summary>The complete local name; empty removes it.</summary>
    public string LocalName
    {
        get => _localName;
        set
        {
            _localName = value;
            if (string.IsNullOrEmpty(value))
            {
                Remove(BluetoothLEAdvertisementDataSectionType.CompleteLocalName);
                return;
            }

            var writer = new DataWriter();
            writer.WriteString(value);
            Set(BluetoothLEAdvertisementDataSectionType.CompleteLocalName, writer.DetachBuffer());
        }
    }

    /// <summary>The flags.</summary>
    public BluetoothLEAdvertisementFlags Flags
    {
        get => _flags;
        set
        {
            _flags = value;
            Set(BluetoothLEAdvertisementDataSectionType.Flags, new Buffer([(byte)value]));
        }
    }

    internal void Set(BluetoothLEAdvertisementDataSectionType type, Buffer data)
    {
        var section = new BluetoothLEAdvertisementDataSection((byte)type, data);
        for (var i = 0; i < _sections.Count; i++)
        {
            if (((BluetoothLEAdvertisementDataSection)_sections[i]!).DataType == (byte)type)
            {
                _sections[i] = section;
                return;
            }
        }

        _sections.Add(section);
    }

    internal void Remove(BluetoothLEAdvertisementDataSectionType type)
    {
        for (var i = _sections.Count - 1; i >= 0; i--)
        {
            if (((BluetoothLEAdvertisementDataSection)_sections[i]!).DataType == (byte)type)
            {
                _sections.RemoveAt(i);
            }
        }
    }

    /// <summary>Fills the advertisement, then the scan response, with 31 bytes each, in order; false when a section
    /// fits in neither.</summary>
    internal bool Pack(out byte[] advertisement, out byte[] scanResponse)
    {
        List<byte> first = [], second = [];
        var all = true;
        foreach (BluetoothLEAdvertisementDataSection section in _sections)
        {
            var bytes = section.ToBytes();
            if (first.Count + bytes.Length <= PacketLimit)
            {
                first.AddRange(bytes);
            }
            else if (second.Count + bytes.Length <= PacketLimit)
            {
                second.AddRange(bytes);
            }
            else
            {
                all = false;
            }
        }

        advertisement = [.. first];
        scanResponse = [.. second];
        return all;
    }
}
