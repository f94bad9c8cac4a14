using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Sensor.Storage;
using Backstep.Sensor.Tests.Storage;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Board;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Sensor.Tests.Bluetooth;

/// <summary>The slope of the belt, from the guided calibration on a level floor to what centrals are told, by a chip
/// whose zero is as far off as the data sheet allows.</summary>
public sealed class BeltSlopeTests
{
    private const double Celsius = 24;

    private static readonly SensorPlace Place = SensorPlace.Laces with { PitchUpDegrees = -30, RollDegrees = 5 };

    private static readonly ChipOptions Chip = new()
    {
        AccelerometerBiasG = (0.05, -0.05, 0.08),
        ZeroGPerKelvin = (0.0007, 0.0007, 0.0012),
        TemperatureCelsius = Celsius,
    };

    [Fact]
    public void After_a_calibration_and_a_restart_the_session_the_treadmill_data_and_the_flash_tell_the_incline()
    {
        var volume = Calibrated();
        using var bench = On(volume, Belt(5), Celsius + 4);
        bench.Connect();
        var heard = bench.Hear(Uuids.FitnessMachine, Uuids.TreadmillData);
        bench.AdvanceTo(8);
        Assert.Equal(Message.Missing, bench.ReadSession().InclineFifthsPercent);
        Assert.Equal(Message.Missing, Slope(heard));

        bench.AdvanceTo(60);
        Assert.InRange(bench.ReadSession().InclineFifthsPercent, 20, 30);
        Assert.InRange(Slope(heard), 40, 60);
        bench.AdvanceTo(75); // the belt has stopped
        Assert.Equal(SessionState.Paused, bench.ReadSession().State);
        Assert.Equal(Message.Missing, bench.ReadSession().InclineFifthsPercent);
        Assert.Equal(Message.Missing, Slope(heard));
        bench.Command(ControlCommand.Of(ControlOperation.Stop));
        bench.Advance(6);

        Assert.InRange(new SessionBench(volume).Stored().Single().Start.InclineFifthsPercent, 20, 30);
    }

    [Fact]
    public void Without_one_nothing_is_told()
    {
        using var bench = On(new MemoryVolume(), Belt(5, SensorPlace.Laces), Celsius);
        bench.Connect();
        bench.AdvanceTo(60);
        var session = bench.ReadSession();
        Assert.InRange(session.BackwardStrides, 30, 80);
        Assert.Equal(Message.Missing, session.InclineFifthsPercent);
    }

    [Fact]
    public void A_mount_that_an_app_has_written_has_no_level_and_the_one_that_was_found_gets_its_own_back()
    {
        var volume = Calibrated();
        var store = new ConfigurationStore(volume);
        var found = store.Load();
        var byHand = new Walker([new Stand(1)], new WalkerSettings { Place = Place }).Mount;
        store.Save(With(found, byHand));
        Assert.Equal(Message.Missing, InclineAfterAMinute(volume, Celsius));
        store.Save(With(found, found.Mount));
        Assert.NotEqual(Message.Missing, InclineAfterAMinute(volume, Celsius));
    }

    [Theory]
    [InlineData(Celsius - 15)]
    [InlineData(Celsius + 15)]
    public void A_chip_much_colder_or_warmer_than_at_its_calibration_says_nothing(double celsius) =>
        Assert.Equal(Message.Missing, InclineAfterAMinute(Calibrated(), celsius));

    [Fact]
    public void A_chip_that_warms_up_in_the_walk_stops_saying_it()
    {
        using var bench = new Bench(Belt(5, Place, 200), new VirtualDeviceOptions
        {
            Volume = Calibrated(),
            Chip = Chip with { WarmingKelvinPerMinute = 6 },
        });
        bench.Connect();
        bench.AdvanceTo(50);
        Assert.NotEqual(Message.Missing, bench.ReadSession().InclineFifthsPercent);
        bench.AdvanceTo(195);
        Assert.Equal(SessionState.Active, bench.ReadSession().State);
        Assert.Equal(Message.Missing, bench.ReadSession().InclineFifthsPercent);
    }

    [Fact]
    public void A_broken_file_of_the_level_is_none()
    {
        var volume = Calibrated();
        var content = volume.Read("level");
        content[5] ^= 1;
        volume.Write("level", content, content.Length);
        Assert.Equal(Message.Missing, InclineAfterAMinute(volume, Celsius));
    }

    [Fact]
    public void Forgetting_everything_forgets_it()
    {
        var volume = Calibrated();
        Assert.NotNull(volume.Read("level"));
        Assert.True(new LevelStore(volume).Forget());
        Assert.Equal(Message.Missing, InclineAfterAMinute(volume, Celsius));
    }

    private static int InclineAfterAMinute(MemoryVolume volume, double celsius)
    {
        using var bench = On(volume, Belt(5), celsius);
        bench.Connect();
        bench.AdvanceTo(60);
        Assert.Equal(SessionState.Active, bench.ReadSession().State);
        return bench.ReadSession().InclineFifthsPercent;
    }

    private static Walker Belt(double percent, SensorPlace? place = null, double seconds = 62) => new(
        [new Stand(3), new Walk(WalkParameters.Backward(0.7), seconds), new Stand(1)],
        new WalkerSettings { Seed = 2, HeadingDegrees = 180, InclinePercent = percent, Place = place ?? Place });

    private static Bench On(MemoryVolume volume, Walker walker, double celsius) =>
        new(walker, new VirtualDeviceOptions { Volume = volume, Chip = Chip with { TemperatureCelsius = celsius } });

    private static Configuration With(Configuration old, Mount mount) => new(
        old.Placement, old.Cadence, old.ToeLandingHalfDegrees, old.HeelLandingHalfDegrees, mount, old.Name);

    private static int Slope(Heard heard) =>
        TreadmillData.Decode(heard.Values[^1].Value, out _).InclinationTenthsPercent;

    /// <summary>The flash of a sensor whose walker went through the guided calibration on a level floor.</summary>
    private static MemoryVolume Calibrated()
    {
        var volume = new MemoryVolume();
        var walker = new Walker([new Stand(4), new RiseOnToes(), new Stand(3)],
            new WalkerSettings { Seed = 3, Place = Place });
        using var bench = On(volume, walker, Celsius);
        bench.Connect();
        bench.HearOwn(Uuids.Control);
        foreach (var (step, until) in new[] { (MountStep.StandStill, 4.0), (MountStep.RiseOnToes, 20),
            (MountStep.Finish, 21) })
        {
            var buffer = new byte[ControlCommand.MaxLength];
            bench.Central.Write(Uuids.Backstep, Uuids.Control,
                buffer[..ControlCommand.CalibrateMount(step).Encode(buffer, 0)]);
            bench.AdvanceTo(until);
        }

        Assert.NotNull(volume.Read("level"));
        return volume;
    }
}
