using Backstep.Gait;
using Backstep.Gym.Messages;

namespace Backstep.Gym.Tests.Keeping;

/// <summary>Messages as a gateway sends them; synthetic.</summary>
internal static class Told
{
    public const string Outbox = "0123456789abcdef";
    public const string Flash = "0a1b2c3d";

    public static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    public static Stride Stride(uint number) => new(
        sequence: number,
        contactMilliseconds: number * 1200,
        direction: Direction.Backward,
        landing: Landing.Toe,
        posture: Posture.Free,
        confidencePercent: 90,
        footStrikeHalfDegrees: -25,
        tiltHalfDegrees: 4,
        strideMilliseconds: 1200,
        swingMilliseconds: 400,
        lengthMillimeters: 600,
        impactTenthsG: 13,
        decisionMilliseconds: 300);

    public static DateTimeOffset At(uint number) => Noon.AddMilliseconds(1200 * number);

    public static StrideBatch Batch(long batch, string clip, IEnumerable<uint> numbers, int run = 7, int? session = 3,
        string gateway = "east", DateTimeOffset? at = null) => new(gateway, Outbox, batch, clip, true, Flash, run,
            session, [.. numbers.Select(number => StrideLine.Of(Stride(number), (at ?? Noon).AddMilliseconds(
                1200 * number)))]);

    public static IEnumerable<uint> Numbers(uint first, int count) =>
        Enumerable.Range((int)first, count).Select(number => (uint)number);

    public static ClipSession Session(long batch, string clip, int session = 3, int run = 7, string flash = Flash,
        int backward = 100, string gateway = "east", DateTimeOffset? started = null, DateTimeOffset? ended = null) =>
        new(
            Gateway: gateway,
            Outbox: Outbox,
            Batch: batch,
            Clip: clip,
            Simulated: true,
            Flash: flash,
            Run: run,
            Session: session,
            StartedAt: started ?? Noon,
            EndedAt: ended ?? Noon.AddMinutes(2),
            FirstNumber: 1,
            LastNumber: 100,
            ElapsedSeconds: 120,
            ActiveSeconds: 110,
            BackwardStrides: backward,
            ForwardStrides: 0,
            UnknownStrides: 0,
            ToeFirstPercent: 80,
            RailsHeldPercent: null,
            MeanCadenceStepsPerMinute: 100,
            DistanceMeters: 60.5,
            InclinePercent: null);
}
