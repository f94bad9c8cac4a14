using Backstep.Protocol;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Sensor.Tests.Board;

public sealed class BoardTests
{
    [Fact]
    public void A_tap_starts_and_pauses_and_a_long_press_stops()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();

        Assert.Equal(SessionState.Active, After(bench, 0.2));
        Assert.Equal(SessionState.Paused, After(bench, 0.2));
        Assert.Equal(SessionState.Active, After(bench, 0.2));
        Assert.Equal(SessionState.Ended, After(bench, 1.2));
    }

    [Fact]
    public void Open_for_pairing_is_one_long_flash_searching_a_short_one_connected_two_and_walking_an_even_beat()
    {
        using var bench = new Bench(new Walker(
            [new Stand(15), new Walk(WalkParameters.Backward(0.7), 30)], new WalkerSettings { HeadingDegrees = 180 }));
        Assert.Equal("10", Flashes(bench));
        bench.Connect();
        bench.Advance(0.5);
        Assert.Equal("11", Flashes(bench));
        bench.AdvanceTo(25);

        Assert.Equal("55", Flashes(bench));

        using var later = new Bench(Bench.Standing());
        later.AdvanceTo(125);
        Assert.Equal("1", Flashes(later));
    }

    [Fact]
    public void A_weak_battery_flashes_three_times()
    {
        using var bench = new Bench(Bench.Standing(), new VirtualDeviceOptions { BatteryVolts = 3.5 });
        bench.Connect();
        bench.Advance(0.5);

        Assert.Equal("111", Flashes(bench));
    }

    [Fact]
    public void A_turned_clip_flashes_four_times_and_the_session_says_so_until_the_walker_stands()
    {
        using var bench = new Bench(new Walker(
            [new Stand(3), new Walk(WalkParameters.Backward(0.7), 30), new Stand(30)],
            new WalkerSettings { HeadingDegrees = 180, Place = SensorPlace.Laces with { YawDegrees = 70 } }));
        bench.Connect();
        var sessions = bench.HearOwn(Uuids.Session);
        bench.AdvanceTo(28);
        Assert.Equal("1111", Flashes(bench));
        Assert.True(Protocol.Session.Decode(sessions.Values[^1].Value, out _).LacksStrides);
        Assert.False(Protocol.Session.Decode(sessions.Values[0].Value, out _).LacksStrides);
        bench.AdvanceTo(50);
        Assert.Equal("11", Flashes(bench));
        Assert.False(Protocol.Session.Decode(sessions.Values[^1].Value, out _).LacksStrides);
    }

    [Fact]
    public void A_flash_that_cannot_be_written_shows_a_long_flash_and_a_short_one()
    {
        using var bench = new Bench(Bench.Backward(60));
        bench.AdvanceTo(15);
        bench.Device.Volume.Broken = true;
        bench.AdvanceTo(30);

        Assert.Equal("51", Flashes(bench));
    }

    [Theory]
    [InlineData(4.3, 100)]
    [InlineData(3.84, 50)]
    [InlineData(3.0, 0)]
    public void The_battery_level_is_read_through_the_divider(double volts, int percent)
    {
        using var bench = new Bench(Bench.Standing(), new VirtualDeviceOptions { BatteryVolts = volts });
        bench.Connect();

        var level = BatteryLevel.Decode(bench.Central.Read(Uuids.Battery, Uuids.BatteryLevel), out var error);

        Assert.Equal(DecodeError.None, error);
        Assert.InRange(level, percent - 2, percent + 2);
    }

    [Fact]
    public void A_falling_battery_is_notified_when_it_changes_and_only_then()
    {
        using var bench = new Bench(Bench.Standing(), new VirtualDeviceOptions { BatteryVolts = 4.1 });
        bench.Connect();
        var heard = bench.Hear(Uuids.Battery, Uuids.BatteryLevel);
        bench.Advance(60);
        Assert.Single(heard.Values);

        bench.Device.Pins.BatteryVolts = 3.7;
        bench.Advance(180);

        var levels = heard.Values.Select(value => (int)value.Value[0]).ToArray();
        Assert.InRange(levels.Length, 4, 20);
        Assert.Equal(levels.OrderDescending(), levels);
        Assert.InRange(levels[^1], 9, 14);
    }

    private static SessionState After(Bench bench, double seconds)
    {
        bench.Device.Pins.PressButton(TimeSpan.FromSeconds(seconds));
        bench.Advance(seconds + 0.3);
        return bench.ReadSession().State;
    }

    /// <summary>One cycle of 2 s as the lengths of its flashes in tenths of a second.</summary>
    private static string Flashes(Bench bench)
    {
        var changes = new List<(double Seconds, bool Lit)>();
        void Note(bool lit) => changes.Add((bench.Seconds, lit));
        bench.Device.Pins.LedChanged += Note;
        bench.Advance(6);
        bench.Device.Pins.LedChanged -= Note;

        // From the first dark-to-lit change on: the flashes of the two seconds before the longest darkness comes round
        // again.
        var lit = changes.Zip(changes.Skip(1)).Where(pair => pair.First.Lit)
            .Select(pair => (At: pair.First.Seconds, Tenths: Tenths(pair))).ToArray();
        var first = lit.Zip(lit.Skip(1)).Where(pair => pair.First.At < changes[0].Seconds + 2.1)
            .MaxBy(pair => pair.Second.At - pair.First.At).Second.At;
        return string.Concat(
            lit.Where(flash => flash.At > first - 0.05 && flash.At < first + 1.95).Select(flash => flash.Tenths));

        static int Tenths(((double Seconds, bool Lit) First, (double Seconds, bool Lit) Second) pair) =>
            (int)Math.Round((pair.Second.Seconds - pair.First.Seconds) * 10);
    }
}
