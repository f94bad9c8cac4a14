using Backstep.Files.Recording;
using Backstep.Gait;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Companion.Tests.Recording;

/// <summary>Recordings of simulated walkers whose chip may lie in its box any way.</summary>
public static class WalkedRows
{
    /// <summary>The chip's axes are the clip's.</summary>
    public static readonly Mount Straight = Mount.Identity;

    /// <summary>The clip was put on back to front.</summary>
    public static readonly Mount BackToFront = new(-1, 0, 0, 0, -1, 0, 0, 0, 1);

    /// <summary>The chip stands on its edge, its x up and its y to the left.</summary>
    public static readonly Mount OnEdge = new(0, 0, -1, 0, 1, 0, 1, 0, 0);

    /// <summary>The chip lies with its y to the toes.</summary>
    public static readonly Mount Across = new(0, 1, 0, -1, 0, 0, 0, 0, 1);

    /// <summary>Stands 3 s, walks 20 s, stands 2 s, with a clip that is yawed, sloped and rolled a little.</summary>
    public static Walker Walker(Direction direction, Mount board) => new(
        [
            new Stand(3),
            new Walk(direction == Direction.Backward ? WalkParameters.Backward(0.7) : WalkParameters.Forward(1), 20),
            new Stand(2),
        ],
        new WalkerSettings
        {
            HeadingDegrees = direction == Direction.Backward ? 180 : 0,
            Place = SensorPlace.Laces with { PitchUpDegrees = -20, RollDegrees = 5, YawDegrees = 5, Board = board },
        });

    /// <summary>
    /// A toe clip that shakes on the shoe: turns about the foot's x so much faster than it walks that the foot turns
    /// only <paramref name="ratio"/> times as much about its y. Its true mount with it.
    /// </summary>
    public static (List<MotionRow> Rows, Mount Mount) Shaken(Direction direction, double ratio, double yawDegrees)
    {
        var turned = SensorPlace.Toes with { YawDegrees = yawDegrees };
        var walker = new Walker(
            [new Stand(3),
                new Walk(direction == Direction.Backward ? WalkParameters.Backward(0.7) : WalkParameters.Forward(0.9),
                    25), new Stand(2)],
            new WalkerSettings { HeadingDegrees = direction == Direction.Backward ? 180 : 0, Place = turned });
        var (rows, m) = (Of(walker), walker.Mount);
        double About(MotionRow row, float x, float y, float z) => (x * row.GxDps) + (y * row.GyDps) + (z * row.GzDps);
        double along = Math.Sqrt(rows.Average(row => Math.Pow(About(row, m.YX, m.YY, m.YZ), 2)));
        double across = Math.Sqrt(rows.Average(row => Math.Pow(About(row, m.XX, m.XY, m.XZ), 2)));
        double[] shaking =
            [
                .. rows.Select(
                    row => row.Seconds is < 5 or > 26 ? 0
                        : Math.Sin(row.Seconds * 2 * Math.PI * 13) * Math.Abs(About(row, m.YX, m.YY, m.YZ)))];
        double have = Math.Sqrt(shaking.Average(one => one * one)),
            need = Math.Sqrt(Math.Max(0, (along * along / ratio / ratio) - (across * across)));
        return ([.. rows.Zip(shaking, (row, one) => row with
        {
            GxDps = row.GxDps + (m.XX * one * need / have), GyDps = row.GyDps + (m.XY * one * need / have),
            GzDps = row.GzDps + (m.XZ * one * need / have),
        })], m);
    }

    /// <summary>What its chip feels, at 100 Hz.</summary>
    public static List<MotionRow> Of(Walker walker)
    {
        var rows = new List<MotionRow>();
        for (int i = 0; i < walker.Seconds * 100; i++)
        {
            var m = walker.At(i / 100.0);
            rows.Add(new MotionRow(i / 100.0, m.AxG, m.AyG, m.AzG, m.GxDps, m.GyDps, m.GzDps));
        }

        return rows;
    }
}
