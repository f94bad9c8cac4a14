namespace Backstep.Gait
{
    /// <summary>How a walker scatters in one posture: what a guided calibration found. Immutable, in the units in which
    /// it is kept and sent.</summary>
    public sealed class RailBaseline
    {
        /// <summary>Makes a baseline. Values are taken as they are.</summary>
        public RailBaseline(
            int strides, int strideTimeHundredthsPercent, int stanceTimeHundredthsPercent,
            int footStrikeHundredthsDegree, int tiltHundredthsDegree)
        {
            Strides = strides;
            StrideTimeHundredthsPercent = strideTimeHundredthsPercent;
            StanceTimeHundredthsPercent = stanceTimeHundredthsPercent;
            FootStrikeHundredthsDegree = footStrikeHundredthsDegree;
            TiltHundredthsDegree = tiltHundredthsDegree;
        }

        /// <summary>Strides behind it, 1 to 255.</summary>
        public int Strides { get; }

        /// <summary>Coefficient of variation of stride time in 0.01 %, 1 to 65534.</summary>
        public int StrideTimeHundredthsPercent { get; }

        /// <summary>Coefficient of variation of stance time in 0.01 %, 1 to 65534.</summary>
        public int StanceTimeHundredthsPercent { get; }

        /// <summary>Standard deviation of the foot strike angle in 0.01 degrees, 1 to 65534, or
        /// <see cref="Stride.Missing"/>.</summary>
        public int FootStrikeHundredthsDegree { get; }

        /// <summary>Standard deviation of the tilt at contact in 0.01 degrees, 1 to 65534, or
        /// <see cref="Stride.Missing"/>.</summary>
        public int TiltHundredthsDegree { get; }

        /// <summary>One of the four, by its number in <see cref="RailWindow"/>.</summary>
        public int Hundredths(int spread)
        {
            return spread == RailWindow.StrideTime ? StrideTimeHundredthsPercent
                : spread == RailWindow.StanceTime ? StanceTimeHundredthsPercent
                : spread == RailWindow.FootStrike ? FootStrikeHundredthsDegree
                : TiltHundredthsDegree;
        }

        /// <summary>What a window of strides amounts to. Spreads of less than one hundredth count as one: nobody is
        /// that steady, and the logarithm needs something.</summary>
        public static RailBaseline Of(RailWindow window)
        {
            return new RailBaseline(
                window.Count,
                AtLeastOne(window.Hundredths(RailWindow.StrideTime)),
                AtLeastOne(window.Hundredths(RailWindow.StanceTime)),
                AtLeastOne(window.Hundredths(RailWindow.FootStrike)),
                AtLeastOne(window.Hundredths(RailWindow.Tilt)));
        }

        private static int AtLeastOne(int hundredths)
        {
            return hundredths != Stride.Missing && hundredths < 1 ? 1 : hundredths;
        }
    }
}
