namespace Backstep.Sensor.Storage
{
    /// <summary>
    /// A small file that is never half-written: a new one is made beside it and takes its name. Power may fail at any
    /// moment; then the old or the new content is there, and who reads tells by the content's own check sum which of
    /// the two is whole.
    /// </summary>
    public static class SafeFile
    {
        private const string NewSuffix = ".new";

        /// <summary>Replaces the file. False when it failed: the old content stays.</summary>
        public static bool Write(IVolume volume, string name, byte[] content, int length)
        {
            return volume.Write(name + NewSuffix, content, length) && volume.Rename(name + NewSuffix, name);
        }

        /// <summary>The file, or null.</summary>
        public static byte[] Read(IVolume volume, string name)
        {
            return volume.Read(name);
        }

        /// <summary>What was about to replace the file when the power failed between the two steps of a renaming, or
        /// null.</summary>
        public static byte[] ReadReplacement(IVolume volume, string name)
        {
            return volume.Read(name + NewSuffix);
        }

        /// <summary>
        /// Whether there may be one that could not be understood: the file itself, or a replacement that cannot be read
        /// at all. A replacement alone that was cut short is none: there was no file before.
        /// </summary>
        public static bool MayBe(IVolume volume, string name)
        {
            return volume.MayHold(name) || (volume.MayHold(name + NewSuffix) && volume.Read(name + NewSuffix) == null);
        }

        /// <summary>Deletes the file and what was about to replace it. False when it failed.</summary>
        public static bool Delete(IVolume volume, string name)
        {
            return volume.Delete(name + NewSuffix) && volume.Delete(name);
        }
    }
}
