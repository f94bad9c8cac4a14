using Backstep.Protocol;
using Backstep.Sensor.Owner;
using Backstep.Sensor.Storage;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Board;
using Backstep.VirtualSensor.Radio;
using Backstep.VirtualSensor.Walker;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace Backstep.Sensor.Tests.Owner;

/// <summary>What somebody in reach can do to a sensor that is not his: the lines of the table in
/// firmware/Sensor/Bluetooth/README.md.</summary>
public sealed class StrangerTests
{
    private const ulong Strange = 0xBAD;
    private const int Mine = 271_828;
    private const double Closed = 125; // s: the two minutes after power-on are over

    [Theory]
    [InlineData(false, true)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    public void Pairing_outside_the_two_minutes_gives_nothing_and_leaves_nothing(bool wantsProof, bool bonds)
    {
        using var bench = Owned();
        var stranger = bench.Device.Radio.Connect(Strange);
        stranger.Encrypt(wantsProof, Passkey.Factory, bonds);

        AssertCommandsNothing(bench, stranger);
        Assert.Single(bench.Device.Radio.Host.Bonds);
        stranger.Disconnect();
        AssertOwnerIsBack(bench);
    }

    [Fact]
    public void Just_works_gives_nothing_even_within_the_two_minutes()
    {
        using var bench = new Bench(Bench.Standing());
        var stranger = bench.Device.Radio.Connect(Strange);
        stranger.Encrypt();

        Assert.True(stranger.IsEncrypted);
        AssertCommandsNothing(bench, stranger);
    }

    [Fact]
    public void Under_the_address_of_the_owner_he_makes_himself_known_as_nobody()
    {
        using var bench = Owned();
        var stranger = bench.Device.Radio.Connect();
        stranger.Encrypt(authenticated: false, bonds: false);

        AssertCommandsNothing(bench, stranger);
        stranger.Disconnect();

        // The library lets the owner's bond go; he presses the button and pairs again.
        Assert.Empty(bench.Device.Radio.Host.Bonds);
        Hold(bench, 4.5);
        AssertOwnerIsBack(bench);
    }

    [Fact]
    public void The_sensor_s_own_restart_opens_nothing()
    {
        using var bench = Owned();
        bench.Device.Radio.Connect(Strange);
        bench.Advance(303);
        Assert.Equal(2, bench.Device.Boots);

        bench.Advance(5);
        var stranger = bench.Device.Radio.Connect(Strange);
        stranger.Encrypt(true, Passkey.Factory);
        AssertCommandsNothing(bench, stranger);
    }

    [Fact]
    public void Nor_does_a_shoe_that_is_moved()
    {
        using var bench = new Bench(new Walker(
            [new Stand(700), new Walk(WalkParameters.Backward(0.7), 60)], new WalkerSettings { HeadingDegrees = 180 }));
        bench.AdvanceTo(706);
        Assert.Equal(2, bench.Device.Boots);
        var stranger = bench.Device.Radio.Connect(Strange);
        stranger.Encrypt(true, Passkey.Factory);

        AssertCommandsNothing(bench, stranger);
    }

    [Fact]
    public void Of_passkeys_he_tries_a_handful_in_the_two_minutes_and_none_outside()
    {
        using var bench = WithPasskey();
        Assert.InRange(TriesUntil(bench, 90), 5, 7);
        bench.AdvanceTo(Closed);
        Assert.Equal(0, TriesUntil(bench, Closed + 30));
        Assert.Equal(1, bench.Device.Boots);
    }

    [Fact]
    public void The_wait_grows_on_through_power_cuts()
    {
        using var bench = WithPasskey();
        var tries = 0;
        for (var start = 0; start < 10; start++)
        {
            // A guess as soon as one is taken; and the power goes before the sensor knows that it was wrong.
            tries += TriesUntil(bench, bench.Seconds + 8);
            bench.Device.PowerOff();
            bench.Advance(5);
            bench.Device.PowerOn();
            bench.Advance(1);
        }

        Assert.InRange(tries, 5, 7);
        Assert.True(new PasskeyStore(bench.Device.Volume).LoadTries() >= 5);
        bench.Advance(64);
        bench.Connect(encrypt: false);
        bench.Central.Encrypt(true, Mine);
        bench.Advance(0.5);
        Assert.Equal(0, new PasskeyStore(bench.Device.Volume).LoadTries());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_control_point_of_running_apps_is_the_owner_s_where_he_has_set_a_passkey(bool isSet)
    {
        using var bench = isSet ? WithPasskey() : new Bench(Bench.Standing());
        var stranger = bench.Device.Radio.Connect(Strange);
        bench.Advance(0.1);
        using var replies = stranger.Subscribe(Uuids.RunningSpeedAndCadence, Uuids.ScControlPoint, _ => { });
        void Write() => stranger.Write(Uuids.RunningSpeedAndCadence, Uuids.ScControlPoint, [1, 0, 0, 0, 0]);
        if (isSet)
        {
            Refused(Write);
            stranger.Encrypt();
            Refused(Write);
        }
        else
        {
            Write();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_passkey_that_cannot_be_read_is_locked(bool isVolumeDead)
    {
        var volume = new MemoryVolume { Broken = isVolumeDead };
        new PasskeyStore(volume).Save(Mine);
        volume.Unreadable.Add("passkey");
        using var bench = new Bench(Bench.Standing(), new VirtualDeviceOptions { Volume = volume });
        foreach (var digits in new[] { Passkey.Factory, Mine })
        {
            var stranger = bench.Device.Radio.Connect(Strange);
            stranger.Encrypt(true, digits);
            AssertCommandsNothing(bench, stranger);
            stranger.Disconnect();
        }

        // Who holds the shoe owns it.
        bench.Device.PowerOff();
        bench.Device.Pins.SetButton(true);
        bench.Device.PowerOn();
        bench.Advance(2);
        bench.Device.Pins.SetButton(false);
        AssertOwnerIsBack(bench);
    }

    [Fact]
    public void An_idle_link_is_dropped_at_most_three_times_and_then_the_sensor_falls_asleep_under_it()
    {
        var volume = new MemoryVolume();
        volume.Write("restart", [2], 1); // twice so far
        using var bench = new Bench(Bench.Standing(), new VirtualDeviceOptions { Volume = volume });
        bench.Device.Radio.Connect(Strange);
        bench.Advance(295);
        Assert.Equal(1, bench.Device.Boots);
        bench.Advance(10);
        Assert.Equal(2, bench.Device.Boots);
        Assert.NotNull(bench.Device.Radio.Advertisement);

        bench.Device.Radio.Connect(Strange);
        bench.Advance(590);
        Assert.False(bench.Device.IsAsleep);
        bench.Advance(30);
        Assert.True(bench.Device.IsAsleep);
        Assert.Equal(2, bench.Device.Boots);
    }

    [Fact]
    public void Once_the_owner_is_there_it_is_counted_anew()
    {
        var volume = new MemoryVolume();
        volume.Write("restart", [3], 1);
        using var bench = new Bench(Bench.Standing(), new VirtualDeviceOptions { Volume = volume });
        AssertOwnerIsBack(bench);
        Assert.DoesNotContain("restart", volume.List());
    }

    [Fact]
    public void Nobody_who_walks_is_interrupted_and_nobody_who_is_the_owner()
    {
        using var walking = new Bench(Bench.Backward(320));
        walking.Device.Radio.Connect(Strange);
        walking.AdvanceTo(320);
        Assert.Equal(1, walking.Device.Boots);

        using var standing = new Bench(Bench.Standing());
        standing.Connect();
        standing.AdvanceTo(320);
        Assert.Equal(1, standing.Device.Boots);
        Assert.True(standing.Central.IsConnected);
    }

    [Fact]
    public void Holding_the_button_for_four_seconds_drops_him_and_lets_the_owner_pair()
    {
        using var bench = Owned();
        var stranger = bench.Device.Radio.Connect(Strange);
        bench.Advance(5);
        Hold(bench, 4.5);
        Assert.False(stranger.IsConnected);
        bench.Advance(2);

        bench.Central = bench.Device.Radio.Connect(0xF00D);
        bench.Central.Encrypt(true, Passkey.Factory);
        bench.ReadConfiguration();
    }

    [Theory]
    [InlineData(0.2, SessionState.Active, false)]
    [InlineData(2, SessionState.Ended, false)]
    [InlineData(4.5, SessionState.Paused, true)] // by itself: nobody walks
    public void Only_the_longest_press_lets_pair_and_it_does_nothing_else(double seconds, SessionState after,
        bool pairs)
    {
        using var bench = Owned();
        AssertOwnerIsBack(bench);
        if (seconds > 1)
        {
            bench.Command(ControlCommand.Of(ControlOperation.Start));
        }

        Hold(bench, seconds);
        Assert.Equal(after, bench.ReadSession().State);
        bench.Central.Disconnect();
        bench.Central = bench.Device.Radio.Connect(0xF00D);
        bench.Central.Encrypt(true, Passkey.Factory);
        Assert.Equal(pairs, bench.Central.IsAuthenticated);
    }

    /// <summary>The owner has paired, and gone; the two minutes are over.</summary>
    private static Bench Owned()
    {
        var bench = new Bench(Bench.Standing());
        bench.Connect();
        bench.Central.Disconnect();
        bench.AdvanceTo(Closed);
        return bench;
    }

    private static Bench WithPasskey()
    {
        var volume = new MemoryVolume();
        new PasskeyStore(volume).Save(Mine);
        return new Bench(Bench.Standing(), new VirtualDeviceOptions { Volume = volume });
    }

    private static void Hold(Bench bench, double seconds)
    {
        bench.Device.Pins.PressButton(TimeSpan.FromSeconds(seconds));
        bench.Advance(seconds + 1);
    }

    /// <summary>Guesses as fast as the radio allows, on a new link each time as a stranger would. Returns how many
    /// were taken: those that the sensor answered with "wrong".</summary>
    private static int TriesUntil(Bench bench, double second)
    {
        var tries = 0;
        for (var guess = 0; bench.Seconds < second; guess++)
        {
            var stranger = bench.Device.Radio.Connect(Strange + (ulong)guess);
            try
            {
                stranger.Encrypt(authenticated: true, guess);
                Assert.False(stranger.IsAuthenticated);
            }
            catch (PairingException)
            {
                tries++;
            }

            stranger.Disconnect();
            bench.Advance(0.06);
        }

        return tries;
    }

    private static void AssertOwnerIsBack(Bench bench)
    {
        bench.Advance(1);
        bench.Connect();
        Assert.True(bench.Central.IsAuthenticated);
        bench.ReadConfiguration();
        bench.Command(ControlCommand.ReplayLog(0));
    }

    private static void AssertCommandsNothing(Bench bench, VirtualCentral stranger)
    {
        Assert.False(stranger.IsAuthenticated);
        List<byte[]> log = [];
        using var frames = stranger.Subscribe(Uuids.Backstep, Uuids.Log, log.Add);
        using var replies = stranger.Subscribe(Uuids.Backstep, Uuids.Control, log.Add);
        foreach (var command in new[] { ControlCommand.ReplayLog(0), ControlCommand.SetPasskey(1),
            ControlCommand.Of(ControlOperation.Forget), ControlCommand.Of(ControlOperation.Start) })
        {
            var buffer = new byte[ControlCommand.MaxLength];
            Refused(() => stranger.Write(Uuids.Backstep, Uuids.Control, buffer[..command.Encode(buffer, 0)]));
        }

        foreach (var closed in new[] { Uuids.Configuration, Uuids.RailBaselines })
        {
            Refused(() => stranger.Read(Uuids.Backstep, closed));
            Refused(() => stranger.Write(Uuids.Backstep, closed, [1]));
        }

        bench.Advance(2);
        Assert.Empty(log);
    }

    private static void Refused(Action action) =>
        Assert.Equal(GattProtocolError.InsufficientAuthentication, Assert.Throws<GattException>(action).AttError);
}
