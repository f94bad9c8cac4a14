using Backstep.Files.Recording;
using Backstep.Gait;

namespace Backstep.Lab.Evaluation;

/// <summary>Everything counted and measured when found strides are held against a reference. Tallies add up.</summary>
public sealed class Tally
{
    // Strides over which the sensor averages its cadence.
    private const int CadenceWindow = 4;

    /// <summary>Strides found, wherever.</summary>
    public int Found { get; private set; }

    /// <summary>Contacts of the reference.</summary>
    public int Referenced { get; private set; }

    /// <summary>Of these, found.</summary>
    public int Matched { get; private set; }

    /// <summary>Found where the reference speaks and has none.</summary>
    public int Extra { get; private set; }

    /// <summary>Found where the reference does not speak.</summary>
    public int Elsewhere { get; private set; }

    /// <summary>Found strides by their direction, of those whose true direction is known.</summary>
    public int DirectionRight { get; private set; }

    /// <summary>Forward for backward or the other way round.</summary>
    public int DirectionWrong { get; private set; }

    /// <summary>The engine would not say.</summary>
    public int DirectionUnknown { get; private set; }

    /// <summary>Matched strides whose true landing is known.</summary>
    public int LandingJudged { get; private set; }

    /// <summary>Of these, right.</summary>
    public int LandingRight { get; private set; }

    /// <summary>Initial contact, found minus true, ms.</summary>
    public List<double> ContactErrors { get; } = [];

    /// <summary>Foot-off, ms.</summary>
    public List<double> FootOffErrors { get; } = [];

    /// <summary>Cadence over four strides in a row, steps/min.</summary>
    public List<double> CadenceErrors { get; } = [];

    /// <summary>Stride length, % of the true one.</summary>
    public List<double> LengthErrors { get; } = [];

    /// <summary>Belt speed, % of the true one: the true length by the true time of the stride.</summary>
    public List<double> BeltSpeedErrors { get; } = [];

    /// <summary>Foot strike angle, degrees.</summary>
    public List<double> FootStrikeErrors { get; } = [];

    /// <summary>Mediolateral tilt, degrees.</summary>
    public List<double> TiltErrors { get; } = [];

    /// <summary>From true foot-flat, or contact where foot-flat is not known, to the sample at which the engine knew,
    /// ms. Without the first stride of a bout, which waits for the second.</summary>
    public List<double> Delays { get; } = [];

    /// <summary>The pairs of this tally, each true contact with the stride that was found for it or null; not added
    /// up.</summary>
    public IReadOnlyList<(ReferenceContact True, ReplayedStride? Found)> Pairs { get; private set; } = [];

    /// <summary>Found strides that are extra; not added up.</summary>
    public IReadOnlyList<ReplayedStride> ExtraStrides { get; private set; } = [];

    /// <summary>Holds what was found against a reference.</summary>
    public static Tally Of(Reference reference, IEnumerable<ReplayedStride> strides)
    {
        var found = strides.OrderBy(stride => stride.ContactSeconds).ToList();
        int[] partner = Matching.Match([.. reference.Contacts.Select(contact => contact.Seconds)],
            [.. found.Select(stride => stride.ContactSeconds)], Reference.MatchSeconds);
        var pairs = reference.Contacts.Select((contact, i) => (contact, partner[i] < 0 ? null : found[partner[i]]))
            .ToList();
        var matched = partner.Where(f => f >= 0).ToHashSet();
        var rest = found.Where((_, f) => !matched.Contains(f)).ToList();
        var extra = rest.Where(stride => reference.SpeaksFor(stride.ContactSeconds)).ToList();
        var tally = new Tally
        {
            Found = found.Count,
            Referenced = pairs.Count,
            Matched = matched.Count,
            Extra = extra.Count,
            Elsewhere = rest.Count - extra.Count,
            Pairs = pairs,
            ExtraStrides = extra,
        };
        foreach (var (contact, stride) in pairs)
        {
            if (stride != null)
            {
                tally.Judge(contact, stride, reference.Direction);
            }
        }

        rest.ForEach(stride => tally.JudgeDirection(stride.Stride, reference.Direction));
        tally.MeasureFootOffs(reference, found);
        tally.MeasureCadence();
        return tally;
    }

