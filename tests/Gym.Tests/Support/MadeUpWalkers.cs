using Backstep.Gait;
using Backstep.Gym.Messages;

namespace Backstep.Gym.Tests.Support;

/// <summary>A room in which every belt does something else, at the rate of real clips: a message a second, and a stride
/// each 1.25 s. Made up; it looks like a gym and measures nothing.</summary>
internal sealed class MadeUpWalkers(RoomMaker room, int belts)
{
    private const int FallsSilentAfterSeconds = 12;
    private const int StrideEachTenths = 12;

    private int _tenths;

    /// <summary>A belt that falls silent after a while; 0 where there are too few.</summary>
    public int Silent => belts >= 5 ? 5 : 0;

    /// <summary>Goes on by a tenth of a second.</summary>
    public void Step()
    {
        _tenths++;
        for (int belt = 1; belt <= belts; belt++)
        {
            bool isOut = belt == Silent && _tenths > FallsSilentAfterSeconds * 10;
            if (!isOut && (_tenths + (belt * 7)) % 10 == 0)
            {
                room.Model.Apply(Live(belt));
            }

            if (!isOut && Kind(belt) is not (5 or 10) && (_tenths + (belt * 5)) % StrideEachTenths == 0)
            {
                room.Model.Apply(Stride(belt));
            }
        }
    }

    private static int Kind(int belt) => (belt - 1) % 12;

    private ClipLive Live(int belt)
    {
        int walked = Walked(belt);
        var live = room.Live(belt, Kind(belt) switch { 5 => "paused", 10 => "idle", _ => "active" }, walked) with
        {
            CadenceStepsPerMinute = 92 + (belt % 9) + (_tenths / 10 % 3),
            ToeFirstPercent = Kind(belt) == 1 ? 34 : 88 + (belt % 10),
            Rails = belt % 3 == 0 ? "free" : "held",
        };
        return Kind(belt) switch
        {
            6 => live with { BatteryPercent = 9 },
            7 => live with { Link = ClipLive.Lost },
            9 => live with { InclinePercent = 0.4 },
            _ => live,
        };
    }

    private int Walked(int belt) => Kind(belt) switch
    {
        2 => 905,
        3 => 302,
        _ => 20 + (belt * 37 % 200),
    } + (_tenths / 10);

    private StrideBatch Stride(int belt) => Kind(belt) switch
    {
        1 => room.Next(belt, _tenths % 5 == 0 ? Landing.Flat : Landing.Heel),
        4 => room.Next(belt, millimeters: 1700),
        8 => room.Next(belt, direction: Direction.Forward),
        11 => room.Next(belt, _tenths % 4 == 0 ? Landing.Flat : Landing.Toe),
        _ => room.Next(belt),
    };
}
