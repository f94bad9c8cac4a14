namespace Backstep.VirtualSensor.Board;

/// <summary>How good or bad the motion chip is.</summary>
public sealed record ChipOptions
{
    /// <summary>What it says in WHO_AM_I; it then is that chip (see <see cref="ChipModel"/>).</summary>
    public byte WhoAmI { get; init; } = VirtualMotionChip.Mpu6050Identity;

    /// <summary>Its I2C address: 0x68 with AD0 low, 0x69 with AD0 high.</summary>
    public int Address { get; init; } = 0x68;

    /// <summary>A register that keeps nothing of what is written to it; null for a chip in order.</summary>
    public byte? ForgetfulRegister { get; init; }

    /// <summary>The data sheet's noise times this; 0 for none.</summary>
    public double NoiseFactor { get; init; } = 1;

    /// <summary>Zero-g offset of each axis in g; drawn from the seed when null (sigma 15 mg; the data sheet allows 50
    /// to 80 mg).</summary>
    public (double X, double Y, double Z)? AccelerometerBiasG { get; init; }

    /// <summary>Zero-rate output of each axis in deg/s; drawn from the seed when null (sigma 1.5 deg/s; the data sheet
    /// allows 20 deg/s).</summary>
    public (double X, double Y, double Z)? GyroscopeBiasDps { get; init; }

    /// <summary>Temperature of the die at first.</summary>
    public double TemperatureCelsius { get; init; } = 28;

    /// <summary>How fast it warms up.</summary>
    public double WarmingKelvinPerMinute { get; init; }

    /// <summary>What each axis' zero-g offset moves by for each kelvin above 25 degrees Celsius, g (the data sheet: 35
    /// mg on x and y, 60 mg on z, over 0 to 70).</summary>
    public (double X, double Y, double Z) ZeroGPerKelvin { get; init; }

    /// <summary>How fast the chip's clock runs against the ESP32's: 0.01 is 1 % fast (the data sheet's tolerance with a
    /// gyro's PLL is 1 %).</summary>
    public double ClockError { get; init; }
}
