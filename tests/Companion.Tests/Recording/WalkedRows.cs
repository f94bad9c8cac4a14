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
