namespace Backstep.VirtualSensor.Board;

/// <summary>Bandwidth and delay of the low-pass filters as the data sheets give them, by filter number.</summary>
internal static class MpuFilter
{
    /// <summary>MPU-6050, CONFIG: accelerometer (RM-MPU-6000A-00 rev 4.2, section 4.3).</summary>
    public static readonly (double Hertz, double Milliseconds)[] Mpu6050Accelerometer = [(260, 0), (184, 2.0),
        (94, 3.0), (44, 4.9), (21, 8.5), (10, 13.8), (5, 19.0), (260, 0)];

    /// <summary>MPU-6050, CONFIG: gyroscope (same table).</summary>
    public static readonly (double Hertz, double Milliseconds)[] Mpu6050Gyroscope = [(256, 0.98), (188, 1.9),
        (98, 2.8), (42, 4.8), (20, 8.3), (10, 13.4), (5, 18.6), (256, 0.98)];

    /// <summary>MPU-6500, ACCEL_CONFIG2 (RM-MPU-6500A-00 rev 2.1, section 4.8).</summary>
    public static readonly (double Hertz, double Milliseconds)[] Mpu6500Accelerometer =
        [(218.1, 1.88), (218.1, 1.88), (99, 2.88), (44.8, 4.88), (21.2, 8.87), (10.2, 16.83), (5.05, 32.48),
            (420, 1.38)];

    /// <summary>
    /// MPU-6886, CONFIG: gyroscope bandwidths (DS-000193, CONFIG); it gives no delays: those of the MPU-6500's
    /// filters.
    /// </summary>
    public static readonly (double Hertz, double Milliseconds)[] Mpu6886Gyroscope =
        [(250, 0.97), (176, 2.9), (92, 3.9), (41, 5.9), (20, 9.9), (10, 17.85), (5, 33.48), (250, 0.97)];

    /// <summary>MPU-6500, CONFIG: gyroscope (same document, section 4.6).</summary>
    public static readonly (double Hertz, double Milliseconds)[] Mpu6500Gyroscope = [(250, 0.97), (184, 2.9),
        (92, 3.9), (41, 5.9), (20, 9.9), (10, 17.85), (5, 33.48), (250, 0.97)];
}
