using System.Diagnostics.CodeAnalysis;
using Backstep.Gait;

namespace Backstep.VirtualSensor.Walker;

/// <summary>A scenario's name and what happens in it, in one line.</summary>
public sealed record Scenario(string Name, string Description);

/// <summary>The scenarios that can be asked for by name.</summary>
public static class Scenarios
{
    private static readonly (Scenario Scenario, Func<int, Walker> Make)[] Entries =
    [
        (new("backward", "stand 3 s, then 10 min backward, toes first, at 0.7 m/s up 5 %, a hand on the rail"),
            seed => OnTreadmill(seed, Steady())),
        (new("learning", "a beginner backward: landings wobble from flat to toes first, the rhythm settles, then the "
            + "hand leaves the rail"), seed => OnTreadmill(seed, Learning())),
        (new("heel-first", "backward, but wrong: rolls from heel to toes"), seed => OnTreadmill(seed, HeelFirst())),
        (new("tired", "backward, well at first, then slower steps that land ever flatter"),
            seed => OnTreadmill(seed, Tired())),
        (new("too-fast", "backward: the belt at 0.7 m/s, then a minute at 1.1 m/s, over the limit, heels first there; "
            + "then slow again"), seed => OnTreadmill(seed, TooFast())),
        (new("rails", "backward: 40 strides with a hand on the rail, 40 without, then in turns"),
            seed => OnTreadmill(seed, Rails())),
        (new("calibrating-rails",
            "backward: a minute and a half with the rails held, then as long without; for 'calibrate rails'"),
                seed => OnTreadmill(seed, CalibratingRails())),
        (new("one-hand", "backward: both hands on the rail, then only the one with a unit on its wrist, then none"),
            seed => OnTreadmill(seed, Hands(ArmPose.OneHandOnRail, Posture.Held))),
        (new("phone", "backward: hands on the rail, then free with a phone in the one with the unit, then on the "
            + "rail again"), seed => OnTreadmill(seed, Hands(ArmPose.PhoneInHand, Posture.Free))),
        (new("pockets", "the same with hands in pockets"),
            seed => OnTreadmill(seed, Hands(ArmPose.InPocket, Posture.Free))),
        (new("arms-crossed", "the same with arms crossed"),
            seed => OnTreadmill(seed, Hands(ArmPose.Crossed, Posture.Free))),
        (new("controls", "backward, hands on the rail; now and then one of them goes to the controls for 8 s"),
            seed => OnTreadmill(seed, Controls())),
        (new("low-belt", "backward on a belt at 2 %, where 5 % is the dose"),
            seed => OnTreadmill(seed, Steady(), inclinePercent: 2)),
        (new("hill", "four times backward up a 5 % hill for 30 s, and forward back down"),
            seed => new(Hill(), new WalkerSettings { Seed = seed, InclinePercent = 5, HeadingDegrees = 180 })),
        (new("forward", "stand 3 s, then 5 min forward at 1.2 m/s"),
            seed => OnGround(seed, [new Stand(3), new Walk(Forward(1.2), 300), new Stand(5)])),
        (new("dropout", "the same walk as backward, for a radio link that drops"), seed => OnTreadmill(seed, Steady())),
        (new("standing", "a minute of standing"), seed => OnGround(seed, [new Stand(60, 0.25)])),
        (new("shuffling", "a minute of small slides with the foot hardly lifted"),
            seed => OnGround(seed, [new Stand(3), new Shuffle(60), new Stand(2)])),
        (new("turning", "turning on the spot, both ways"), seed => OnGround(seed, Turning())),
        (new("mixed", "forward and backward with stops and turns between"), seed => OnGround(seed, Mixed())),
        (new("weight-shift", "a minute of shifting the weight"),
            seed => OnGround(seed, [new Stand(3), new ShiftWeight(60), new Stand(2)])),
        (new("tapping", "tapping the toes, then the heel"),
            seed => OnGround(seed, [new Stand(3), new Tap(30), new Tap(30, Heel: true), new Stand(2)])),
        (new("side-step", "a minute of steps to the side"),
            seed => OnGround(seed, [new Stand(3), new SideStep(48), new Stand(2)])),
        (new("side-rails", "off and on the running belt by the side rails, no stride in between"),
            seed => OnTreadmill(seed, SideRails())),
        (new("carry", "the shoe carried in a hand for a minute"),
            seed => OnGround(seed, [new Stand(3), new Carry(60), new Stand(2)])),
        (new("putting-on", "the shoe turned over in the hands, put on, stamped on the floor"),
            seed => OnGround(seed, PuttingOn())),
        (new("riding", "a minute in a car through town, the foot on the floor and on a pedal"), Riding),
        (new("sitting", "sitting for a minute, the foot on its heel"),
            seed => OnGround(seed, [new Stand(2), new Sit(60), new Stand(2)])),
        (new("calibrating", "stand 4 s, then rise on the toes three times"),
            seed => OnGround(seed, [new Stand(4), new RiseOnToes(), new Stand(3)])),
        (new("heel-raises", "again and again: stand 7 s, then rise on the toes three times; for 'calibrate mount' at "
            + "any moment"), seed => OnGround(seed, HeelRaises())),
        (new("running", "stand 3 s, then 2 min of easy forward running at 2.4 m/s"),
            seed => OnGround(seed, [new Stand(3), new Walk(Run(2.4), 120), new Stand(3)])),
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Scenario> All { get; } = [.. Entries.Select(e => e.Scenario)];

    /// <summary>Makes the walker of a scenario; the same name and seed give the same movement. False if there is no
    /// such name.</summary>
    public static bool TryGet(string name, int seed, [NotNullWhen(true)] out Walker? walker)
    {
        var entry = Array.Find(Entries, e => string.Equals(e.Scenario.Name, name, StringComparison.OrdinalIgnoreCase));
        walker = entry.Make?.Invoke(seed);
        return walker is not null;
    }

    /// <summary>A backward walker faces down a belt, of 5 % unless told otherwise, that shakes a little. Who stands on
    /// it has the hands on the rail.</summary>
    private static Walker OnTreadmill(int seed, IEnumerable<Segment> segments, double inclinePercent = 5) =>
        new(segments.Select(segment => segment is Stand ? segment with { Hand = ArmPose.OnRail } : segment),
            new WalkerSettings { Seed = seed, InclinePercent = inclinePercent, HeadingDegrees = 180,
                BeltVibrationG = 0.02 });

    private static Walker Riding(int seed) =>
        new([new Stand(3), new Ride(60), new Stand(2)], new WalkerSettings { Seed = seed, BeltVibrationG = 0.015 });

    private static IEnumerable<Segment> PuttingOn()
    {
        var inTheHands = new Carry(8) { HeightMeters = (0.05, 0.2), WayMeters = 0 };
        return [new Stand(3), inTheHands, new Tap(4, Heel: true), inTheHands with { Seconds = 5 }, new Tap(4),
            new Stand(2)];
    }

    private static Walker OnGround(int seed, IEnumerable<Segment> segments) =>
        new(segments, new WalkerSettings { Seed = seed });

    private static WalkParameters Backward(double metersPerSecond) =>
        WalkParameters.Backward(metersPerSecond) with { UnrestDegrees = 0.8 };

    private static WalkParameters Forward(double metersPerSecond) =>
        WalkParameters.Forward(metersPerSecond) with { UnrestDegrees = 0.8 };

    private static WalkParameters Run(double metersPerSecond) =>
        WalkParameters.Run(metersPerSecond) with { UnrestDegrees = 0.15 };

    private static Segment[] Steady() => [new Stand(3), Held(new Walk(Backward(0.7).RailsHeld(), 600)), new Stand(5)];

    /// <summary>In time with a companion that gives 15 s to get ready, 30 s of work and 60 s of rest.</summary>
    private static List<Segment> Hill()
    {
        List<Segment> segments = [new Stand(17)];
        for (var i = 0; i < 4; i++)
        {
            segments.AddRange([new Walk(Backward(0.6), 30), new Stand(5), new Walk(Forward(0.8), 45), new Stand(10)]);
        }

        return segments;
    }

    private static Segment[] Learning()
    {
        var skilled = Backward(0.6);
        var unsure = skilled with
        {
            FootStrikeDegrees = -2,
            FootStrikeDeviationDegrees = 6,
            TiltDegrees = 9,
            TiltDeviationDegrees = 4,
            StrideTimeVariationPercent = 9,
            LengthVariationPercent = 9,
            CadenceStepsPerMinute = skilled.CadenceStepsPerMinute - 8,
        };
        var settled = skilled with { StrideTimeVariationPercent = 3 };
        return
        [
            new Stand(3),
            Held(new Walk(unsure, 40) { StopSeconds = 0 }),
            Held(new Walk(unsure, 120) { To = settled, StartSeconds = 0, StopSeconds = 0 }),
            Held(new Walk(settled, 60) { StartSeconds = 0, StopSeconds = 0 }),
            Free(new Walk(skilled, 90) { StartSeconds = 0 }),
            new Stand(5),
        ];
    }

    private static Segment[] HeelFirst() =>
        [new Stand(3), Held(new Walk(Backward(0.7).LandingOn(Landing.Heel), 180)), new Stand(3)];

    private static Segment[] Tired()
    {
        var fresh = Backward(0.8);
        var weary = fresh with
        {
            FootStrikeDegrees = -2,
            FootStrikeDeviationDegrees = 3,
            ClearanceMeters = 0.02,
            CadenceStepsPerMinute = fresh.CadenceStepsPerMinute - 14,
            StrideTimeVariationPercent = 7,
            ImpactG = fresh.ImpactG + 1.5,
        };
        return
        [
            new Stand(3),
            Free(new Walk(fresh, 90) { StopSeconds = 0 }),
            Free(new Walk(fresh, 240) { StartSeconds = 0, To = weary }),
            new Stand(5),
        ];
    }

    // Whoever walks worst: too fast, and so the heel comes down first, too.
    private static Segment[] TooFast()
    {
        var slow = Backward(0.7).RailsHeld();
        var fast = Backward(1.1).LandingOn(Landing.Heel).RailsHeld();
        return
        [
            new Stand(3),
            Held(new Walk(slow, 30) { StopSeconds = 0 }),
            Held(new Walk(slow, 10) { To = fast, StartSeconds = 0, StopSeconds = 0 }),
            Held(new Walk(fast, 60) { StartSeconds = 0, StopSeconds = 0 }),
            Held(new Walk(fast, 10) { To = slow, StartSeconds = 0, StopSeconds = 0 }),
            Held(new Walk(slow, 120) { StartSeconds = 0 }),
            new Stand(5),
        ];
    }

    private static Segment[] Rails()
    {
        var free = Backward(0.7) with { StrideTimeVariationPercent = 7 };
        var held = free.RailsHeld();
        Walk On(WalkParameters walk, double strides) =>
            new(walk, strides * walk.StrideSeconds) { StartSeconds = 0, StopSeconds = 0 };
        return
        [
            new Stand(3),
            Held(new Walk(held, 3 + (40 * held.StrideSeconds)) { StopSeconds = 0 }),
            Free(On(free, 40)),
            Held(On(held, 60)),
            Free(On(free, 60)),
            Held(On(held, 60) with { StopSeconds = 3 }),
            new Stand(5),
        ];
    }

    // 40 strides of each take a minute; the rest is for connecting and for finding in.
    private static Segment[] CalibratingRails()
    {
        var free = Backward(0.7) with { StrideTimeVariationPercent = 6 };
        return
        [
            new Stand(3),
            Held(new Walk(free.RailsHeld(), 84) { StopSeconds = 0 }),
            Free(new Walk(free, 100) { StartSeconds = 0 }),
            new Stand(30),
        ];
    }

    // A minute on the rail, a minute as the name says, a minute of free or held hands: long enough for the shoe's
    // window as well.
    private static Segment[] Hands(ArmPose hand, Posture posture)
    {
        var free = Backward(0.7) with { StrideTimeVariationPercent = 7 };
        var held = free.RailsHeld();
        var then = new Walk(posture == Posture.Held ? held : free, 60) { StartSeconds = 0, StopSeconds = 0,
            Posture = posture, Hand = hand };
        return
        [
            new Stand(3),
            Held(new Walk(held, 63) { StopSeconds = 0 }),
            then,
            posture == Posture.Held ? Free(new Walk(free, 60) { StartSeconds = 0 })
                : Held(new Walk(held, 60) { StartSeconds = 0 }),
            new Stand(5),
        ];
    }

    private static Segment[] Controls()
    {
        var held = (Backward(0.7) with { StrideTimeVariationPercent = 7 }).RailsHeld();
        var onRail = Held(new Walk(held, 25) { StartSeconds = 0, StopSeconds = 0 });
        var atControls = new Walk(held, 8) { StartSeconds = 0, StopSeconds = 0, Posture = Posture.Free,
            Hand = ArmPose.AtControls };
        return
        [
            new Stand(3),
            onRail with { StartSeconds = 3, Seconds = 40 },
            .. Enumerable.Range(0, 4).SelectMany(_ => new Segment[] { atControls, onRail }),
            atControls,
            onRail with { StopSeconds = 3 },
            new Stand(5),
        ];
    }

    // Minutes of it: whoever calibrates may connect whenever.
    private static Segment[] HeelRaises() =>
        [.. Enumerable.Range(0, 20).SelectMany(_ => new Segment[] { new Stand(7), new RiseOnToes() })];

    private static Segment[] Turning() =>
        [new Stand(3), new Turn(180), new Stand(2), new Turn(-180), new Stand(2), new Turn(360), new Stand(2),
            new Turn(-360), new Stand(2), new Turn(90), new Turn(-90), new Stand(2)];

    private static Segment[] Mixed() =>
    [
        new Stand(3),
        new Walk(Forward(1.1), 40),
        new Stand(4),
        new Walk(Backward(0.6), 40),
        new Stand(3),
        new Turn(180),
        new Stand(2),
        new Walk(Backward(0.9), 40),
        new ShiftWeight(6),
        new Walk(Forward(0.8), 30) { To = Forward(1.4) },
        new Stand(4),
    ];

    private static Segment[] SideRails()
    {
        List<Segment> segments = [new Stand(3)];
        for (var i = 0; i < 6; i++)
        {
            segments.AddRange(
                [new StepOff(), new Stand(2), new StepOn(0.5), new StepOff(), new Stand(1.5), new StepOn()]);
        }

        return [.. segments, new Stand(3)];
    }

    private static Walk Held(Walk walk) => walk with { Posture = Posture.Held };

    private static Walk Free(Walk walk) => walk with { Posture = Posture.Free };
}
