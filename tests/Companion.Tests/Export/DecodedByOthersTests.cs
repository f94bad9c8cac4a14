using System.Text.Json;
using Backstep.Files.Export;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Tests.Export;

/// <summary>
/// Exports are read by decoders that others wrote (tests/exports-by-others: Garmin's own SDK, fit-file-parser,
/// sports-lib, csv-parse), and must come to the store's totals. Needs node, and once:
/// npm ci --ignore-scripts --prefix tests/exports-by-others. Skips without.
/// </summary>
public sealed class DecodedByOthersTests(Decoded decoded) : IClassFixture<Decoded>
{
    private const double Centimeter = 0.0051;
    private const double FractionOfCadence = 0.5 / 128;

    [Fact]
    public void A_simulated_walk_comes_to_the_totals_of_the_store() => Check("simulated walk");

    [Fact]
    public void A_session_with_two_shoes_a_pause_and_hostile_names_too() => Check("two shoes");

    [Fact]
    public void Intervals_are_laps() => Check("intervals", laps: 8);

    [Fact]
    public void No_session_is_too_odd_for_them()
    {
        decoded.SkipWithoutDecoders();
        foreach (var (name,
            session) in decoded.Sessions.Where(pair => pair.Key.StartsWith("odd", StringComparison.Ordinal)))
        {
            var garmin = decoded.By(name)["garmin"];
            Assert.True(garmin.GetProperty("isWhole").GetBoolean());
            Assert.Empty(garmin.GetProperty("errors").EnumerateArray());
            Assert.Equal(SessionCourse.Of(session).Strides, garmin.GetProperty("strides").GetInt32());
            Assert.Equal(session.Summary.Totals.BackwardStrides,
                garmin.GetProperty("developer").GetProperty("backward_strides").GetInt32());
            Assert.Equal(session.Strides.Count, decoded.By(name)["csv"].GetProperty("rows").GetInt32());
            Assert.Equal(session.Strides.Count, decoded.By(name)["json"].GetProperty("rows").GetInt32());
            Assert.Equal(1, decoded.By(name)["tcx"].GetProperty("sessions").GetInt32());
        }
    }

    private static void CheckNativeFields(KeptSession session, JsonElement understood)
    {
        var points = SessionCourse.Of(session).Points().ToArray();
        Assert.Equal(points.Max(point => point.SpeedMetersPerSecond)!.Value,
            understood.GetProperty("maxSpeed").GetDouble(), 0.001);
        Assert.Equal(Math.Round(points.Max(point => point.StridesPerMinute)!.Value, MidpointRounding.AwayFromZero),
            understood.GetProperty("maxCadence").GetDouble());
        Assert.Equal(points.Average(point => point.StanceMilliseconds)!.Value,
            understood.GetProperty("recordStanceMilliseconds").GetDouble(), 0.1);
        Assert.Equal(1000 * points.Average(point => point.StepMeters)!.Value,
            understood.GetProperty("recordStepMillimeters").GetDouble(), 0.1);
        uint? flash = session.Summary.Header.Sensors[0].Flash;
        var serial = understood.GetProperty("serialNumber");
        Assert.Equal(flash, serial.ValueKind == JsonValueKind.Number ? serial.GetUInt32() : null);
    }

