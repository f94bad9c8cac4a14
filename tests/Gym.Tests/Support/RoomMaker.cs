using Backstep.Gait;
using Backstep.Gym.Board;
using Backstep.Gym.Keeping;
using Backstep.Gym.Messages;
using Backstep.Walks.Strides;
using Microsoft.Extensions.Logging.Abstractions;

namespace Backstep.Gym.Tests.Support;

/// <summary>A room with belts, each with a clip, all made up; and messages as a gateway would send them.</summary>
internal sealed class RoomMaker
{
    /// <summary>The gateway that sends.</summary>
    public const string Gateway = "gw-1";

    private readonly TimeProvider _time;
    private readonly Dictionary<int, uint> _numbers = [];

    public RoomMaker(TimeProvider time, int belts, Units? units = null)
    {
        _time = time;
        Book = new RoomBook(Store, time, NullLogger<RoomBook>.Instance);
        Model = new BoardModel(Book, new BoardOptions { Units = units ?? Units.Metric }, time);
        Desk = new RoomDesk(Store, Book, Model, time);
        var none = CancellationToken.None;
        for (int i = 1; i <= belts; i++)
        {
            Store.KeepBeltAsync(new RoomBelt(i, KeyOf(i)), none).GetAwaiter().GetResult();
            Store.KeepClipAsync(new RoomClip(ClipOf(i), i, $"Backstep {i}", i, Gateway, Simulated: true, "0.2.0", 80,
                time.GetUtcNow()), none).GetAwaiter().GetResult();
        }

        Book.ReloadAsync(none).GetAwaiter().GetResult();
    }

    public RoomStoreInMemory Store { get; } = new();

    public RoomBook Book { get; }

    public BoardModel Model { get; }

    public RoomDesk Desk { get; }

    public static string ClipOf(int belt) => $"clip-{belt}";

    public static string KeyOf(int belt) => $"key{belt:0000000000000}";

    /// <summary>What a clip tells of itself.</summary>
    public ClipLive Live(int belt, string state = "active", int walked = 60) => new(
        Gateway: Gateway,
        Clip: ClipOf(belt),
        Name: $"Backstep {belt}",
        At: _time.GetUtcNow(),
        Simulated: true,
        Link: ClipLive.Up,
        SignalDbm: -60,
        BatteryPercent: 80,
        Firmware: "0.2.0",
        Placement: "left",
        Flash: "00000001",
        Session: 1,
        State: state,
        ElapsedSeconds: walked,
        ActiveSeconds: walked,
        BackwardStrides: walked,
        ForwardStrides: 0,
        UnknownStrides: 0,
        ToeFirstPercent: 92,
        RailsHeldPercent: 50,
        CadenceStepsPerMinute: 96,
        MeanCadenceStepsPerMinute: 95,
        DistanceMeters: 0.6 * walked,
        InclinePercent: 5,
        IsRhythmSettled: false,
        LacksStrides: false,
        Rails: "held");

    /// <summary>A batch with the next stride of a belt.</summary>
    public StrideBatch Next(int belt, Landing landing = Landing.Toe, Direction direction = Direction.Backward,
        int millimeters = 600, TimeSpan ago = default)
    {
        uint number = _numbers[belt] = _numbers.GetValueOrDefault(belt) + 1;
        return Batch(belt, number, landing, direction, millimeters, ago);
    }

    /// <summary>A batch with one stride.</summary>
    public StrideBatch Batch(int belt, uint number, Landing landing = Landing.Toe,
        Direction direction = Direction.Backward, int millimeters = 600, TimeSpan ago = default) =>
        new(Gateway, "0123456789abcdef", number, ClipOf(belt), Simulated: true, "00000001", Run: 1, Session: 1,
            [StrideLine.Of(Stride(number, landing, direction, millimeters), _time.GetUtcNow() - ago)]);

    public static Stride Stride(uint number, Landing landing = Landing.Toe, Direction direction = Direction.Backward,
        int millimeters = 600) => new(
        sequence: number,
        contactMilliseconds: number * 1250,
        direction: direction,
        landing: landing,
        posture: Posture.Held,
        confidencePercent: 95,
        footStrikeHalfDegrees: landing == Landing.Heel ? 30 : -30,
        tiltHalfDegrees: 2,
        strideMilliseconds: 1250,
        swingMilliseconds: 450,
        lengthMillimeters: millimeters,
        impactTenthsG: 14,
        decisionMilliseconds: 300);
}
