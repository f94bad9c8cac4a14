namespace Backstep.Protocol
{
    /// <summary>Op codes of the SC Control Point (RSCS 1.0, 3.4.1).</summary>
    public enum ScOperation : byte
    {
        /// <summary>Set the total distance; operand: u32 in 0.1 m.</summary>
        SetCumulativeValue = 0x01,

        /// <summary>Start the sensor's calibration; no operand.</summary>
        StartCalibration = 0x02,

        /// <summary>Tell the sensor where it is worn; operand: u8 <see cref="SensorLocation"/>.</summary>
        UpdateLocation = 0x03,

        /// <summary>Ask for the supported locations; no operand.</summary>
        RequestLocations = 0x04,
    }
}
