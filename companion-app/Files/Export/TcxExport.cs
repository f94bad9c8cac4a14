using System.Globalization;
using System.Text;
using System.Xml;
using Backstep.Walks;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;

namespace Backstep.Files.Export;

/// <summary>
/// A session as TCX: Training Center Database v2 with Activity Extension v2 (schemas of those names at
/// garmin.com/xmlschemas), elements in the schema's order.
/// <para>
/// The sport is Other: the schema knows only Running and Biking besides, and 3 km/h is no run. RunCadence counts one
/// foot. Calories and a lap's distance must stand in the file even when they are not known; 0 stands for that, and the
/// notes say so. Neither names nor addresses nor pain are written: such files get uploaded.
/// </para>
/// </summary>
public static class TcxExport
{
    /// <summary>The database's namespace.</summary>
    public const string Namespace = "http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2";

    /// <summary>The namespace of speed, cadence and steps.</summary>
    public const string ActivityNamespace = "http://www.garmin.com/xmlschemas/ActivityExtension/v2";

    /// <summary>The namespace of what only this program knows.</summary>
    public const string OwnNamespace = "urn:backstep:session:1";

    private const string Instance = "http://www.w3.org/2001/XMLSchema-instance";

    // CadenceValue_t and the type of Steps.
    private const double HighestCadence = 254;

