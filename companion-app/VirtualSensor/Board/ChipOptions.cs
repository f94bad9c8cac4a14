namespace Backstep.VirtualSensor.Board;

/// <summary>How good or bad the motion chip is.</summary>
public sealed record ChipOptions
{
    /// <summary>0x68 MPU-6050; 0x70 MPU-6500, as many boards carry; anything else is an unknown chip.</summary>
    public byte WhoAmI { get; init; } = VirtualMpu6050.Mpu6050Identity;

    /// <summary>The data sheet's noise times this; 0 for none.</summary>
    public double NoiseFactor { get; init; } = 1;

    /// <summary>Zero-g offset of each axis in g; drawn from the seed when null (sigma 15 mg; the data sheet allows 50 to 80 mg).</summary>
    public (double X, double Y, double Z)? AccelerometerBiasG { get; init; }

    /// <summary>Zero-rate output of each axis in deg/s; drawn from the seed when null (sigma 1.5 deg/s; the data sheet allows 20 deg/s).</summary>
    public (double X, double Y, double Z)? GyroscopeBiasDps { get; init; }

    /// <summary>Temperature of the die.</summary>
    public double TemperatureCelsius { get; init; } = 28;

    /// <summary>How fast the chip's clock runs against the ESP32's: 0.01 is 1 % fast (the data sheet's tolerance with a gyro's PLL is 1 %).</summary>
    public double ClockError { get; init; }
}