    private void Check(string name, int laps = 1)
    {
        decoded.SkipWithoutDecoders();
        var session = decoded.Sessions[name];
        var by = decoded.By(name);
        var totals = session.Summary.Totals;
        var course = SessionCourse.Of(session);
        foreach (var (decoder, understood) in by.Where(pair => pair.Key is "garmin" or "fitFileParser" or "tcx"))
        {
            Assert.Equal(1, understood.GetProperty("sessions").GetInt32());
            Assert.Equal(course.Strides, understood.GetProperty("strides").GetDouble());
            Assert.Equal(totals.DistanceMeters!.Value, understood.GetProperty("distanceMeters").GetDouble(),
                laps * Centimeter);
            Assert.Equal(totals.DistanceMeters!.Value, understood.GetProperty("lastDistanceMeters").GetDouble(),
                Centimeter);
            Assert.Equal(course.Timer.TotalSeconds, understood.GetProperty("timerSeconds").GetDouble(), 0.001 * laps);
            Assert.Equal(laps, understood.GetProperty("laps").GetInt32());
            Assert.InRange(
                (session.Summary.Header.StartedAt - understood.GetProperty("start").GetDateTimeOffset()).TotalSeconds,
                0, 0.999);
            if (decoder == "garmin")
            {
                CheckNativeFields(session, understood);
            }

            if (decoder != "tcx")
            {
                Assert.Equal(totals.Elapsed.TotalSeconds, understood.GetProperty("elapsedSeconds").GetDouble(), 0.001);
                Assert.Equal(totals.Active.TotalSeconds, understood.GetProperty("movingSeconds").GetDouble(), 0.001);
                Assert.Equal(totals.CadenceStepsPerMinute!.Value / 2, understood.GetProperty("cadence").GetDouble(),
                    FractionOfCadence);
                Assert.Equal("walking", understood.GetProperty("sport").GetString());
                CheckDeveloperFields(session, understood.GetProperty("developer"));
            }
            else if (laps == 1)
            {
                Assert.Equal(totals.CadenceStepsPerMinute!.Value / 2, understood.GetProperty("cadence").GetDouble(),
                    0.5);
            }
        }

        CheckGarmin(session, course, by["garmin"], laps);
        CheckTcx(session, by["tcx"]);
        foreach (string decoder in (string[])["sportsLibFit", "sportsLibTcx"])
        {
            var understood = by[decoder];
            Assert.Equal(totals.DistanceMeters!.Value, understood.GetProperty("distanceMeters").GetDouble(),
                laps * Centimeter);
            Assert.Equal(laps, understood.GetProperty("laps").GetInt32());
            Assert.Contains("Cadence",
                understood.GetProperty("streams").EnumerateArray().Select(stream => stream.GetString()));
        }

        Assert.Equal("Walking", by["sportsLibFit"].GetProperty("sport").GetString());
        Assert.Equal(session.Strides.Count, by["csv"].GetProperty("rows").GetInt32());
        Assert.Equal(totals.BackwardStrides, by["csv"].GetProperty("backward").GetInt32());
        Assert.Equal(totals.Elapsed.TotalSeconds, by["csv"].GetProperty("lastContactSeconds").GetDouble(), 0.001);
        Assert.Equal(session.Summary.Header.IsSimulated ? "true" : "false",
            Assert.Single(by["csv"].GetProperty("simulated").EnumerateArray()).GetString());
        Assert.All(by["csv"].GetProperty("names").EnumerateArray(),
            name => Assert.False(name.GetString()!.StartsWith('=')));
        Assert.Equal(CsvExport.Columns,
            by["csv"].GetProperty("columns").EnumerateArray().Select(column => column.GetString()!));
        Assert.Equal(session.Strides.Count, by["json"].GetProperty("rows").GetInt32());
        Assert.Equal(totals.BackwardStrides, by["json"].GetProperty("backward").GetInt32());
        Assert.Equal(totals.DistanceMeters!.Value, by["json"].GetProperty("distanceMeters").GetDouble());
        Assert.Equal(totals.Elapsed.TotalSeconds, by["json"].GetProperty("elapsedSeconds").GetDouble());
        Assert.Equal(totals.CadenceStepsPerMinute!.Value, by["json"].GetProperty("cadence").GetDouble());
    }

    private static void CheckDeveloperFields(KeptSession session, JsonElement fields)
    {
        var totals = session.Summary.Totals;
        Assert.Equal(totals.BackwardStrides, fields.GetProperty("backward_strides").GetInt32());
        Assert.Equal(totals.ForwardStrides, fields.GetProperty("forward_strides").GetInt32());
        Assert.Equal(totals.UnknownStrides, fields.GetProperty("unknown_strides").GetInt32());
        Assert.Equal(session.Summary.Header.IsSimulated ? 1 : 0, fields.GetProperty("simulated").GetInt32());
        Same(SessionLabels.BackwardPercent(totals), "backward_share");
        Same(SessionLabels.ToeFirstPercent(totals), "toe_first_share");
        Same(SessionLabels.HeldPercent(totals), "rails_held_share");
        Same(totals.FootStrikeDegrees, "foot_strike_angle");
        Same(totals.TiltDegrees, "tilt");
        Same(totals.BeltMetersPerSecond, "belt_speed");
        Same(session.Summary.Header.InclinePercent, "incline_told");

        void Same(double? expected, string name)
        {
            if (expected is { } value)
            {
                Assert.Equal(value, fields.GetProperty(name).GetDouble(), 1e-3);
            }
            else
            {
                Assert.True(!fields.TryGetProperty(name, out var none) || none.ValueKind == JsonValueKind.Null, name);
            }
        }
    }

