namespace Backstep.Sensor.Storage
{
    /// <summary>Counts the starts of the sensor, so that an app can tell the strides of one start from those of another: both are numbered from 1.</summary>
    public static class RunCounter
    {
        /// <summary>Stands for a start that could not be counted.</summary>
        public const int Uncounted = 0;

        private const string FileName = "run";
        private const int Length = 2;
        private const int Largest = 0xFFFF;

        /// <summary>Number of this start, 1 to 65535, or <see cref="Uncounted"/> when the flash cannot be written.</summary>
        public static int CountStart(IVolume volume)
        {
            int last = Decode(SafeFile.Read(volume, FileName));
            if (last == Uncounted)
            {
                last = Decode(SafeFile.ReadReplacement(volume, FileName));
            }

            int run = last == Largest ? 1 : last + 1;
            byte[] content = { (byte)run, (byte)(run >> 8) };
            return SafeFile.Write(volume, FileName, content, Length) ? run : Uncounted;
        }

        private static int Decode(byte[] content)
        {
            return content != null && content.Length == Length ? content[0] | content[1] << 8 : Uncounted;
        }
    }
}