    /// <summary>Writes it.</summary>
    /// <exception cref="BadRequestException">It ends after the year 9999.</exception>
    public static void Write(Stream stream, KeptSession session, string programVersion)
    {
        var course = SessionCourse.Of(session);
        if (course.End >= DateTimeOffset.MaxValue - session.Summary.Header.StartedAt - TimeSpan.FromDays(1))
        {
            throw new BadRequestException(
                "TCX cannot hold a session that ends after the year 9999. Export it as json.");
        }

        using var xml = XmlWriter.Create(stream,
            new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n" });
        new Writing(xml, session, course, programVersion).All();
    }

    private sealed class Writing(XmlWriter xml, KeptSession session, SessionCourse course, string programVersion)
    {
        private readonly SessionHeader _header = session.Summary.Header;
        private readonly SessionTotals _totals = session.Summary.Totals;

        public void All()
        {
            xml.WriteStartDocument();
            Open("TrainingCenterDatabase");
            xml.WriteAttributeString("xmlns", "xsi", null, Instance);
            xml.WriteAttributeString("schemaLocation", Instance,
                $"{Namespace} http://www.garmin.com/xmlschemas/TrainingCenterDatabasev2.xsd");
            Open("Activities");
            Activity();
            xml.WriteEndElement();
            Author();
            xml.WriteEndElement();
            xml.WriteEndDocument();
        }

        private void Activity()
        {
            Open("Activity");
            xml.WriteAttributeString("Sport", "Other");
            Element("Id", Time(TimeSpan.Zero));
            var points = course.Points().ToArray();
            for (int i = 0; i < course.Laps.Count; i++)
            {
                var lap = course.Laps[i];
                bool isLast = i == course.Laps.Count - 1;
                Lap(lap,
                    [
                        .. points.Where(
                            point => point.Second >= lap.From.TotalSeconds
                                && (isLast || point.Second < lap.Until.TotalSeconds))]);
            }

            Element("Notes", SessionLabels.Notes(session) + " Calories are not measured: 0 stands for it.");
            Creator();
            Own();
            xml.WriteEndElement();
        }

        private void Lap(CourseLap lap, CoursePoint[] points)
        {
            Open("Lap");
            xml.WriteAttributeString("StartTime", Time(lap.From));
            Element("TotalTimeSeconds", Number(lap.Timer.TotalSeconds));
            Element("DistanceMeters", Number(lap.DistanceMeters ?? 0));
            Element("Calories", "0");
            Element("Intensity", lap.IsActive ? "Active" : "Resting");
            Element("TriggerMethod", "Manual");
            if (points.Length > 0)
            {
                Open("Track");
                foreach (var point in points)
                {
                    Trackpoint(point);
                }

                xml.WriteEndElement();
            }

            LapExtension(lap);
            xml.WriteEndElement();
        }

        private void Trackpoint(CoursePoint point)
        {
            Open("Trackpoint");
            Element("Time", Time(TimeSpan.FromSeconds(point.Second)));
            if (point.DistanceMeters is { } meters)
            {
                Element("DistanceMeters", Number(meters));
            }

            if (point.SpeedMetersPerSecond != null || Cadence(point.StridesPerMinute) != null)
            {
                Open("Extensions");
                xml.WriteStartElement("TPX", ActivityNamespace);
                xml.WriteAttributeString("CadenceSensor", "Footpod");
                Extension("Speed", point.SpeedMetersPerSecond is { } speed ? Number(speed) : null);
                Extension("RunCadence", Cadence(point.StridesPerMinute));
                xml.WriteEndElement();
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        private void LapExtension(CourseLap lap)
        {
            // A lone lap is the session, whose cadence is the store's.
            double? stridesPerMinute = course.Laps.Count == 1 ? _totals.CadenceStepsPerMinute / 2
                : lap.StridesPerMinute;
            int steps = 2 * lap.Strides; // a stride of one foot is a step of each
            Open("Extensions");
            xml.WriteStartElement("LX", ActivityNamespace);
            Extension("AvgSpeed",
                lap.DistanceMeters is { } meters
                    && lap.Timer > TimeSpan.Zero ? Number(meters / lap.Timer.TotalSeconds) : null);
            Extension("AvgRunCadence", Cadence(stridesPerMinute));
            Extension("Steps",
                steps is >= 0 and <= ushort.MaxValue ? steps.ToString(CultureInfo.InvariantCulture) : null);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        private void Creator()
        {
            Open("Creator");
            xml.WriteAttributeString("type", Instance, "Device_t");
            Element("Name", _header.IsSimulated ? "Backstep (simulated)" : "Backstep");
            Element("UnitId", "0");
            Element("ProductID", "0");
            ProgramVersion();
            xml.WriteEndElement();
        }

        private void Author()
        {
            Open("Author");
            xml.WriteAttributeString("type", Instance, "Application_t");
            Element("Name", "Backstep");
            Open("Build");
            ProgramVersion();
            xml.WriteEndElement();
            Element("LangID", "en");
            Element("PartNumber", "000-00000-00"); // of the form that PartNumber_t asks for; there is none
            xml.WriteEndElement();
        }

        private void ProgramVersion()
        {
            var version = Version.TryParse(programVersion.Split('-')[0], out var known) ? known : new Version(0, 0);
            Open("Version");
            Element("VersionMajor", version.Major.ToString(CultureInfo.InvariantCulture));
            Element("VersionMinor", version.Minor.ToString(CultureInfo.InvariantCulture));
            xml.WriteEndElement();
        }

        /// <summary>The session's own figures, for programs that know this namespace; others skip it.</summary>
        private void Own()
        {
            Open("Extensions");
            xml.WriteStartElement("Session", OwnNamespace);
            xml.WriteAttributeString("simulated", _header.IsSimulated ? "true" : "false");
            xml.WriteAttributeString("mode", StrideText.Of(_header.Mode));
            xml.WriteAttributeString("backwardStrides", Number(_totals.BackwardStrides));
            xml.WriteAttributeString("forwardStrides", Number(_totals.ForwardStrides));
            xml.WriteAttributeString("unknownStrides", Number(_totals.UnknownStrides));
            Attribute("backwardPercent", SessionLabels.BackwardPercent(_totals));
            Attribute("toeFirstPercent", SessionLabels.ToeFirstPercent(_totals));
            Attribute("railsHeldPercent", SessionLabels.HeldPercent(_totals));
            Attribute("footStrikeDegrees", _totals.FootStrikeDegrees);
            Attribute("tiltDegrees", _totals.TiltDegrees);
            Attribute("cadenceStepsPerMinute", _totals.CadenceStepsPerMinute);
            Attribute("distanceMeters", _totals.DistanceMeters);
            Attribute("beltMetersPerSecond", _totals.BeltMetersPerSecond);
            Attribute("measuredInclinePercent", session.Summary.MeasuredIncline?.Percent);
            Attribute("toldInclinePercent", _header.InclinePercent);
            Attribute("elapsedSeconds", _totals.Elapsed.TotalSeconds);
            Attribute("activeSeconds", _totals.Active.TotalSeconds);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        private void Attribute(string name, double? value)
        {
            if (value is { } number && double.IsFinite(number))
            {
                xml.WriteAttributeString(name, Number(number));
            }
        }

        private void Open(string name) => xml.WriteStartElement(name, Namespace);

        private void Element(string name, string value) => xml.WriteElementString(name, Namespace, value);

        private void Extension(string name, string? value)
        {
            if (value != null)
            {
                xml.WriteElementString(name, ActivityNamespace, value);
            }
        }

        private string Time(TimeSpan since) =>
            (_header.StartedAt + since).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
                CultureInfo.InvariantCulture);

        // XML Schema has INF and NaN; no reader of training files expects them.
        private static string Number(double value) =>
            double.IsFinite(value) ? Math.Round(value, 6).ToString("0.######", CultureInfo.InvariantCulture) : "0";

        private static string? Cadence(double? stridesPerMinute) =>
            stridesPerMinute is >= 0 and <= HighestCadence
                ? Math.Round(stridesPerMinute.Value, MidpointRounding.AwayFromZero)
                .ToString("0", CultureInfo.InvariantCulture) : null;
    }
}
