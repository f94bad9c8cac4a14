using Backstep.Sensor.Storage;
using Backstep.VirtualSensor.Processing;

namespace Backstep.VirtualSensor.Board;

/// <summary>
/// The flash volume in memory. Power loss is worse here than on littlefs, which keeps the old file until the new one is
/// closed: a write that is cut leaves its first bytes, so that whatever survives here survives there.
/// </summary>
public sealed class MemoryVolume : IVolume
{
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private long? _bytesUntilPowerLoss;

    /// <summary>Bytes for the contents of all files: the I: volume of a 4 MB ESP32 has 256 KB.</summary>
    public int CapacityBytes { get; init; } = 256 * 1024;

    /// <summary>True: every operation fails, as with worn-out or unmounted flash.</summary>
    public bool Broken { get; set; }

    /// <summary>True: nothing can be written, renamed or deleted; reading goes on.</summary>
    public bool ReadOnly { get; set; }

    /// <summary>Names of files that the volume does not delete.</summary>
    public HashSet<string> Undeletable { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of files that are there and cannot be read.</summary>
    public HashSet<string> Unreadable { get; } = new(StringComparer.Ordinal);

    /// <summary>All bytes ever written: what wears the flash.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>Contents in use.</summary>
    public int UsedBytes => _files.Values.Sum(file => file.Length);

    /// <summary>Called when the power goes; does not return to the writer.</summary>
    internal Func<Exception>? PowerLost { get; set; }

    /// <summary>Lets the power fail after that many more bytes: in the middle of a write, or before a rename or a
    /// deletion, which count as one byte each.</summary>
    public void LosePowerAfter(long bytes) => _bytesUntilPowerLoss = bytes;

    /// <inheritdoc/>
    public byte[] Read(string name) =>
        !Broken && !Unreadable.Contains(name) && _files.TryGetValue(name, out var content) ? [.. content] : null!;

    /// <inheritdoc/>
    public bool MayHold(string name) => Broken || _files.ContainsKey(name);

    /// <inheritdoc/>
    public bool Write(string name, byte[] content, int length)
    {
        if (Broken || ReadOnly || UsedBytes - Size(name) + length > CapacityBytes)
        {
            return false;
        }

        _files[name] = [];
        Add(name, content.AsSpan(0, length));
        return true;
    }

    /// <inheritdoc/>
    public bool Append(string name, byte[] content, int length)
    {
        if (Broken || ReadOnly || UsedBytes + length > CapacityBytes)
        {
            return false;
        }

        _files.TryAdd(name, []);
        Add(name, content.AsSpan(0, length));
        return true;
    }

    /// <inheritdoc/>
    public bool Rename(string oldName, string newName)
    {
        if (Broken || ReadOnly || !_files.ContainsKey(oldName))
        {
            return false;
        }

        Spend(1);
        _files.Remove(oldName, out var content);
        _files[newName] = content!;
        return true;
    }

    /// <inheritdoc/>
    public bool Delete(string name)
    {
        if (Broken || ReadOnly || Undeletable.Contains(name))
        {
            return false;
        }

        Spend(1);
        _files.Remove(name);
        return true;
    }

    /// <inheritdoc/>
    public string[] List() => Broken ? [] : [.. _files.Keys];

    private int Size(string name) => _files.TryGetValue(name, out var content) ? content.Length : 0;

    private void Add(string name, ReadOnlySpan<byte> content)
    {
        var fits = (int)Math.Min(content.Length, _bytesUntilPowerLoss ?? content.Length);
        _files[name] = [.. _files[name], .. content[..fits]];
        BytesWritten += fits;
        Spend(content.Length);
    }

    // Power fails only when something was still to do: LosePowerAfter(n) lets exactly n bytes through.
    private void Spend(int bytes)
    {
        if (_bytesUntilPowerLoss is not { } left)
        {
            return;
        }

        if (bytes <= left)
        {
            _bytesUntilPowerLoss = left - bytes;
            return;
        }

        _bytesUntilPowerLoss = null;
        throw PowerLost?.Invoke() ?? new PowerOffException();
    }
}
