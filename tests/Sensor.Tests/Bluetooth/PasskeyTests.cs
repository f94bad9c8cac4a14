using Backstep.Protocol;
using Backstep.Sensor.Owner;
using Backstep.Sensor.Storage;
using Backstep.VirtualSensor.Processing;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Board;
using Backstep.VirtualSensor.Radio;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace Backstep.Sensor.Tests.Bluetooth;

public sealed class PasskeyTests
{
    private const byte InsufficientAuthentication = 0x05;
    private const int Mine = 42; // entered as 000042

    [Fact]
    public void Set_answered_and_a_second_later_in_force()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();

        Assert.Equal(ControlResult.Success, bench.Command(ControlCommand.SetPasskey(Mine)).Result);
        Assert.True(bench.Central.IsConnected);
        bench.Advance(3);

        Assert.False(bench.Central.IsConnected);
        Assert.Equal(2, bench.Device.Boots);
        AssertClosed(bench);
        AssertOpens(bench, Mine);
    }

    [Fact]
    public void Measurements_stay_open()
    {
        using var bench = WithPasskey();
        bench.Connect(encrypt: false);
        var rsc = bench.Hear(Uuids.RunningSpeedAndCadence, Uuids.RscMeasurement);
        bench.HearOwn(Uuids.Stride);
        bench.ReadSession();
        bench.Advance(3);

        Assert.InRange(rsc.Values.Count, 2, 4);
    }

    [Fact]
    public void The_wrong_digits_do_not_open_it_and_the_right_ones_do_afterwards()
    {
        using var bench = WithPasskey();
        bench.Connect(encrypt: false);

        Assert.Throws<PairingException>(() => bench.Central.Encrypt(authenticated: true, Mine + 1));
        Assert.False(bench.Central.IsEncrypted);
        bench.Advance(1.2);
        AssertOpens(bench, Mine);
    }

    [Fact]
    public void A_bond_of_before_is_gone_and_pairing_again_makes_another()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();
        Assert.Single(bench.Device.Radio.Host.Bonds);
        bench.Command(ControlCommand.SetPasskey(Mine));
        bench.Advance(3);
        Assert.Empty(bench.Device.Radio.Host.Bonds);

        AssertClosed(bench);
        AssertOpens(bench, Mine);
        Assert.Single(bench.Device.Radio.Host.Bonds);
    }

    [Fact]
    public void It_survives_the_power_going_and_so_does_who_was_paired_by_it()
    {
        using var bench = WithPasskey();
        AssertOpens(bench, Mine);
        bench.Device.PowerOff();
        bench.Advance(5);
        bench.Device.PowerOn();
        bench.Advance(2);

        bench.Connect();
        Assert.True(bench.Central.IsAuthenticated);
        bench.ReadConfiguration();
    }

    [Fact]
    public void Changed_it_deletes_the_bonds_of_the_old_one()
    {
        using var bench = WithPasskey();
        AssertOpens(bench, Mine);
        Assert.Equal(ControlResult.Success, bench.Command(ControlCommand.SetPasskey(999_999)).Result);
        bench.Advance(3);

        Assert.Empty(bench.Device.Radio.Host.Bonds);
        bench.Connect(encrypt: false);
        Assert.Throws<PairingException>(() => bench.Central.Encrypt(authenticated: true, Mine));
        bench.Advance(1.2);
        AssertOpens(bench, 999_999);
    }

    [Fact]
    public void Set_to_what_it_is_it_changes_nothing()
    {
        using var bench = WithPasskey();
        AssertOpens(bench, Mine);
        Assert.Equal(ControlResult.Success, bench.Command(ControlCommand.SetPasskey(Mine)).Result);
        bench.Advance(5);

        Assert.True(bench.Central.IsConnected);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cleared_or_forgotten_the_factory_s_passkey_opens_it_again(bool forget)
    {
        using var bench = WithPasskey();
        AssertOpens(bench, Mine);
        Assert.Equal(
            ControlResult.Success,
            bench.Command(forget ? ControlCommand.Of(ControlOperation.Forget) : ControlCommand.ClearPasskey()).Result);
        bench.Advance(3);

        Assert.Equal(2, bench.Device.Boots);
        bench.Device.Radio.Host.DeleteBond(null);
        bench.Connect();
        Assert.True(bench.Central.IsAuthenticated);
        bench.ReadConfiguration();
        Assert.DoesNotContain("passkey", bench.Device.Volume.List());
    }

    [Fact]
    public void Held_at_power_up_the_button_makes_the_sensor_forget_passkey_and_pairing()
    {
        using var bench = WithPasskey();
        AssertOpens(bench, Mine);
        bench.Device.PowerOff();
        bench.Device.Pins.SetButton(true);
        bench.Device.PowerOn();
        bench.Advance(2);
        bench.Device.Pins.SetButton(false);
        bench.Advance(3);

        Assert.Empty(bench.Device.Radio.Host.Bonds);
        bench.Connect();
        Assert.True(bench.Central.IsAuthenticated);
        bench.ReadConfiguration();
    }

    [Fact]
    public void Not_while_a_session_runs_nor_when_the_flash_refuses()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();
        bench.Command(ControlCommand.Of(ControlOperation.Start));
        Assert.Equal(ControlResult.NotNow, bench.Command(ControlCommand.SetPasskey(Mine)).Result);
        bench.Command(ControlCommand.Of(ControlOperation.Stop));
        bench.Advance(6);
        bench.Device.Volume.Broken = true;
        Assert.Equal(ControlResult.StorageFailed, bench.Command(ControlCommand.SetPasskey(Mine)).Result);
        bench.Advance(3);

        Assert.Equal(1, bench.Device.Boots);
        bench.ReadConfiguration();
    }

    [Fact]
    public void A_session_that_has_just_ended_is_on_the_flash_before_the_restart()
    {
        using var bench = new Bench(Bench.Backward(30));
        bench.Connect();
        bench.AdvanceTo(25);
        var walked = bench.ReadSession().BackwardStrides;
        Assert.True(walked > 5);
        bench.Command(ControlCommand.Of(ControlOperation.Stop));
        Assert.Equal(ControlResult.Success, bench.Command(ControlCommand.SetPasskey(Mine)).Result);
        bench.Advance(10);
        Assert.Equal(2, bench.Device.Boots);

        AssertOpens(bench, Mine);
        var log = bench.HearOwn(Uuids.Log);
        bench.Command(ControlCommand.ReplayLog(0));
        bench.Advance(3);
        Assert.InRange(
            log.Values.Where(value => value.Value.Length % StrideCodec.Length == 0)
                .Sum(value => value.Value.Length / StrideCodec.Length), walked, walked + 2);
    }

    [Fact]
    public void A_file_that_cannot_be_read_closes_it_to_all_until_the_button_is_held()
    {
        var volume = new MemoryVolume();
        new PasskeyStore(volume).Save(Mine);
        var content = volume.Read("passkey");
        content[0] ^= 1;
        volume.Write("passkey", content, content.Length);
        Assert.Equal(PasskeyStore.Unreadable, new PasskeyStore(volume).Load());

        using var bench = new Bench(Bench.Standing(), new VirtualDeviceOptions { Volume = volume });
        AssertClosed(bench);
        bench.Central.Disconnect();
        bench.Connect(encrypt: false);
        bench.Central.Encrypt(authenticated: true, Mine);
        Assert.False(bench.Central.IsAuthenticated);
        bench.Device.PowerOff();
        bench.Device.Pins.SetButton(true);
        bench.Device.PowerOn();
        bench.Advance(2);
        bench.Connect();
        bench.ReadConfiguration();
    }

    [Fact]
    public void The_power_going_at_any_byte_leaves_the_old_one_or_the_new_one()
    {
        foreach (var old in new[] { PasskeyStore.None, 7 })
        {
            for (var bytes = 0; bytes < 9; bytes++)
            {
                var volume = new MemoryVolume();
                if (old != PasskeyStore.None)
                {
                    new PasskeyStore(volume).Save(old);
                }

                volume.LosePowerAfter(bytes);
                try
                {
                    new PasskeyStore(volume).Save(Mine);
                }
                catch (PowerOffException)
                {
                }

                Assert.Contains(new PasskeyStore(volume).Load(), new[] { old, Mine });
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(999_999)]
    public void Every_passkey_is_loaded_as_it_was_saved(int passkey)
    {
        var volume = new MemoryVolume();
        Assert.Equal(PasskeyStore.None, new PasskeyStore(volume).Load());
        Assert.True(new PasskeyStore(volume).Save(passkey));
        Assert.Equal(passkey, new PasskeyStore(volume).Load());
        Assert.True(new PasskeyStore(volume).Forget());
        Assert.Equal(PasskeyStore.None, new PasskeyStore(volume).Load());
    }

    private static Bench WithPasskey()
    {
        var volume = new MemoryVolume();
        new PasskeyStore(volume).Save(Mine);
        return new Bench(Bench.Standing(), new VirtualDeviceOptions { Volume = volume });
    }

    /// <summary>A link that is encrypted only may neither read nor write what is closed.</summary>
    private static void AssertClosed(Bench bench)
    {
        bench.Connect(encrypt: false);
        bench.Central.Encrypt();
        Assert.False(bench.Central.IsAuthenticated);
        bench.HearOwn(Uuids.Control);
        Refused(() => bench.Central.Read(Uuids.Backstep, Uuids.Configuration));
        Refused(() => bench.Central.Write(Uuids.Backstep, Uuids.Configuration, [1]));
        Refused(() => bench.Central.Write(Uuids.Backstep, Uuids.Control, [(byte)ControlOperation.Start]));
        Assert.Equal(SessionState.Idle, bench.ReadSession().State);
    }

    private static void AssertOpens(Bench bench, int passkey)
    {
        if (!bench.Central?.IsConnected ?? true)
        {
            bench.Connect(encrypt: false);
        }

        bench.Central!.Encrypt(authenticated: true, passkey);
        Assert.True(bench.Central.IsAuthenticated);
        bench.ReadConfiguration();
        Assert.Equal(ControlResult.NotNow, bench.Command(ControlCommand.Of(ControlOperation.Pause)).Result);
    }

    private static void Refused(Action action) =>
        Assert.Equal(InsufficientAuthentication, Assert.Throws<GattException>(action).AttError);
}
