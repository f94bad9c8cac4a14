namespace Backstep.Sensor.Imu
{
    /// <summary>
    /// Whether the samples are believed. A chip can be there, keep its settings and still measure nothing: frozen,
    /// zeroed, or with an axis that has broken off. One such burst may be chance; several in a row are not, and then
    /// nothing is believed until one looks alive.
    /// </summary>
    public sealed class ChipTrust
    {
        /// <summary>The burst counts.</summary>
        public const int Believed = 0;

        /// <summary>The burst is dropped.</summary>
        public const int Dropped = 1;

        /// <summary>The burst is dropped, and the chip wants to be brought up anew.</summary>
        public const int Lost = 2;

        /// <summary>The chip is alive again. What lies between is missing.</summary>
        public const int Regained = 3;

        /// <summary>0.8 s.</summary>
        private const int MostDoubtfulBursts = 4;

        private int _doubtful;

        /// <summary>What is wrong with the samples; <see cref="ChipState.Sound"/> while they are believed.</summary>
        public ChipState State { get; private set; } = ChipState.Sound;

        /// <summary>Looks at a burst.</summary>
        public int Judge(byte[] samples, int count)
        {
            ChipState seen = SampleCheck.IsFrozen(samples, count) ? ChipState.Frozen
                : SampleCheck.IsWeightless(samples, count) ? ChipState.Weightless
                : ChipState.Sound;
            bool wasBelieved = State == ChipState.Sound;
            if (seen == ChipState.Sound)
            {
                _doubtful = 0;
                State = ChipState.Sound;
                return wasBelieved ? Believed : Regained;
            }

            _doubtful++;
            if (_doubtful < MostDoubtfulBursts)
            {
                return wasBelieved ? Believed : Dropped;
            }

            _doubtful = 0;
            State = seen;
            return Lost;
        }
    }
}
