using System.Globalization;
using Backstep.Gait;
using Backstep.Walks;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;

namespace Backstep.Files.Export;

/// <summary>
/// A session as a FIT activity. Numbers of messages, fields and values, with their scales: FIT Profile 21.217.
/// <para>
/// The sport is walking (on a treadmill: indoor walking), not running: a site that counted 3 km/h as a run would spoil
/// a runner's averages, and <c>total_strides</c> exists for both. Cadence counts one foot, as FIT wants it. Neither
/// names nor addresses nor pain are written: such files get uploaded.
/// </para>
/// </summary>
public static class FitExport
{
    // FIT Profile, types: event, event_type, lap_trigger, session_trigger, activity, sport, sub_sport, intensity,
    // source_type, file, manufacturer.
    private const byte EventTimer = 0;
    private const byte EventSession = 8;
    private const byte EventLap = 9;
    private const byte EventActivity = 26;
    private const byte EventUserMarker = 32;
    private const byte TypeStart = 0;
    private const byte TypeStop = 1;
    private const byte TypeMarker = 3;
    private const byte TypeStopAll = 4;
    private const byte TriggerManual = 0;
    private const byte TriggerSessionEnd = 7;
    private const byte SportWalking = 11;
    private const byte SubSportGeneric = 0;
    private const byte SubSportIndoorWalking = 27;
    private const byte IntensityActive = 0;
    private const byte IntensityRest = 1;
    private const byte SourceBluetoothLowEnergy = 3;
    private const byte SourceLocal = 5;
    private const byte FileActivity = 4;
    private const ushort ManufacturerDevelopment = 255;

    private const double Milli = 1000;
    private const double Tenths = 10;
    private const double Centi = 100;
    private const double Fraction = 128;

