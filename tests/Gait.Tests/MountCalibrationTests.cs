using Backstep.Gait;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Gait.Tests;

/// <summary>Stand still, rise on the toes three times: whichever way the board lies in its box and the clip sits on the
/// shoe.</summary>
public sealed class MountCalibrationTests
{
    // Boards lying flat, upside down, on edge, and turned half round.
    public static TheoryData<float[]> Boards() =>
    [
        new float[] { 1, 0, 0, 0, 1, 0, 0, 0, 1 },
        new float[] { -1, 0, 0, 0, -1, 0, 0, 0, 1 },
        new float[] { 0, -1, 0, 1, 0, 0, 0, 0, 1 },
        new float[] { 1, 0, 0, 0, -1, 0, 0, 0, -1 },
        new float[] { 0, 0, 1, 1, 0, 0, 0, 1, 0 },
    ];

    [Theory]
    [MemberData(nameof(Boards))]
    public void Finds_the_mount_sign_and_all(float[] board)
    {
        var place = SensorPlace.Laces with
        {
            Board = new Mount(board[0], board[1], board[2], board[3], board[4], board[5], board[6], board[7], board[8]),
            PitchUpDegrees = -25,
            RollDegrees = 6,
            YawDegrees = 9,
        };
        var walker = new Walker([new Stand(4), new RiseOnToes(), new Stand(3)],
            new WalkerSettings { Seed = 3, Place = place });
        var calibration = Run(walker);
        Assert.Equal(MountCalibrationState.Done, calibration.State);
        Assert.Equal(MountCalibration.RisesNeeded, calibration.Rises);

        var found = calibration.Found;
        var truth = walker.Mount;
        Assert.InRange(Degrees(found.XX, found.XY, found.XZ, truth.XX, truth.XY, truth.XZ), 0, 12);
        Assert.InRange(Degrees(found.YX, found.YY, found.YZ, truth.YX, truth.YY, truth.YZ), 0, 12);
        Assert.InRange(Degrees(found.ZX, found.ZY, found.ZZ, truth.ZX, truth.ZY, truth.ZZ), 0, 12);

        // And with it the engine knows backward from forward.
        var walk = new Walker(
            [new Stand(3), new Walk(WalkParameters.Backward(0.7), 30)],
            new WalkerSettings { Seed = 4, HeadingDegrees = 180, Place = place });
        var pairs = Walking.Of(walk, mount: found).Pairs;
        Assert.NotEmpty(pairs);
        Assert.All(pairs, p => Assert.Equal(Direction.Backward, p.Found.Direction));
    }

    [Fact]
    public void Waits_for_the_foot_to_stand_still()
    {
        var walk = new Walker([new Stand(1), new Walk(WalkParameters.Backward(0.7), 20)],
            new WalkerSettings { HeadingDegrees = 180 });
        var calibration = Run(walk);
        Assert.Null(calibration.Found);
        Assert.NotEqual(MountCalibrationState.Done, calibration.State);
    }

    [Fact]
    public void Rocking_from_heel_to_toe_and_back_is_refused()
    {
        var calibration = new MountCalibration();
        for (int i = 0; i < 200; i++)
        {
            calibration.Add(0, 0, 2048, 0, 0, 0);
        }

        // 25 degrees one way, back, 25 the other way, back: no side is "toes down".
        for (int swing = 0; swing < 8; swing++)
        {
            short rate = (short)((swing % 4 is 0 or 3 ? 100 : -100) * MotionScale.GyroscopeCountsPerDegreePerSecond);
            for (int i = 0; i < 25; i++)
            {
                calibration.Add(0, 0, 2048, 0, rate, 0);
            }

            calibration.Add(0, 0, 2048, 0, 0, 0);
        }

        Assert.Equal(MountCalibrationState.NotOneWay, calibration.State);
        Assert.Null(calibration.Found);
    }

    private static MountCalibration Run(Walker walker)
    {
        var calibration = new MountCalibration();
        foreach (var m in Sampler.Sample(walker, walker.Seconds,
            new SamplerOptions { GyroscopeBiasDps = new Vector3D(6, -4, 3) }))
        {
            calibration.Add(m.Ax, m.Ay, m.Az, m.Gx, m.Gy, m.Gz);
        }

        return calibration;
    }

    private static double Degrees(float ax, float ay, float az, float bx, float by, float bz) =>
        Math.Acos(Math.Clamp((ax * bx) + (ay * by) + (az * bz), -1, 1)) * 180 / Math.PI;
}
