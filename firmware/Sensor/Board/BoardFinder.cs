using System;
using System.Device.I2c;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Runtime.Native;

namespace Backstep.Sensor.Board
{
    /// <summary>
    /// On which board the program runs. The image says which processor it is, and the two boards of the classic ESP32
    /// have the motion chip's wires on the same pins, where only one of them has a clock chip beside it. To look for
    /// that one byte is read from its address: no pin is driven that could be something else on the other board.
    /// </summary>
    public static class BoardFinder
    {
        /// <summary>
        /// Images of the ESP32-S3 are called ESP32_S3_OCTAL, ESP32_S3_QUAD and, older, ESP32_S3_BLE, ESP32_S3_ALL
        /// (nf-interpreter, README).
        /// </summary>
        private const string Esp32S3 = "ESP32_S3";

        /// <summary>
        /// The clock chip BM8563 of the M5StickC Plus2 (its data sheet, section 8.4.1: 0xA2 and 0xA3 with the
        /// direction bit).
        /// </summary>
        private const int StickClockAddress = 0x51;

        /// <summary>The board's pins.</summary>
        public static Pins Find()
        {
            if (SystemInfo.TargetName.StartsWith(Esp32S3))
            {
                return Pins.Xiao();
            }

            Pins stick = Pins.Stick();
            return Answers(stick, StickClockAddress) ? stick : Pins.DevKit();
        }

        private static bool Answers(Pins pins, int address)
        {
            Configuration.SetPinFunction(pins.MotionData, DeviceFunction.I2C1_DATA);
            Configuration.SetPinFunction(pins.MotionClock, DeviceFunction.I2C1_CLOCK);
            using (I2cDevice device = I2cDevice.Create(new I2cConnectionSettings(Pins.MotionBus, address)))
            {
                return device.Read(new SpanByte(new byte[1])).Status == I2cTransferStatus.FullTransfer;
            }
        }
    }
}
