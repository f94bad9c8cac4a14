using System.Globalization;
using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Walks.Sessions;

namespace Backstep.Files.Export;

/// <summary>What a session file may say: no more than what comes off the air, and times that a person can have walked
/// at. A file is somebody's word; whatever is taken in is counted and shown ever after.</summary>
internal static class SessionFileRules
{
    /// <summary>Two shoes for more than a day without a pause, at two strides a second.</summary>
    public const int MostStrides = 400_000;

    private const int MostOthers = 100_000; // marks and notes of pain
    private const int MostSensors = 16;
    private const int LongestText = 1000;
    private const int MostRun = (2 * KeptStride.FirstRunToldApart) - 1; // each start can be told apart once
    private const int MostNumber = Session.MaxU16;
    private const double SteepestPercent = 100;

    // What came a moment before the sensor began the session belongs to it.
    private static readonly TimeSpan Earliest = TimeSpan.FromSeconds(-5);
    private static readonly TimeSpan Latest = TimeSpan.FromDays(7);
    private static readonly DateTimeOffset FirstDay = new(1990, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset LastDay = new(2106, 1, 1, 0, 0, 0, TimeSpan.Zero); // sensors count to there

    /// <summary>Checks the file as it was read.</summary>
    /// <exception cref="FormatException">It says what cannot be.</exception>
    public static void Check(SessionFileJson file)
    {
        CheckNoNull("sensors", file.Sensors, MostSensors);
        CheckNoNull("strides", file.Strides, MostStrides);
        CheckNoNull("marks", file.Marks, MostOthers);
        CheckNoNull("pain", file.Pain, MostOthers);
        Head(file.Sensors.Count > 0, "it has no sensor");
        Head(!string.IsNullOrWhiteSpace(file.Walker.Name), "its walker has no name");
        Head(IsText(file.Walker.Name), "its walker's name is too long");
        Head(IsTime(file.Session.StartedAt), $"startedAt {file.Session.StartedAt:O} is no time of a walk");
        Head(IsTime(file.Walker.CreatedAt), $"createdAt {file.Walker.CreatedAt:O} is no time of a walker");
        Head(file.Session.InclinePercent is not { } incline || Math.Abs(incline) <= SteepestPercent,
            string.Create(CultureInfo.InvariantCulture,
                $"inclinePercent {file.Session.InclinePercent} is steeper than any belt"));
        Head(file.Session.MeasuredIncline is not { } measured
                || (Math.Abs(measured.Percent) <= SteepestPercent && measured.WalkedSeconds >= 0
                    && measured.WalkedSeconds <= (decimal)Latest.TotalSeconds),
            $"measuredIncline is nothing that a shoe can measure");
        Head(file.Session.TargetSeconds is not { } target || (target >= 0 && target <= (decimal)Latest.TotalSeconds),
            string.Create(CultureInfo.InvariantCulture,
                $"targetSeconds {file.Session.TargetSeconds} is no time to walk"));
        foreach (var (i, sensor) in file.Sensors.Index())
        {
            SessionFileFault.ThrowUnless(IsText(sensor.Name) && IsText(sensor.Address ?? ""), "sensors", i,
                $"its name or address is too long");
            SessionFileFault.ThrowUnless(sensor.SessionNumber is null or (>= 0 and <= MostNumber), "sensors", i,
                $"sessionNumber {sensor.SessionNumber} is none: it goes from 1 to {MostNumber}");
        }
    }

    /// <summary>Checks what was made of the strides, marks and notes.</summary>
    /// <exception cref="FormatException">It says what cannot be.</exception>
    public static void Check(KeptSession session)
    {
        var names = new HashSet<(int, int, uint)>();
        foreach (var (i, kept) in session.Strides.Index())
        {
            Stride(kept.Run is >= 0 and <= MostRun, $"is of run {kept.Run}; runs go from 0 to {MostNumber}");
            Stride(kept.Stride.Sequence > 0, $"has the number 0; they begin at 1");
            Stride(IsWithin(kept.At), $"atSeconds {kept.At.TotalSeconds:0.###} is no time within a session");
            Stride(names.Add((kept.Sensor, kept.Run, kept.Stride.Sequence)), $"stands in it twice");
            CheckRecord(kept.Stride, i);

            void Stride(bool holds, FormattableString otherwise) =>
                SessionFileFault.ThrowUnless(holds, "strides", i, otherwise);
        }

        foreach (var (i, mark) in session.Marks.Index())
        {
            SessionFileFault.ThrowUnless(IsWithin(mark.At), "marks", i,
                $"atSeconds {mark.At.TotalSeconds:0.###} is no time within a session");
        }

        foreach (var (i, pain) in session.Pain.Index())
        {
            SessionFileFault.ThrowUnless(IsTime(pain.At), "pain", i, $"at {pain.At:O} is no time of a note");
        }
    }

    /// <summary>A stride says what fits into the sensor's record, and comes out of it unchanged.</summary>
    private static void CheckRecord(Stride stride, int index)
    {
        var told = StrideCodec.Decode(StrideRecord.Bytes(stride), out _);
        Same(told?.ConfidencePercent, stride.ConfidencePercent, "confidencePercent");
        Same(told?.FootStrikeHalfDegrees, stride.FootStrikeHalfDegrees, "footStrikeHalfDegrees");
        Same(told?.TiltHalfDegrees, stride.TiltHalfDegrees, "tiltHalfDegrees");
        Same(told?.SwingMilliseconds, stride.SwingMilliseconds, "swingMilliseconds");
        Same(told?.StrideMilliseconds, stride.StrideMilliseconds, "strideMilliseconds");
        Same(told?.LengthMillimeters, stride.LengthMillimeters, "lengthMillimeters");
        Same(told?.ImpactTenthsG, stride.ImpactTenthsG, "impactTenthsG");
        Same(told?.DecisionMilliseconds, stride.DecisionMilliseconds, "decisionMilliseconds");

        void Same(int? inRecord, int inFile, string field) =>
            SessionFileFault.ThrowUnless(inRecord == inFile, "strides",
            index, $"{field} {inFile} is nothing that a sensor can tell");
    }

    private static void CheckNoNull<T>(string list, IReadOnlyList<T> values, int most)
    {
        Head(values.Count <= most, $"it has {values.Count} {list}, more than any session");
        for (int i = 0; i < values.Count; i++)
        {
            SessionFileFault.ThrowUnless(values[i] != null, list, i, $"it is null");
        }
    }

    private static void Head(bool holds, FormattableString otherwise) =>
        SessionFileFault.ThrowUnless(holds, null, 0, otherwise);

    private static void Head(bool holds, string otherwise) =>
        SessionFileFault.ThrowUnless(holds, null, 0, $"{otherwise}");

    private static bool IsTime(DateTimeOffset time) => time >= FirstDay && time < LastDay;

    private static bool IsWithin(TimeSpan at) => at >= Earliest && at <= Latest;

    private static bool IsText(string text) => text.Length <= LongestText;
}
