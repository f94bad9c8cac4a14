namespace Backstep.Sensor.Storage
{
    /// <summary>
    /// What one start of the program tells the next: that it was the program itself that ended the last one, to be rid
    /// of a stranger or after a fault, and how often it did so since somebody was there.
    /// </summary>
    public sealed class RestartMark
    {
        private const string FileName = "restart";
        private const byte IsOwn = 0x80;
        private const byte CountMask = 0x7F;

        private readonly IVolume _volume;

        /// <summary>Takes the mark off, so that it speaks of this start only. Where that fails, a later start is taken
        /// for the program's own, too.</summary>
        public RestartMark(IVolume volume)
        {
            _volume = volume;
            byte[] content = SafeFile.Read(volume, FileName);
            if (content == null)
            {
                content = SafeFile.ReadReplacement(volume, FileName);
            }

            int mark = content == null || content.Length != 1 ? 0 : content[0];
            Count = mark & CountMask;
            WasOwn = (mark & IsOwn) != 0;
            if (WasOwn)
            {
                Save((byte)Count);
            }
        }

        /// <summary>Whether the program itself has ended the last run.</summary>
        public bool WasOwn { get; }

        /// <summary>How often it did so since <see cref="Clear"/>.</summary>
        public int Count { get; private set; }

        /// <summary>The program is about to end itself. False when the flash refused: then it must not, since nothing
        /// would bound it.</summary>
        public bool Set()
        {
            return Save((byte)(IsOwn | (Count + 1)));
        }

        /// <summary>The same after a fault, which restarts in any case: what the flash refuses then is left at
        /// that.</summary>
        public static void Leave(IVolume volume)
        {
            new RestartMark(volume).Set();
        }

        /// <summary>Somebody is there.</summary>
        public void Clear()
        {
            if (Count > 0 && SafeFile.Delete(_volume, FileName))
            {
                Count = 0;
            }
        }

        private bool Save(byte mark)
        {
            return SafeFile.Write(_volume, FileName, new byte[] { mark }, 1);
        }
    }
}
