using Backstep.Sensor.Storage;
using Backstep.VirtualSensor.Board;

namespace Backstep.Sensor.Tests.Storage;

/// <summary>A volume that notes when it is written to, and fails as told.</summary>
internal sealed class WatchedVolume(MemoryVolume inner) : IVolume
{
    public int Writes { get; private set; }

    public int Deletions { get; private set; }

    /// <summary>Writes fail, after having written so many bytes of each; reading and deleting go on.</summary>
    public int? TornAfter { get; set; }

    public byte[] Read(string name) => inner.Read(name);

    public bool MayHold(string name) => inner.MayHold(name);

    public bool Write(string name, byte[] content, int length)
    {
        Writes++;
        return TornAfter is not { } torn ? inner.Write(name, content, length)
            : inner.Write(name, content, Math.Min(torn, length)) && false;
    }

    public bool Append(string name, byte[] content, int length)
    {
        Writes++;
        return TornAfter is not { } torn ? inner.Append(name, content, length)
            : inner.Append(name, content, Math.Min(torn, length)) && false;
    }

    public bool Rename(string oldName, string newName) => inner.Rename(oldName, newName);

    public bool Delete(string name)
    {
        Deletions++;
        return inner.Delete(name);
    }

    public string[] List() => inner.List();
}
