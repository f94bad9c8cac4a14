using Backstep.Protocol;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Sensor.Tests.Bluetooth;

public sealed class SessionTests
{
    [Fact]
    public void A_walk_makes_a_session_that_starts_pauses_goes_on_and_ends_by_itself()
    {
        var walker = new Walker(
            [
                new Stand(3), new Walk(WalkParameters.Backward(0.7), 20), new Stand(10),
                new Walk(WalkParameters.Backward(0.7), 20), new Stand(1),
            ],
            new WalkerSettings { HeadingDegrees = 180 });
        using var bench = new Bench(walker);
        bench.Connect();
        var heard = bench.HearOwn(Uuids.Session);

        bench.AdvanceTo(180);

        var sessions = heard.Values.Select(value => Protocol.Session.Decode(value.Value, out _)).ToArray();
        var states = sessions.Select(one => one.State).ToArray();
        SessionState[] changes = [.. states.Where((state, i) => i == 0 || state != states[i - 1])];
        Assert.Equal(
            [SessionState.Idle, SessionState.Active, SessionState.Paused, SessionState.Active, SessionState.Paused,
                SessionState.Ended], changes);
        Assert.All(sessions, one => Assert.Equal(one.State == SessionState.Idle ? 0 : 1, one.Id));
        for (var i = 1; i < sessions.Length; i++)
        {
            Assert.True(sessions[i].ElapsedSeconds >= sessions[i - 1].ElapsedSeconds);
            Assert.True(sessions[i].ActiveSeconds >= sessions[i - 1].ActiveSeconds);
            Assert.True(sessions[i].BackwardStrides >= sessions[i - 1].BackwardStrides);
            Assert.InRange(heard.Values[i].Seconds - heard.Values[i - 1].Seconds, 0, 1.07);
        }

        var last = sessions[^1];
        Assert.InRange(last.BackwardStrides, walker.Strides.Count - 2, walker.Strides.Count);
        Assert.Equal(0, last.ForwardStrides);
        Assert.InRange(last.ToeFirstPercent, 90, 100);
        Assert.Equal(Message.Missing, last.RailsHeldPercent);
        Assert.InRange(last.ActiveSeconds, 35, 40);
        var walked = walker.Strides[^1].ContactSeconds - walker.Strides[0].ClearanceSeconds;
        Assert.InRange(last.ElapsedSeconds, walked + 119, walked + 122);
        Assert.InRange(last.DistanceCentimeters, walker.Strides.Sum(one => one.LengthMeters) * 90,
            walker.Strides.Sum(one => one.LengthMeters) * 105);
        var seconds = walker.Strides.Where(one => one.StrideSeconds is { } time && time < 3)
            .Average(one => one.StrideSeconds!.Value);
        Assert.InRange(last.CadenceMeanStepsPerMinute, 120 / seconds - 2, 120 / seconds + 2);
        Assert.Equal(0, last.CadenceNowStepsPerMinute);
    }

    [Fact]
    public void Forward_strides_are_counted_apart()
    {
        var walker = new Walker([new Stand(3), new Walk(WalkParameters.Forward(1.1), 20), new Stand(1)]);
        using var bench = new Bench(walker);
        bench.Connect();
        bench.AdvanceTo(26);

        var session = bench.ReadSession();

        Assert.InRange(session.ForwardStrides, walker.Strides.Count - 2, walker.Strides.Count);
        Assert.Equal(0, session.BackwardStrides);
        Assert.Equal(Message.Missing, session.ToeFirstPercent);
    }

    [Fact]
    public void Standing_makes_no_session()
    {
        Assert.True(Scenarios.TryGet("standing", 3, out var walker));
        using var bench = new Bench(walker);
        bench.Connect();
        bench.AdvanceTo(60);

        var session = bench.ReadSession();

        Assert.Equal((SessionState.Idle, 0, 0), (session.State, session.Id, session.ElapsedSeconds));
        Assert.Equal(0, session.BackwardStrides + session.ForwardStrides + session.UnknownStrides);
        Assert.Equal(Message.Missing, session.CadenceMeanStepsPerMinute);
    }
}