    /// <summary>Adds another one's counts and errors.</summary>
    public void Add(Tally other)
    {
        Found += other.Found;
        Referenced += other.Referenced;
        Matched += other.Matched;
        Extra += other.Extra;
        Elsewhere += other.Elsewhere;
        DirectionRight += other.DirectionRight;
        DirectionWrong += other.DirectionWrong;
        DirectionUnknown += other.DirectionUnknown;
        LandingJudged += other.LandingJudged;
        LandingRight += other.LandingRight;
        ContactErrors.AddRange(other.ContactErrors);
        FootOffErrors.AddRange(other.FootOffErrors);
        CadenceErrors.AddRange(other.CadenceErrors);
        LengthErrors.AddRange(other.LengthErrors);
        BeltSpeedErrors.AddRange(other.BeltSpeedErrors);
        FootStrikeErrors.AddRange(other.FootStrikeErrors);
        TiltErrors.AddRange(other.TiltErrors);
        Delays.AddRange(other.Delays);
    }

    private void Judge(ReferenceContact contact, ReplayedStride found, Direction direction)
    {
        var stride = found.Stride;
        JudgeDirection(stride, contact.Direction == Direction.Unknown ? direction : contact.Direction);
        if (contact.Landing != Landing.Unknown)
        {
            LandingJudged++;
            LandingRight += stride.Landing == contact.Landing ? 1 : 0;
        }

        ContactErrors.Add((found.ContactSeconds - contact.Seconds) * 1000);
        if (stride.StrideMilliseconds != Stride.Missing)
        {
            Delays.Add((found.DetectedSeconds - (contact.FootFlatSeconds ?? contact.Seconds)) * 1000);
        }

        AddError(FootStrikeErrors, stride.FootStrikeHalfDegrees, 0.5, contact.FootStrikeDegrees);
        AddError(TiltErrors, stride.TiltHalfDegrees, 0.5, contact.TiltDegrees);
        if (contact.LengthMeters is { } meters and > 0)
        {
            AddError(LengthErrors, stride.LengthMillimeters, 0.1 / meters, 100);
            if (contact.StrideSeconds is { } seconds and > 0)
            {
                AddError(BeltSpeedErrors, stride.BeltSpeedMillimetersPerSecond, 0.1 * seconds / meters, 100);
            }
        }
    }

    /// <summary>Holds the lengths of found strides against those that somebody measured.</summary>
    public void MeasureLengths(IEnumerable<MeasuredLength> lengths, IReadOnlyCollection<ReplayedStride> strides)
    {
        foreach (var (from, to, meters) in lengths)
        {
            foreach (var found in strides.Where(stride => stride.ContactSeconds > from && stride.ContactSeconds <= to))
            {
                AddError(LengthErrors, found.Stride.LengthMillimeters, 0.1 / meters, 100);
            }
        }
    }

    private void JudgeDirection(Stride stride, Direction truth)
    {
        if (truth == Direction.Unknown)
        {
            return;
        }

        DirectionRight += stride.Direction == truth ? 1 : 0;
        DirectionUnknown += stride.Direction == Direction.Unknown ? 1 : 0;
        DirectionWrong += stride.Direction == DirectionCheck.Opposite(truth) ? 1 : 0;
    }

    private static void AddError(List<double> errors, int measured, double unit, double? truth)
    {
        if (measured != Stride.Missing && truth is { } value)
        {
            errors.Add((measured * unit) - value);
        }
    }

    /// <summary>On their own: around a turn a reference may have a foot-off whose contact it left out.</summary>
    private void MeasureFootOffs(Reference reference, List<ReplayedStride> found)
    {
        var clearances = found.Select(stride => stride.ClearanceSeconds).Order().ToList();
        int[] partner = Matching.Match(reference.FootOffs, clearances, Reference.MatchSeconds);
        FootOffErrors.AddRange(
            partner.Index().Where(pair => pair.Item >= 0)
                .Select(pair => (clearances[pair.Item] - reference.FootOffs[pair.Index]) * 1000));
    }

    private void MeasureCadence()
    {
        var inARow = new List<(double Found, double True)>();
        foreach (var (contact, found) in Pairs)
        {
            if (found is null || found.Stride.StrideMilliseconds == Stride.Missing
                || contact.StrideSeconds is not { } seconds)
            {
                inARow.Clear();
                continue;
            }

            inARow.Add((found.Stride.StrideMilliseconds / 1000.0, seconds));
            if (inARow.Count >= CadenceWindow)
            {
                var window = inARow.TakeLast(CadenceWindow).ToList();
                CadenceErrors.Add(
                    (120 * CadenceWindow / window.Sum(one => one.Found))
                        - (120 * CadenceWindow / window.Sum(one => one.True)));
            }
        }
    }
}