    // FIT Profile, type date_time: seconds since UTC 00:00 Dec 31 1989; below 0x10000000 it is not a date.
    private static readonly DateTimeOffset Epoch = new(1989, 12, 31, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Earliest = Epoch.AddSeconds(0x10000000);
    private static readonly DateTimeOffset Latest = Epoch.AddSeconds(uint.MaxValue - 1.0);

    /// <summary>Writes it.</summary>
    /// <exception cref="BadRequestException">It lies before July 1998 or after 2126, which FIT cannot say.</exception>
    public static void Write(Stream stream, KeptSession session, string programVersion)
    {
        var course = SessionCourse.Of(session);
        var start = session.Summary.Header.StartedAt;
        if (start < Earliest || start > Latest || course.End >= Latest - start)
        {
            throw new BadRequestException(
                string.Create(CultureInfo.InvariantCulture,
                    $"FIT cannot hold a session of {start:yyyy-MM-dd}: its dates go from July 1998 to 2126. Export it "
                + $"as json."));
        }

        var file = new FitFile();
        new Writing(file, session, course, (long)(start - Epoch).TotalSeconds, programVersion).All();
        file.WriteTo(stream);
    }

    private sealed class Writing(FitFile file, KeptSession session, SessionCourse course, long start,
        string programVersion)
    {
        private readonly SessionHeader _header = session.Summary.Header;
        private readonly SessionTotals _totals = session.Summary.Totals;

        // What an app calls the product, and where it shows that nobody walked.
        private string Product => _header.IsSimulated ? "Backstep (simulated)" : "Backstep";

        private byte SubSport => _header.Mode == WalkMode.Treadmill ? SubSportIndoorWalking : SubSportGeneric;

        private double End => At(course.End);

        public void All()
        {
            FileId();
            DeveloperFields();
            Devices();
            Course();
            Laps();
            Session();
            Activity();
        }

        private double At(TimeSpan at) => start + Math.Ceiling(at.TotalSeconds);

        private void FileId()
        {
            file.Add(
                0, // file_id
                FitField.Of(0, FitType.Enum, FileActivity),
                FitField.Of(1, FitType.U16, ManufacturerDevelopment),
                FitField.Of(2, FitType.U16, 0), // product
                FitField.Of(3, FitType.U32Z, _header.Sensors.Select(sensor => sensor.Flash).FirstOrDefault()),
                FitField.Of(4, FitType.U32, start), // time_created
                FitField.Of(8, Product)); // product_name
            file.Add(49, FitField.Of(0, FitType.U16, SoftwareVersion * Centi)); // file_creator: software_version
        }

        private void DeveloperFields()
        {
            file.Add(
                207, // developer_data_id
                FitField.Of(1, FitDeveloperFields.ApplicationId),
                FitField.Of(2, FitType.U16, ManufacturerDevelopment),
                FitField.Of(3, FitType.U8, 0), // developer_data_index
                FitField.Of(4, FitType.U32, SoftwareVersion * Centi)); // application_version
            foreach (var field in FitDeveloperFields.All)
            {
                file.Add(
                    206, // field_description
                    FitField.Of(0, FitType.U8, 0), // developer_data_index
                    FitField.Of(1, FitType.U8, field.Number),
                    FitField.Of(2, FitType.U8, (byte)field.Type),
                    FitField.Of(3, field.Name),
                    FitField.Of(8, field.Unit));
            }
        }

        private void Devices()
        {
            file.Add(
                23, // device_info
                FitField.Of(253, FitType.U32, start),
                FitField.Of(0, FitType.U8, 0), // device_index: the creator
                FitField.Of(2, FitType.U16, ManufacturerDevelopment),
                FitField.Of(4, FitType.U16, 0), // product
                FitField.Of(5, FitType.U16, SoftwareVersion, Centi),
                FitField.Of(25, FitType.Enum, SourceLocal),
                FitField.Of(27, Product));
            for (int i = 0; i < Math.Min(_header.Sensors.Count, byte.MaxValue - 1); i++)
            {
                file.Add(
                    23,
                    FitField.Of(253, FitType.U32, start),
                    FitField.Of(0, FitType.U8, i + 1),
                    FitField.Of(2, FitType.U16, ManufacturerDevelopment),
                    FitField.Of(3, FitType.U32Z, _header.Sensors[i].Flash), // serial_number: of the sensor's flash
                    FitField.Of(4, FitType.U16, 0),
                    FitField.Of(19, StrideText.Of(_header.Sensors[i].Placement)), // descriptor
                    FitField.Of(25, FitType.Enum, _header.IsSimulated ? SourceLocal : SourceBluetoothLowEnergy),
                    FitField.Of(27, _header.Sensors[i].Name));
            }
        }

        /// <summary>Records and the events between them, in the order of their times.</summary>
        private void Course()
        {
            var events = new List<(double At, byte Event, byte Type)>();
            foreach (var (from, until) in course.Pauses)
            {
                events.Add((At(from), EventTimer, TypeStop));
                events.Add((At(until), EventTimer, TypeStart));
            }

            events.AddRange(
                session.Marks.Where(mark => mark.Kind == MarkKind.Walker)
                    .Select(mark => (Math.Clamp(At(mark.At), start, End), EventUserMarker, TypeMarker)));
            events = [.. events.OrderBy(one => one.At)];
            Event(start, EventTimer, TypeStart);
            int next = 0;
            foreach (var point in course.Points())
            {
                while (next < events.Count && events[next].At <= start + point.Second)
                {
                    Event(events[next].At, events[next].Event, events[next].Type);
                    next++;
                }

                Record(point);
            }

            foreach (var one in events.Skip(next))
            {
                Event(one.At, one.Event, one.Type);
            }

            Event(End, EventTimer, TypeStopAll);
        }

        private void Event(double at, byte what, byte type) =>
            file.Add(
                21, // event
                FitField.Of(253, FitType.U32, at),
                FitField.Of(0, FitType.Enum, what),
                FitField.Of(1, FitType.Enum, type));

        private void Record(CoursePoint point)
        {
            var (whole, fraction) = Cadence(point.StridesPerMinute);
            file.Add(
                20, // record
                FitField.Of(253, FitType.U32, start + point.Second),
                FitField.Of(5, FitType.U32, point.DistanceMeters, Centi),
                FitField.Of(73, FitType.U32, point.SpeedMetersPerSecond, Milli), // enhanced_speed
                FitField.Of(4, FitType.U8, whole), // cadence
                FitField.Of(53, FitType.U8, fraction), // fractional_cadence
                FitField.Of(41, FitType.U16, point.StanceMilliseconds, Tenths), // stance_time
                FitField.Of(85, FitType.U16, point.StepMeters, Milli * Tenths), // step_length, in mm
                FitDeveloperFields.BackwardShare.Of(point.BackwardPercent),
                FitDeveloperFields.FootStrikeAngle.Of(point.FootStrikeDegrees),
                FitDeveloperFields.RailsHeld.Of(point.Rails switch
                {
                    Posture.Held => 1,
                    Posture.Free => 0,
                    _ => null,
                }),
                FitDeveloperFields.ToeFirstShare.Of(point.ToeFirstPercent),
                FitDeveloperFields.Tilt.Of(point.TiltDegrees));
        }

        private void Laps()
        {
            for (int i = 0; i < course.Laps.Count; i++)
            {
                var lap = course.Laps[i];
                bool isLast = i == course.Laps.Count - 1;
                var (whole, fraction) = Cadence(lap.StridesPerMinute);
                var (fastest, quickest) = Most(lap.From, lap.Until);
                file.Add(
                    19, // lap
                    FitField.Of(254, FitType.U16, i), // message_index
                    FitField.Of(253, FitType.U32, At(lap.Until)),
                    FitField.Of(0, FitType.Enum, EventLap),
                    FitField.Of(1, FitType.Enum, TypeStop),
                    FitField.Of(2, FitType.U32, At(lap.From)), // start_time
                    FitField.Of(7, FitType.U32, (lap.Until - lap.From).TotalSeconds, Milli), // total_elapsed_time
                    FitField.Of(8, FitType.U32, lap.Timer.TotalSeconds, Milli), // total_timer_time
                    FitField.Of(9, FitType.U32, lap.DistanceMeters, Centi),
                    FitField.Of(10, FitType.U32, lap.Strides), // total_cycles: total_strides when walking
                    FitField.Of(110, FitType.U32, Speed(lap.DistanceMeters, lap.Timer), Milli), // enhanced_avg_speed
                    FitField.Of(111, FitType.U32, fastest, Milli), // enhanced_max_speed
                    FitField.Of(18, FitType.U8, quickest), // max_cadence
                    FitField.Of(17, FitType.U8, whole), // avg_cadence
                    FitField.Of(80, FitType.U8, fraction), // avg_fractional_cadence
                    FitField.Of(23, FitType.Enum, lap.IsActive ? IntensityActive : IntensityRest),
                    FitField.Of(24, FitType.Enum, isLast ? TriggerSessionEnd : TriggerManual),
                    FitField.Of(25, FitType.Enum, SportWalking),
                    FitField.Of(39, FitType.Enum, SubSport));
            }
        }

        private void Session()
        {
            var (whole, fraction) = Cadence(_totals.CadenceStepsPerMinute / 2);
            var (fastest, quickest) = Most(TimeSpan.Zero, course.End);
            file.Add(
                18, // session
                FitField.Of(254, FitType.U16, 0), // message_index
                FitField.Of(253, FitType.U32, End),
                FitField.Of(0, FitType.Enum, EventSession),
                FitField.Of(1, FitType.Enum, TypeStop),
                FitField.Of(2, FitType.U32, start), // start_time
                FitField.Of(5, FitType.Enum, SportWalking),
                FitField.Of(6, FitType.Enum, SubSport),
                FitField.Of(7, FitType.U32, _totals.Elapsed.TotalSeconds, Milli), // total_elapsed_time
                FitField.Of(8, FitType.U32, course.Timer.TotalSeconds, Milli), // total_timer_time
                FitField.Of(59, FitType.U32, _totals.Active.TotalSeconds, Milli), // total_moving_time
                FitField.Of(9, FitType.U32, _totals.DistanceMeters, Centi),
                FitField.Of(10, FitType.U32, course.Strides), // total_cycles: total_strides when walking
                FitField.Of(124, FitType.U32, Speed(_totals.DistanceMeters, course.Timer), Milli), // enhanced_avg_speed
                FitField.Of(125, FitType.U32, fastest, Milli), // enhanced_max_speed
                FitField.Of(19, FitType.U8, quickest), // max_cadence
                FitField.Of(18, FitType.U8, whole), // avg_cadence
                FitField.Of(92, FitType.U8, fraction), // avg_fractional_cadence
                FitField.Of(52, FitType.S16, session.Summary.MeasuredIncline?.Percent, Centi), // avg_grade
                FitField.Of(25, FitType.U16, 0), // first_lap_index
                FitField.Of(26, FitType.U16, course.Laps.Count),
                FitField.Of(28, FitType.Enum, 0), // trigger: activity_end
                // sport_profile_name
                FitField.Of(110, _header.IsSimulated ? "Simulated backward walk" : "Backward walk"),
                FitDeveloperFields.BackwardShare.Of(SessionLabels.BackwardPercent(_totals)),
                FitDeveloperFields.FootStrikeAngle.Of(_totals.FootStrikeDegrees),
                FitDeveloperFields.ToeFirstShare.Of(SessionLabels.ToeFirstPercent(_totals)),
                FitDeveloperFields.Tilt.Of(_totals.TiltDegrees),
                FitDeveloperFields.RailsHeldShare.Of(SessionLabels.HeldPercent(_totals)),
                FitDeveloperFields.BackwardStrides.Of(_totals.BackwardStrides),
                FitDeveloperFields.ForwardStrides.Of(_totals.ForwardStrides),
                FitDeveloperFields.UnknownStrides.Of(_totals.UnknownStrides),
                FitDeveloperFields.BeltSpeed.Of(_totals.BeltMetersPerSecond),
                FitDeveloperFields.Simulated.Of(_header.IsSimulated ? 1 : 0),
                FitDeveloperFields.InclineTold.Of(_header.InclinePercent));
        }

        private void Activity() =>
            file.Add(
                34, // activity
                FitField.Of(253, FitType.U32, End),
                FitField.Of(0, FitType.U32, course.Timer.TotalSeconds, Milli), // total_timer_time
                FitField.Of(1, FitType.U16, 1), // num_sessions
                FitField.Of(2, FitType.Enum, 0), // type: manual
                FitField.Of(3, FitType.Enum, EventActivity),
                FitField.Of(4, FitType.Enum, TypeStop),
                FitField.Of(5, FitType.U32, End + _header.StartedAt.Offset.TotalSeconds)); // local_timestamp

        /// <summary>The highest speed in m/s and cadence in strides a minute of a second's strides.</summary>
        private (double? Speed, double? Cadence) Most(TimeSpan from, TimeSpan until)
        {
            var points = course.Points()
                .Where(point => point.Second >= from.TotalSeconds && point.Second <= until.TotalSeconds).ToArray();
            return (points.Max(point => point.SpeedMetersPerSecond), points.Max(point => point.StridesPerMinute));
        }

        /// <summary>Whole strides a minute, and the rest of one in 1/128.</summary>
        private static (double? Whole, double? Fraction) Cadence(double? stridesPerMinute)
        {
            double? parts = Math.Round((stridesPerMinute ?? double.NaN) * Fraction);
            return parts is >= 0 and < byte.MaxValue * Fraction
                ? (Math.Floor(parts.Value / Fraction), parts % Fraction) : (null, null);
        }

        private static double? Speed(double? meters, TimeSpan timer) =>
            timer > TimeSpan.Zero ? meters / timer.TotalSeconds : null;

        private double SoftwareVersion { get; } =
            Version.TryParse(programVersion.Split('-')[0], out var version) ? version.Major + (version.Minor / Centi)
                : 0;
    }
}
