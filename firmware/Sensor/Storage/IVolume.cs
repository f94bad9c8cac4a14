namespace Backstep.Sensor.Storage
{
    /// <summary>The flash volume: a few small files in one flat folder. Every method returns a status instead of
    /// throwing.</summary>
    public interface IVolume
    {
        /// <summary>The whole file, or null when it is missing or cannot be read.</summary>
        byte[] Read(string name);

        /// <summary>Whether there may be such a file: false only when it is known that there is none, not when the
        /// volume cannot say.</summary>
        bool MayHold(string name);

        /// <summary>Writes the whole file, replacing it. False when it failed; what is on the volume is then undefined,
        /// so callers write a new file and <see cref="Rename"/>.</summary>
        bool Write(string name, byte[] content, int length);

        /// <summary>Adds to the end of the file, creating it. False when it failed; a part may have been
        /// written.</summary>
        bool Append(string name, byte[] content, int length);

        /// <summary>Renames a file over another. False when it failed.</summary>
        bool Rename(string oldName, string newName);

        /// <summary>Deletes a file. True also when it was not there.</summary>
        bool Delete(string name);

        /// <summary>Names of all files, unordered; empty when there are none or the volume cannot be read.</summary>
        string[] List();
    }
}
