namespace Backstep.VirtualSensor.Board;

/// <summary>Which register set a chip has.</summary>
internal enum ChipKind
{
    /// <summary>MPU-6050.</summary>
    Mpu6050,

    /// <summary>MPU-6500, MPU-9250, ICM-20689.</summary>
    Mpu6500,

    /// <summary>MPU-6886, ICM-20602.</summary>
    Mpu6886,
}

/// <summary>
/// What tells the families of motion chips apart, by WHO_AM_I, as their data sheets have it: MPU-6050 (RM-MPU-6000A-00
/// rev 4.2), MPU-6500 (RM-MPU-6500A-00 rev 2.1), MPU-6886 (DS-000193 rev 1.1). A number that no data sheet knows is a
/// copy of an MPU-6050.
/// </summary>
/// <param name="Kind">Register set.</param>
/// <param name="ResetPower">PWR_MGMT_1 out of reset: asleep (0x40), or on its clock.</param>
/// <param name="ResetConfig">CONFIG out of reset.</param>
/// <param name="FixedFifoBytes">Size of the FIFO; 0 where bits 7..6 of ACCEL_CONFIG2 choose it.</param>
/// <param name="CountsPerKelvin">Of the temperature sensor.</param>
/// <param name="ZeroCelsius">At which it says 0.</param>
/// <param name="Accelerometer">Filters by number.</param>
/// <param name="Gyroscope">Filters by number.</param>
internal sealed record ChipModel(
    ChipKind Kind,
    byte ResetPower,
    byte ResetConfig,
    int FixedFifoBytes,
    double CountsPerKelvin,
    double ZeroCelsius,
    (double Hertz, double Milliseconds)[] Accelerometer,
    (double Hertz, double Milliseconds)[] Gyroscope)
{
    private static readonly ChipModel Mpu6050 =
        new(ChipKind.Mpu6050, 0x40, 0x00, 1024, 340, 36.53, MpuFilter.Mpu6050Accelerometer, MpuFilter.Mpu6050Gyroscope);

    private static readonly ChipModel Mpu6500 =
        new(ChipKind.Mpu6500, 0x01, 0x00, 0, 333.87, 21, MpuFilter.Mpu6500Accelerometer, MpuFilter.Mpu6500Gyroscope);

    // Sections "CONFIG" (reset value 0x80), "PWR_MGMT_1" (0x41), 3.4 (326.8 counts per kelvin, 25 degrees).
    private static readonly ChipModel Mpu6886 =
        new(ChipKind.Mpu6886, 0x41, 0x80, 1024, 326.8, 25, MpuFilter.Mpu6500Accelerometer, MpuFilter.Mpu6886Gyroscope);

    /// <summary>Whether the accelerometer has a filter of its own.</summary>
    public bool HasOwnFilter => Kind != ChipKind.Mpu6050;

    /// <summary>The chip with that WHO_AM_I.</summary>
    public static ChipModel Of(byte whoAmI) => whoAmI switch
    {
        0x70 or 0x71 or 0x73 => Mpu6500,

        // ICM-20689 (DS-000143): the MPU-6500's registers; asleep out of reset.
        0x98 => Mpu6500 with { ResetPower = 0x40, CountsPerKelvin = 326.8, ZeroCelsius = 25 },
        0x19 => Mpu6886,

        // ICM-20602 (DS-000176, section 4.9): 1008 bytes.
        0x12 => Mpu6886 with { FixedFifoBytes = 1008 },
        _ => Mpu6050,
    };

    /// <summary>Size of the FIFO with a value of ACCEL_CONFIG2.</summary>
    public int FifoBytes(byte config2) => FixedFifoBytes > 0 ? FixedFifoBytes : 512 << (config2 >> 6);

    /// <summary>FIFO_EN's bit for a data register; a register with several bits is written for each of them.</summary>
    public byte FifoBits(int register) => (Kind, register) switch
    {
        (ChipKind.Mpu6886, <= 0x40) => 0x08,
        (ChipKind.Mpu6886, <= 0x42) => 0x18,
        (ChipKind.Mpu6886, _) => 0x10,
        (_, <= 0x40) => 0x08,
        (_, <= 0x42) => 0x80,
        (_, <= 0x44) => 0x40,
        (_, <= 0x46) => 0x20,
        _ => 0x10,
    };
}
