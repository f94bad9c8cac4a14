using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Sensor.Storage;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Board;
using Backstep.VirtualSensor.Radio;

namespace Backstep.Sensor.Tests.Bluetooth;

/// <summary>Running Speed and Cadence service 1.0 and its test specification RSCS.TS.</summary>
public sealed class RscTests
{
    [Fact]
    public void Standing_the_measurement_comes_once_a_second_and_is_zero()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();
        var heard = bench.Hear(Uuids.RunningSpeedAndCadence, Uuids.RscMeasurement);

        bench.Advance(20);

        Assert.InRange(heard.Values.Count, 19, 21);
        AssertEverySecond(heard);
        Assert.All(heard.Values, value => Assert.Equal("0200000000000000", Convert.ToHexString(value.Value)));
    }

    [Fact]
    public void Walking_it_tells_speed_cadence_of_both_feet_stride_length_and_distance()
    {
        var walker = Bench.Backward(40);
        using var bench = new Bench(walker);
        bench.Connect();
        var heard = bench.Hear(Uuids.RunningSpeedAndCadence, Uuids.RscMeasurement);

        bench.AdvanceTo(35);

        AssertEverySecond(heard);
        var last = Decode(heard.Values[^1].Value);
        var recent = walker.StridesUntil(35).TakeLast(5).ToArray();
        Assert.InRange(last.CadencePerMinute, 120 / recent.Average(one => one.StrideSeconds!.Value) - 4,
            120 / recent.Average(one => one.StrideSeconds!.Value) + 4);
        Assert.InRange(last.SpeedMillimetersPerSecond, 600, 800);
        Assert.InRange(last.StrideLengthCentimeters, recent.Average(one => one.LengthMeters) * 100 - 10,
            recent.Average(one => one.LengthMeters) * 100 + 10);
        Assert.InRange(last.TotalDistanceDecimeters, walker.StridesUntil(35).Sum(one => one.LengthMeters) * 9,
            walker.StridesUntil(35).Sum(one => one.LengthMeters) * 10.5);
        Assert.False(last.IsRunning);
    }

    [Fact]
    public void After_the_last_stride_it_falls_to_zero_within_five_seconds_and_the_distance_stays()
    {
        using var bench = new Bench(Bench.Backward(20));
        bench.Connect();
        var heard = bench.Hear(Uuids.RunningSpeedAndCadence, Uuids.RscMeasurement);

        bench.AdvanceTo(30);

        var last = Decode(heard.Values[^1].Value);
        Assert.Equal(0, last.CadencePerMinute);
        Assert.Equal(0, last.SpeedMetersPerSecondTimes256);
        Assert.Equal(Message.Missing, last.StrideLengthCentimeters);
        Assert.True(last.TotalDistanceDecimeters > 100);
        Assert.True(Decode(heard.Values.Last(value => value.Seconds < 23).Value).CadencePerMinute > 0);
    }

    [Fact]
    public void Every_field_present_has_its_feature_bit()
    {
        using var bench = new Bench(Bench.Backward(10));
        bench.Connect();
        var heard = bench.Hear(Uuids.RunningSpeedAndCadence, Uuids.RscMeasurement);
        var feature = RscFeature.Decode(bench.Central.Read(Uuids.RunningSpeedAndCadence, Uuids.RscFeature), out _);

        bench.AdvanceTo(15);

        Assert.Contains(heard.Values, value => value.Value.Length == 10);
        Assert.All(heard.Values, value => Assert.True(Decode(value.Value).IsCoveredBy(feature)));
        Assert.False(feature.WalkingOrRunning);
        Assert.False(feature.Calibration);
    }

    [Fact]
    public void Nothing_is_sent_before_notifications_are_on_and_after_they_are_off()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();
        var heard = bench.Hear(Uuids.RunningSpeedAndCadence, Uuids.RscMeasurement);
        bench.Advance(3);
        heard.Subscription.Dispose();
        bench.Advance(0.2);
        var count = heard.Values.Count;
        bench.Device.Radio.DropLink();
        bench.Advance(3);
        bench.Connect();
        bench.Advance(3);

        Assert.Equal(count, heard.Values.Count);
        Assert.Equal(0, bench.Device.Radio.RefusedNotifications);
    }

    [Fact]
    public void The_one_foot_convention_halves_the_cadence()
    {
        var volume = new MemoryVolume();
        var usual = ConfigurationStore.Default;
        new ConfigurationStore(volume).Save(new Configuration(
            usual.Placement, CadenceConvention.OneFoot, usual.ToeLandingHalfDegrees, usual.HeelLandingHalfDegrees,
            usual.Mount, usual.Name));
        using var both = new Bench(Bench.Backward(20));
        using var one = new Bench(Bench.Backward(20), new VirtualDeviceOptions { Volume = volume });
        var cadences = new[] { both, one }.Select(bench =>
        {
            bench.Connect();
            var heard = bench.Hear(Uuids.RunningSpeedAndCadence, Uuids.RscMeasurement);
            bench.AdvanceTo(15);
            return Decode(heard.Values[^1].Value).CadencePerMinute;
        }).ToArray();

        Assert.InRange(cadences[0], 80, 100);
        Assert.InRange(cadences[1] * 2 - cadences[0], -1, 1);
    }

    [Fact]
    public void The_control_point_sets_the_distance()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();
        var heard = bench.Hear(Uuids.RunningSpeedAndCadence, Uuids.RscMeasurement);

        var response = Request(bench, ScRequest.SetCumulativeValue(123456));
        bench.Advance(2);

        Assert.Equal(ScResult.Success, response.Result);
        Assert.Equal(123456, Decode(heard.Values[^1].Value).TotalDistanceDecimeters);
    }

    [Fact]
    public void The_control_point_moves_the_sensor_within_the_shoe_only()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();
        Assert.Equal([(byte)SensorLocation.TopOfShoe],
            bench.Central.Read(Uuids.RunningSpeedAndCadence, Uuids.SensorLocation));

        Assert.Equal(ScResult.Success, Request(bench, ScRequest.UpdateLocation(SensorLocation.InShoe)).Result);
        Assert.Equal([(byte)SensorLocation.InShoe],
            bench.Central.Read(Uuids.RunningSpeedAndCadence, Uuids.SensorLocation));
        Assert.Equal(ScResult.InvalidOperand,
            Request(bench, ScRequest.UpdateLocation(SensorLocation.RightCrank)).Result);
        Assert.Equal([(byte)SensorLocation.InShoe],
            bench.Central.Read(Uuids.RunningSpeedAndCadence, Uuids.SensorLocation));

        var locations = Request(bench, ScRequest.RequestLocations());
        Assert.Equal(2, locations.LocationCount);
        Assert.Equal((SensorLocation.TopOfShoe, SensorLocation.InShoe), (locations.Location(0), locations.Location(1)));
    }

    [Theory]
    [InlineData("02", "100202")] // calibration is not offered
    [InlineData("07", "100702")] // no such op code
    [InlineData("0101", "100103")] // operand too short
    [InlineData("040000", "100403")] // operand too long
    [InlineData("", "100003")]
    public void What_it_cannot_do_it_says(string request, string response)
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();

        Assert.Equal(response, Convert.ToHexString(RequestBytes(bench, Convert.FromHexString(request))));
    }

    [Fact]
    public void Without_indications_the_control_point_refuses_with_0x81()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();

        var refused =
            Assert.Throws<GattException>(
                () => bench.Central.Write(Uuids.RunningSpeedAndCadence, Uuids.ScControlPoint, [0x04]));

        Assert.Equal(AttErrors.IndicationsOff, refused.AttError);
    }

    [Fact]
    public void While_a_procedure_runs_the_control_point_refuses_with_0x80_and_answers_the_accepted_one_once()
    {
        using var bench = Bench.Open(Bench.Standing(), out _);
        bench.Connect();
        var replies = bench.Hear(Uuids.RunningSpeedAndCadence, Uuids.ScControlPoint);

        bench.BeginStall(0.5);
        bench.Central.Write(Uuids.RunningSpeedAndCadence, Uuids.ScControlPoint, [0x04]);
        for (var i = 0; i < 3; i++)
        {
            var refused =
                Assert.Throws<GattException>(
                    () => bench.Central.Write(Uuids.RunningSpeedAndCadence, Uuids.ScControlPoint, [0x02]));
            Assert.Equal(AttErrors.ProcedureInProgress, refused.AttError);
        }

        bench.Advance(1);
        Assert.Equal("1004010102", Convert.ToHexString(Assert.Single(replies.Values).Value));
        bench.Central.Write(Uuids.RunningSpeedAndCadence, Uuids.ScControlPoint, [0x02]);
        bench.Advance(1);
        Assert.Equal(2, replies.Values.Count);
    }

    private static ScResponse Request(Bench bench, ScRequest request)
    {
        var buffer = new byte[ScRequest.MaxLength];
        var response = ScResponse.Decode(RequestBytes(bench, buffer[..request.Encode(buffer, 0)]), out var error);
        Assert.Equal(DecodeError.None, error);
        return response;
    }

    private static byte[] RequestBytes(Bench bench, byte[] request)
    {
        var replies = bench.Hear(Uuids.RunningSpeedAndCadence, Uuids.ScControlPoint);
        bench.Central.Write(Uuids.RunningSpeedAndCadence, Uuids.ScControlPoint, request);
        bench.Advance(0.3);
        replies.Subscription.Dispose();
        return Assert.Single(replies.Values).Value;
    }

    private static RscMeasurement Decode(byte[] value)
    {
        var measurement = RscMeasurement.Decode(value, out var error);
        Assert.Equal(DecodeError.None, error);
        return measurement;
    }

    private static void AssertEverySecond(Heard heard)
    {
        foreach (var (earlier, later) in heard.Values.Zip(heard.Values.Skip(1)))
        {
            Assert.InRange(later.Seconds - earlier.Seconds, 0.93, 1.07);
        }
    }
}
