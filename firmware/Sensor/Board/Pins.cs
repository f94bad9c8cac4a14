namespace Backstep.Sensor.Board
{
    /// <summary>
    /// Every pin of the board, once. GPIO numbers of the classic ESP32 as both documented boards break them out: a 30-pin dev kit
    /// for the desk and a LOLIN D32 (with a LiPo socket) for the shoe. wiring-diagram.md shows the same table; a test holds the two together.
    /// </summary>
    public static class Pins
    {
        /// <summary>I2C bus number of nanoFramework: bus 1 is the ESP32's I2C port 0.</summary>
        public const int MotionBus = 1;

        /// <summary>I2C data to SDA of the GY-521. GPIO 21 is the ESP32's usual SDA.</summary>
        public const int MotionData = 21;

        /// <summary>I2C clock to SCL of the GY-521. GPIO 22 is the ESP32's usual SCL.</summary>
        public const int MotionClock = 22;

        /// <summary>INT of the GY-521. GPIO 33 is an RTC pin, so it can wake the ESP32 from deep sleep (ESP32 data sheet, section 2.2, RTC_GPIO8).</summary>
        public const int MotionInterrupt = 33;

        /// <summary>Status LED to ground through 1 kOhm, lit when high. GPIO 2 carries the blue LED of most dev kits.</summary>
        public const int StatusLed = 2;

        /// <summary>Push button to ground, pulled up inside the ESP32. Not GPIO 0: holding that at power-up would start the boot loader.</summary>
        public const int Button = 27;

        /// <summary>
        /// Battery voltage through two equal resistors (100 kOhm each): GPIO 35, which is ADC1 channel 7; the LOLIN D32 has that divider on board.
        /// ADC2 cannot be used while the radio is on (ESP32 technical reference manual, section 29.3).
        /// </summary>
        public const int BatteryVoltage = 35;

        /// <summary>Channel of <see cref="BatteryVoltage"/>: nanoFramework numbers ADC1's channels 0 to 7.</summary>
        public const int BatteryAdcChannel = 7;
    }
}
