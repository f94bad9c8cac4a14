namespace Iot.Device.Imu;

/// <summary>Values of register 0x1D, which only an MPU-6500 has.</summary>
public enum AccelerometerBandwidth
{
    Bandwidth1130Hz = 0,
    Bandwidth0460Hz = 8,
    Bandwidth0184Hz = 9,
    Bandwidth0092Hz = 10,
    Bandwidth0041Hz = 11,
    Bandwidth0020Hz = 12,
    Bandwidth0010Hz = 14,
    Bandwidth0005Hz = 15,
}

/// <summary>Full scale.</summary>
public enum AccelerometerRange
{
    Range02G = 0,
    Range04G = 1,
    Range08G = 2,
    Range16G = 3,
}

/// <summary>Axes in standby (0x6C).</summary>
[Flags]
public enum DisableModes
{
    DisableNone = 0,
    DisableAccelerometerX = 32,
    DisableAccelerometerY = 16,
    DisableAccelerometerZ = 8,
    DisableGyroscopeX = 4,
    DisableGyroscopeY = 2,
    DisableGyroscopeZ = 1,
}

/// <summary>What goes to the FIFO (0x23).</summary>
[Flags]
public enum FifoModes
{
    None = 0,
    I2CSlave0 = 1,
    I2CSlave1 = 2,
    I2CSlave2 = 4,
    Accelerometer = 8,
    GyroscopeZ = 16,
    GyroscopeY = 32,
    GyroscopeX = 64,
    Temperature = 128,
}

/// <summary>Low-pass filter (0x1A).</summary>
public enum GyroscopeBandwidth
{
    Bandwidth0250Hz = 0,
    Bandwidth0184Hz = 1,
    Bandwidth0092Hz = 2,
    Bandwidth0041Hz = 3,
    Bandwidth0020Hz = 4,
    Bandwidth0010Hz = 5,
    Bandwidth0005Hz = 6,
    Bandwidth3600Hz = 7,
    Bandwidth3600HzFS32 = -1,
    Bandwidth8800HzFS32 = -2,
}

/// <summary>Full scale.</summary>
public enum GyroscopeRange
{
    Range0250Dps = 0,
    Range0500Dps = 1,
    Range1000Dps = 2,
    Range2000Dps = 3,
}