    private static void CheckGarmin(KeptSession session, SessionCourse course, JsonElement understood, int laps)
    {
        Assert.True(understood.GetProperty("isFit").GetBoolean());
        Assert.True(understood.GetProperty("isWhole").GetBoolean());
        Assert.Empty(understood.GetProperty("errors").EnumerateArray());
        Assert.Equal(session.Summary.MeasuredIncline!.Percent, understood.GetProperty("avgGrade").GetDouble(), 1e-9);
        Assert.Equal(laps, understood.GetProperty("numLaps").GetInt32());
        Assert.Equal(course.Strides, understood.GetProperty("lapStrides").GetInt32());
        Assert.Equal(course.End.TotalSeconds, understood.GetProperty("lapSeconds").GetDouble(), 0.001 * laps);
        Assert.Equal(course.Points().Count(), understood.GetProperty("records").GetInt32());
        Assert.Equal(3600, understood.GetProperty("localOffsetSeconds").GetDouble());
        Assert.Equal(session.Summary.Header.IsSimulated ? "Backstep (simulated)" : "Backstep",
            understood.GetProperty("product").GetString());
        Assert.Equal(1 + session.Summary.Header.Sensors.Count, understood.GetProperty("devices").GetArrayLength());
        Assert.Contains("backward_share",
            understood.GetProperty("recordFields").EnumerateArray().Select(field => field.GetString()));
        Assert.Contains("foot_strike_angle",
            understood.GetProperty("recordFields").EnumerateArray().Select(field => field.GetString()));
        var events = understood.GetProperty("events").EnumerateArray().Select(one => one.GetString()).ToArray();
        Assert.Equal("timer start", events[0]);
        Assert.Equal("timer stopAll", events[^1]);
        Assert.Equal(course.Pauses.Count, events.Count(one => one == "timer stop"));

        // The convention: one foot's strides, so half of the steps that a person counts. Records hold the way forward,
        // too, which the session's own cadence leaves out.
        double[] cadences = [.. course.Points().Select(point => point.StridesPerMinute ?? 0).Where(one => one > 0)];
        Assert.Equal(cadences.Average(), understood.GetProperty("recordCadence").GetDouble(), FractionOfCadence);
    }

    private static void CheckTcx(KeptSession session, JsonElement understood)
    {
        var totals = session.Summary.Totals;
        var own = understood.GetProperty("own");
        Assert.Equal(session.Summary.Header.IsSimulated,
            understood.GetProperty("notes").GetString()!.Contains("SIMULATED", StringComparison.Ordinal));
        Assert.Equal(session.Summary.Header.IsSimulated ? "true" : "false", own.GetProperty("simulated").GetString());
        Assert.Equal(session.Summary.Header.IsSimulated ? "-2.4" : "4.6",
            own.GetProperty("measuredInclinePercent").GetString());
        Assert.Equal("5", own.GetProperty("toldInclinePercent").GetString());
        Assert.Contains(session.Summary.Header.IsSimulated ? "incline 2.4 % down by the shoe; told 5 %"
            : "incline 4.6 % up by the shoe; told 5 %", understood.GetProperty("notes").GetString()!,
            StringComparison.Ordinal);
        Assert.Equal(totals.BackwardStrides,
            double.Parse(own.GetProperty("backwardStrides").GetString()!,
                System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(SessionLabels.BackwardPercent(totals)!.Value,
            double.Parse(own.GetProperty("backwardPercent").GetString()!,
                System.Globalization.CultureInfo.InvariantCulture), 1e-3);
    }
}
