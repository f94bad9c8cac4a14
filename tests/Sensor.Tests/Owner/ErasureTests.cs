using Backstep.Protocol;
using Backstep.Sensor.Owner;
using Backstep.Sensor.Storage;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Board;
using Backstep.VirtualSensor.Radio;

namespace Backstep.Sensor.Tests.Owner;

/// <summary>Forget: all or nothing, erased first, unlocked last.</summary>
public sealed class ErasureTests
{
    private const int Mine = 271_828;

    [Fact]
    public void With_the_power_going_at_any_step_no_stranger_reads_a_frame_and_it_goes_on_or_all_is_as_before()
    {
        var outcomes = new HashSet<bool>();
        for (var bytes = 0; bytes < 30; bytes++)
        {
            using var bench = Walked();
            bench.HearOwn(Uuids.Control);
            bench.Device.Volume.LosePowerAfter(bytes);
            try
            {
                bench.Central.Write(Uuids.Backstep, Uuids.Control, [(byte)ControlOperation.Forget]);
                bench.Advance(6);
            }
            catch (LinkLostException)
            {
            }

            bench.Device.PowerOff();
            bench.Device.Volume.LosePowerAfter(long.MaxValue);
            bench.Advance(5);
            bench.Device.PowerOn();
            bench.Advance(0.7);
            AssertStrangerReadsNothing(bench);
            bench.Advance(6);
            outcomes.Add(AssertAllOrNothing(bench));
        }

        Assert.Contains(true, outcomes);
    }

    [Theory]
    [InlineData("walk1")]
    [InlineData("configuration")]
    [InlineData("rails")]
    [InlineData("passkey")]
    public void What_the_flash_does_not_delete_is_hidden_and_locked_and_erased_later(string file)
    {
        using var bench = Walked();
        bench.Device.Volume.Undeletable.Add(file);
        Assert.Equal(ControlResult.StorageFailed, bench.Command(ControlCommand.Of(ControlOperation.Forget)).Result);
        bench.Advance(6);
        Restart(bench);
        AssertStrangerReadsNothing(bench);
        Assert.Equal(Mine, new PasskeyStore(bench.Device.Volume).Load());

        bench.Device.Volume.Undeletable.Clear();
        Restart(bench);
        bench.Advance(6);
        Assert.True(AssertAllOrNothing(bench));
    }

    [Fact]
    public void A_flash_that_takes_no_mark_keeps_everything()
    {
        using var bench = Walked();
        bench.Device.Volume.Broken = true;
        Assert.Equal(ControlResult.StorageFailed, bench.Command(ControlCommand.Of(ControlOperation.Forget)).Result);
        bench.Device.Volume.Broken = false;
        bench.Advance(6);

        Restart(bench);
        Assert.False(AssertAllOrNothing(bench));
    }

    [Fact]
    public void Forgotten_it_is_a_new_sensor_under_a_new_name_after_a_restart()
    {
        using var bench = Walked();
        var before = Range(bench);
        Assert.Equal(ControlResult.Success, bench.Command(ControlCommand.Of(ControlOperation.Forget)).Result);
        bench.Advance(4);
        Assert.Equal(2, bench.Device.Boots);
        bench.Connect();
        var after = Range(bench);

        Assert.NotEqual(before.Flash, after.Flash);
        Assert.NotEqual(0u, after.Flash);
        Assert.Equal(1, after.Run);
        Assert.DoesNotContain("forget", bench.Device.Volume.List());
    }

    private static LogRange Range(Bench bench)
    {
        var log = bench.HearOwn(Uuids.Log);
        var held = bench.Command(ControlCommand.ReplayLog(0)).Log;
        bench.Advance(2);
        log.Subscription.Dispose();
        return held;
    }

    /// <summary>An owner with a passkey, a configuration, rails and a session in the flash, connected.</summary>
    private static Bench Walked()
    {
        var volume = new MemoryVolume();
        new PasskeyStore(volume).Save(Mine);
        new RailStore(volume).Save(new Gait.RailBaselines(
            Gait.Direction.Backward, 700, 50, new Gait.RailBaseline(36, 150, 200, 80, 60),
            new Gait.RailBaseline(36, 450, 550, 200, 160)));
        var walked = new Storage.SessionBench(volume);
        walked.Walk(8);
        walked.Session.Stop();
        walked.Rest(6);
        var bench = new Bench(Bench.Standing(), new VirtualDeviceOptions { Volume = volume });
        bench.Connect(encrypt: false);
        bench.Central.Encrypt(true, Mine);
        Assert.Equal(ControlResult.Success, bench.Command(ControlCommand.SetPlacement(Placement.LeftShoe)).Result);
        return bench;
    }

    private static void Restart(Bench bench)
    {
        bench.Device.PowerOff();
        bench.Advance(5);
        bench.Device.PowerOn();
        bench.Advance(1);
    }

    // He knows the factory's passkey, and gets in once the sensor is new: then nothing may be left.
    private static void AssertStrangerReadsNothing(Bench bench)
    {
        var stranger = bench.Device.Radio.Connect(0xBAD);
        try
        {
            stranger.Encrypt(true, Passkey.Factory);
        }
        catch (PairingException)
        {
        }

        List<byte[]> log = [];
        using var frames = stranger.Subscribe(Uuids.Backstep, Uuids.Log, log.Add);
        using var replies = stranger.Subscribe(Uuids.Backstep, Uuids.Control, _ => { });
        try
        {
            stranger.Write(Uuids.Backstep, Uuids.Control, [(byte)ControlOperation.ReplayLog, 0, 0, 0, 0]);
            bench.Advance(1);
        }
        catch (Exception e) when (e is GattException or LinkLostException)
        {
        }

        Assert.DoesNotContain(log, frame => LogFrame.KindOf(frame) is not LogFrameKind.Begin and not LogFrameKind.End);
        if (stranger.IsConnected)
        {
            stranger.Disconnect();
        }
    }

    /// <summary>True when all is gone, false when all is there.</summary>
    private static bool AssertAllOrNothing(Bench bench)
    {
        var volume = bench.Device.Volume;
        var sessions = new Storage.SessionBench(volume).Stored().Count;
        var isLocked = new PasskeyStore(volume).Load() == Mine;
        var isSet = new ConfigurationStore(volume).Load().Placement == Placement.LeftShoe;
        var hasRails = new RailStore(volume).Load() != null;
        Assert.True(
            (sessions, isLocked, isSet, hasRails) is (1, true, true, true) or (0, false, false, false),
            $"{sessions} sessions, locked {isLocked}, set {isSet}, rails {hasRails}");
        Assert.Null(volume.Read("forget"));
        return !isLocked;
    }
}
