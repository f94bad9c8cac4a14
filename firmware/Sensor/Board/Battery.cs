using System.Device.Adc;

namespace Backstep.Sensor.Board
{
    /// <summary>
    /// A single LiPo cell behind two equal resistors. The ESP32's ADC is uncalibrated (about +-6 %), so the percentage
    /// is coarse by nature and is smoothed, not believed to the digit.
    /// </summary>
    public sealed class Battery
    {
        /// <summary>Below this the LED asks for the charger.</summary>
        public const int LowPercent = 15;

        /// <summary>The divider halves the battery's voltage.</summary>
        private const int DividerRatio = 2;

        private const int ReadEveryMilliseconds = 10000;

        /// <summary>Rest voltage of a LiPo cell in mV at 0, 10, ... 100 % of its charge, as cell makers' discharge
        /// curves at 0.2 C show it.</summary>
        private static readonly int[] MillivoltsByTenth = { 3270, 3690, 3730, 3770, 3800, 3840, 3870, 3950, 4020, 4110,
            4200 };

        private readonly AdcChannel _channel;
        private readonly int _largestValue;
        private readonly int _fullScaleMillivolts;
        private long _nextReadMilliseconds;

        /// <summary>Opens the ADC channel.</summary>
        public Battery(Pins pins)
        {
            AdcController adc = new AdcController();
            _channel = adc.OpenChannel(pins.BatteryAdcChannel);
            _fullScaleMillivolts = pins.AdcFullScaleMillivolts;
            _largestValue = adc.MaxValue > 0 ? adc.MaxValue : 4095;
        }

        /// <summary>Cell voltage in mV, smoothed; 0 before the first reading.</summary>
        public int Millivolts { get; private set; }

        /// <summary>Charge left, 0 to 100 %.</summary>
        public int Percent { get; private set; }

        /// <summary>Whether the charger is wanted. Without a reading, it is not.</summary>
        public bool IsLow
        {
            get { return Millivolts > 0 && Percent < LowPercent; }
        }

        /// <summary>Reads the ADC when it is time to. True when <see cref="Percent"/> changed.</summary>
        public bool Refresh(long nowMilliseconds)
        {
            if (nowMilliseconds < _nextReadMilliseconds)
            {
                return false;
            }

            _nextReadMilliseconds = nowMilliseconds + ReadEveryMilliseconds;
            int reading = _channel.ReadValue() * _fullScaleMillivolts * DividerRatio / _largestValue;
            Millivolts = Millivolts == 0 ? reading : (Millivolts * 3 + reading) / 4;
            int percent = PercentAt(Millivolts);
            bool changed = percent != Percent;
            Percent = percent;
            return changed;
        }

        /// <summary>Charge in % of a LiPo cell at rest at a voltage in mV: straight lines between the points of the
        /// curve.</summary>
        public static int PercentAt(int millivolts)
        {
            if (millivolts <= MillivoltsByTenth[0])
            {
                return 0;
            }

            for (int tenth = 1; tenth < MillivoltsByTenth.Length; tenth++)
            {
                int above = MillivoltsByTenth[tenth];
                if (millivolts < above)
                {
                    int below = MillivoltsByTenth[tenth - 1];
                    return (tenth - 1) * 10 + (millivolts - below) * 10 / (above - below);
                }
            }

            return 100;
        }
    }
}
