namespace Backstep.Sensor.Board
{
    /// <summary>
    /// Every pin of every board that the program knows, once, as GPIO numbers. <see cref="BoardFinder"/> chooses the
    /// board. wiring-diagram.md shows the same table; a test holds the two together. Which pins can wake the chip
    /// follows from the numbers: see <see cref="IdleSleep"/>.
    /// </summary>
    public sealed class Pins
    {
        /// <summary>The board has nothing of the kind.</summary>
        public const int None = -1;

        /// <summary>I2C bus number of nanoFramework: bus 1 is the ESP32's I2C port 0.</summary>
        public const int MotionBus = 1;

        private Pins()
        {
        }

        /// <summary>What the board is called.</summary>
        public string Board { get; private set; }

        /// <summary>I2C data to SDA of the motion chip.</summary>
        public int MotionData { get; private set; }

        /// <summary>I2C clock to SCL of the motion chip.</summary>
        public int MotionClock { get; private set; }

        /// <summary>
        /// INT of the motion chip, on a pin that can wake the ESP32 from deep sleep; <see cref="None"/> where it is
        /// not wired.
        /// </summary>
        public int MotionInterrupt { get; private set; }

        /// <summary>The status LED.</summary>
        public int StatusLed { get; private set; }

        /// <summary>Whether the LED is lit when its pin is low.</summary>
        public bool IsLedLitByLow { get; private set; }

        /// <summary>The push button to ground, on a pin that can wake the ESP32 from deep sleep.</summary>
        public int Button { get; private set; }

        /// <summary>Whether a resistor on the board pulls the button up; else the ESP32 does.</summary>
        public bool IsButtonPulledUp { get; private set; }

        /// <summary>Battery voltage through two equal resistors.</summary>
        public int BatteryVoltage { get; private set; }

        /// <summary>
        /// Channel of <see cref="BatteryVoltage"/> as nanoFramework numbers them: those of ADC1 first. ADC2 cannot be
        /// used while the radio is on.
        /// </summary>
        public int BatteryAdcChannel { get; private set; }

        /// <summary>Pin voltage at the ADC's largest value with its widest attenuation, in mV (nominal).</summary>
        public int AdcFullScaleMillivolts { get; private set; }

        /// <summary>
        /// High keeps the power on once the person lets go of the power button; <see cref="None"/> where power stays
        /// by itself.
        /// </summary>
        public int PowerHold { get; private set; }

        /// <summary>
        /// For the desk: ESP32-DevKitC-VE (module WROVER-E) and a GY-521. GPIO 21 and 22 are the ESP32's usual SDA and
        /// SCL. GPIO 33 is RTC_GPIO8 and GPIO 27 RTC_GPIO17 (ESP32 data sheet, section 2.2); GPIO 16 and 17 belong to
        /// the module's PSRAM. LED to ground through 1 kOhm. GPIO 35 is ADC1 channel 7 (nf-interpreter,
        /// ESP32_DeviceMapping.cpp). Not GPIO 0 for the button: holding that at power-up would start the boot loader.
        /// </summary>
        public static Pins DevKit()
        {
            return new Pins
            {
                Board = "ESP32-DevKitC-VE",
                MotionData = 21,
                MotionClock = 22,
                MotionInterrupt = 33,
                StatusLed = 2,
                Button = 27,
                BatteryVoltage = 35,
                BatteryAdcChannel = 7,
                AdcFullScaleMillivolts = 3300,
                PowerHold = None,
            };
        }

        /// <summary>
        /// For the shoe: Seeed XIAO ESP32S3 and a GY-521. D4 and D5 are its SDA and SCL, the LED on the board hangs on
        /// 3.3 V at GPIO 21 (Seeed wiki, "XIAO ESP32S3 pin multiplexing"). GPIO 0 to 21 are RTC pins (ESP32-S3 data
        /// sheet, section 2.3.3): INT at D0, the button at D1. The board has no battery divider: two resistors at D3,
        /// GPIO 4, which is ADC1 channel 3 (same data sheet, section 2.3.3; nf-interpreter numbers channel n of ADC1
        /// as n). Not D2, a strapping pin. 12 dB reach to 3.1 V (ESP-IDF, ADC calibration of the ESP32-S3).
        /// </summary>
        public static Pins Xiao()
        {
            return new Pins
            {
                Board = "XIAO ESP32S3",
                MotionData = 5,
                MotionClock = 6,
                MotionInterrupt = 1,
                StatusLed = 21,
                IsLedLitByLow = true,
                Button = 2,
                BatteryVoltage = 4,
                BatteryAdcChannel = 3,
                AdcFullScaleMillivolts = 3100,
                PowerHold = None,
            };
        }

        /// <summary>
        /// Nothing to solder: M5StickC Plus2. Motion chip MPU-6886 at 0x68 and clock BM8563 at 0x51 on GPIO 21 and 22,
        /// button A at GPIO 37, LED at GPIO 19, divider of the cell at GPIO 38, power hold at GPIO 4
        /// (docs.m5stack.com, "M5StickC PLUS2", PinMap; polarities in M5Unified, Power_Class.cpp). GPIO 38 is ADC1
        /// channel 2. INT of the motion chip is not in the maker's table: taken as not wired. GPIO 37 has no pull-up
        /// of its own, the board has one.
        /// </summary>
        public static Pins Stick()
        {
            return new Pins
            {
                Board = "M5StickC Plus2",
                MotionData = 21,
                MotionClock = 22,
                MotionInterrupt = None,
                StatusLed = 19,
                Button = 37,
                IsButtonPulledUp = true,
                BatteryVoltage = 38,
                BatteryAdcChannel = 2,
                AdcFullScaleMillivolts = 3300,
                PowerHold = 4,
            };
        }
    }
}
