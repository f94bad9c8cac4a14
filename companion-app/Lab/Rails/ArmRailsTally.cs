using Backstep.Gait;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Lab.Rails;

/// <summary>How shoe and wrist together fared with one walker, or with many.</summary>
public sealed class ArmRailsTally
{
    private readonly Dictionary<ArmPose, int> _mostChanges = Enum.GetValues<ArmPose>()
        .ToDictionary(pose => pose, _ => 0);

    /// <summary>Quarter seconds, from 3 s after each change on, by what the hand with the unit did.</summary>
    public IReadOnlyDictionary<ArmPose, RailConfusion> ByPose { get; } = Enum.GetValues<ArmPose>()
        .ToDictionary(pose => pose, _ => new RailConfusion());

    /// <summary>Probabilities said while the hand was on the rail, swung, or was at the controls.</summary>
    public RailProbabilities Probabilities { get; } = new();

    /// <summary>Seconds from a change between rail and no rail until it was said.</summary>
    public List<double> SecondsToNotice { get; } = [];

    /// <summary>Such changes.</summary>
    public int Transitions { get; set; }

    /// <summary>Changes of what was said while the hand, whatever it did, did the same.</summary>
    public long Changes { get; set; }

    /// <summary>The most of them within any one minute, by what the hand did.</summary>
    public IReadOnlyDictionary<ArmPose, int> MostChangesInAMinute => _mostChanges;

    /// <summary>Minutes of that.</summary>
    public double Minutes { get; set; }

    /// <summary>How far the two clocks were apart after alignment, ms, once a quarter second from the second minute
    /// on.</summary>
    public List<double> ClockErrorMilliseconds { get; } = [];

    /// <summary>What is held against the target: the unit on a hand that rests on the rail, alone or with the other
    /// one, swings, or goes to the controls.</summary>
    public RailConfusion Telling => Sum([.. Enum.GetValues<ArmPose>().Where(IsTelling)]);

    /// <summary>Still hands that are not on the rail: reported apart.</summary>
    public RailConfusion StillHands => Sum(ArmPose.PhoneInHand, ArmPose.InPocket, ArmPose.Crossed);

    /// <summary>The truth about a pose.</summary>
    public static Posture Truth(ArmPose pose) =>
        pose is ArmPose.OnRail or ArmPose.OneHandOnRail or ArmPose.OtherHandOnRail ? Posture.Held : Posture.Free;

    /// <summary>Whether the hand with the unit shows what is so: not when it is still without a rail, nor when the
    /// other one has the rail.</summary>
    public static bool IsTelling(ArmPose pose) =>
        pose is ArmPose.OnRail or ArmPose.OneHandOnRail or ArmPose.Swinging or ArmPose.AtControls;

    /// <summary>The answer changed while the hand did the same.</summary>
    /// <param name="pose">What it did.</param>
    /// <param name="withinAMinute">How often it did so within the minute that ends now.</param>
    public void NoteChange(ArmPose pose, int withinAMinute)
    {
        Changes++;
        NoteMost(pose, withinAMinute);
    }

    /// <summary>Takes another's.</summary>
    public void Add(ArmRailsTally other)
    {
        foreach (var (pose, confusion) in other.ByPose)
        {
            ByPose[pose].Add(confusion);
        }

        Probabilities.Add(other.Probabilities);
        SecondsToNotice.AddRange(other.SecondsToNotice);
        Transitions += other.Transitions;
        Changes += other.Changes;
        foreach (var (pose, changes) in other.MostChangesInAMinute)
        {
            NoteMost(pose, changes);
        }

        Minutes += other.Minutes;
        ClockErrorMilliseconds.AddRange(other.ClockErrorMilliseconds);
    }

    private void NoteMost(ArmPose pose, int changes) => _mostChanges[pose] = Math.Max(_mostChanges[pose], changes);

    private RailConfusion Sum(params ReadOnlySpan<ArmPose> poses)
    {
        var sum = new RailConfusion();
        foreach (var pose in poses)
        {
            sum.Add(ByPose[pose]);
        }

        return sum;
    }
}
