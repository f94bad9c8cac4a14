using Backstep.Protocol;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Sensor.Tests.Bluetooth;

/// <summary>Fitness Machine service 1.0 and its test specification FTMS.TS, as far as a treadmill without a control
/// point goes.</summary>
public sealed class FitnessMachineTests
{
    [Fact]
    public void Standing_the_data_comes_once_a_second_complete_and_zero()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();
        var heard = bench.Hear(Uuids.FitnessMachine, Uuids.TreadmillData);

        bench.Advance(10);

        Assert.InRange(heard.Values.Count, 9, 11);
        // Flags: bit 0 clear (speed present), total distance, elapsed time; no average of nothing.
        Assert.All(heard.Values,
            value => Assert.Equal("0404" + "0000" + "000000" + "0000", Convert.ToHexString(value.Value)));
    }

    [Fact]
    public void Walking_it_tells_belt_speed_mean_distance_and_elapsed_time()
    {
        var walker = Bench.Backward(60);
        using var bench = new Bench(walker);
        bench.Connect();
        var heard = bench.Hear(Uuids.FitnessMachine, Uuids.TreadmillData);

        bench.AdvanceTo(60);

        var last = Decode(heard.Values[^1].Value);
        Assert.InRange(last.SpeedHundredthsKilometerPerHour, 220, 285); // 0.7 m/s is 2.52 km/h
        Assert.InRange(last.AverageSpeedHundredthsKilometerPerHour, 230, 275);
        Assert.InRange(last.TotalDistanceMeters, 35, 40);
        Assert.InRange(last.ElapsedSeconds, 53, 57);
        Assert.True(last.IsLastPart);
    }

    [Fact]
    public void Every_field_present_has_its_feature_bit_and_no_target_is_offered()
    {
        using var bench = new Bench(Bench.Backward(10));
        bench.Connect();
        var heard = bench.Hear(Uuids.FitnessMachine, Uuids.TreadmillData);
        var feature =
            FitnessMachineFeature.Decode(bench.Central.Read(Uuids.FitnessMachine, Uuids.FitnessMachineFeature),
                out var error);

        bench.AdvanceTo(15);

        Assert.Equal(DecodeError.None, error);
        Assert.Equal(0u, feature.TargetSettings);
        Assert.All(heard.Values, value => Assert.True(Decode(value.Value).IsCoveredBy(feature)));
        Assert.All(heard.Values, value => Assert.InRange(value.Value.Length, 9, TreadmillData.MaxOwnLength));
    }

    [Fact]
    public void The_machine_has_no_control_point_to_promise_what_a_shoe_cannot_do()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();

        Assert.Equal(
            [Uuids.FitnessMachineFeature, Uuids.TreadmillData, Uuids.TrainingStatus],
            bench.Central.Characteristics.Where(one => one.Service == Uuids.FitnessMachine)
                .Select(one => one.Characteristic));
    }

    [Fact]
    public void Elapsed_time_goes_on_over_a_link_loss_of_ten_seconds()
    {
        using var bench = new Bench(Bench.Backward(60));
        bench.Connect();
        var before = bench.Hear(Uuids.FitnessMachine, Uuids.TreadmillData);
        bench.AdvanceTo(20);

        bench.Device.Radio.DropLink();
        bench.AdvanceTo(30);
        bench.Connect();
        var after = bench.Hear(Uuids.FitnessMachine, Uuids.TreadmillData);
        bench.AdvanceTo(35);

        var last = before.Values[^1];
        var first = after.Values[0];
        Assert.InRange(
            Decode(first.Value).ElapsedSeconds - Decode(last.Value).ElapsedSeconds,
            first.Seconds - last.Seconds - 1.1, first.Seconds - last.Seconds + 1.1);
        Assert.True(Decode(first.Value).TotalDistanceMeters > Decode(last.Value).TotalDistanceMeters);
    }

    [Fact]
    public void Training_status_follows_the_session_and_is_notified_on_change()
    {
        var walker = new Walker(
            [new Stand(3), new Walk(WalkParameters.Backward(0.7), 10), new Stand(1)],
            new WalkerSettings { HeadingDegrees = 180 });
        using var bench = new Bench(walker);
        bench.Connect();
        var heard = bench.Hear(Uuids.FitnessMachine, Uuids.TrainingStatus);
        Assert.Equal("0001", Convert.ToHexString(bench.Central.Read(Uuids.FitnessMachine, Uuids.TrainingStatus)));

        bench.AdvanceTo(140);

        // Manual mode, idle while paused, post-workout.
        Assert.Equal(["000D", "0001", "000F"], heard.Values.Select(value => Convert.ToHexString(value.Value)));
        Assert.Equal("000F", Convert.ToHexString(bench.Central.Read(Uuids.FitnessMachine, Uuids.TrainingStatus)));
    }

    private static TreadmillData Decode(byte[] value)
    {
        var data = TreadmillData.Decode(value, out var error);
        Assert.Equal(DecodeError.None, error);
        return data;
    }
}
