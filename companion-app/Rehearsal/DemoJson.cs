using System.Text.Json.Serialization;
using Backstep.Walks.Strides;

namespace Backstep.Rehearsal;

/// <summary><c>backstep demo --json</c>. Null means not measured. "True" is what the simulated walker did, which only a
/// simulation knows.</summary>
public sealed record DemoJson(
    string Scenario,
    string Description,
    int Seed,
    double Seconds,
    DemoStridesJson Strides,
    DirectionCounts Direction,
    LandingCounts Landing,
    AgreementJson DirectionAgainstTruth,
    AgreementJson LandingAgainstTruth,
    DemoCadenceJson Cadence,
    DemoSessionJson Session,
    DemoLinkJson Link,
    int? BatteryPercent)
{
    /// <summary>Name and version of this layout.</summary>
    [JsonPropertyOrder(-2)]
    public string Schema { get; } = "backstep.demo/1";

    /// <summary>What shoe and wrist said of the rails, against the truth; null without --wrist.</summary>
    public DemoRailsJson? RailsAgainstTruth { get; init; }

    /// <summary>The incline that the shoe measured, against that of the simulated ground.</summary>
    public required DemoInclineJson Incline { get; init; }

    /// <summary>Keys of the sessions that were kept; none without --keep.</summary>
    public IReadOnlyList<long> KeptSessions { get; init; } = [];

    /// <summary>Always true: no person walked.</summary>
    [JsonPropertyOrder(-1)]
    public bool Simulated { get; } = true;
}

/// <summary>Strides that the walker made and that arrived.</summary>
/// <param name="True">Complete within the time.</param>
/// <param name="Arrived">That came over the air.</param>
/// <param name="Missing">True ones that did not arrive.</param>
/// <param name="Invented">Arrived ones that were none.</param>
/// <param name="Replayed">That came later, out of the sensor's log.</param>
/// <param name="LostForGood">That the sensor no longer held.</param>
public sealed record DemoStridesJson(int True, int Arrived, int Missing, int Invented, int Replayed, int LostForGood);

/// <summary>Incline in %, positive: uphill in the direction of walking. Null: not measured.</summary>
/// <param name="MeasuredPercent">By the shoe, over the walk backward.</param>
/// <param name="TruePercent">Of the ground.</param>
public sealed record DemoInclineJson(double? MeasuredPercent, double TruePercent);

/// <summary>How the arrived strides compare with the true ones.</summary>
public sealed record AgreementJson(int Right, int Wrong, int Unknown);

/// <summary>Cadence in steps of both feet a minute.</summary>
/// <param name="Mean">The session's mean while walking.</param>
/// <param name="TrueMean">The walker's.</param>
/// <param name="MeanError">The difference.</param>
/// <param name="LargestErrorAfter10Seconds">The worst that was shown from ten seconds after the first contact
/// on.</param>
public sealed record DemoCadenceJson(double? Mean, double? TrueMean, double? MeanError,
    double? LargestErrorAfter10Seconds);

/// <summary>The session: its state as last sent, and what of it counts, as it is kept: nothing in pauses.</summary>
public sealed record DemoSessionJson(string State, int ElapsedSeconds, int ActiveSeconds, int? ToeFirstPercent,
    int? RailsHeldPercent, double? DistanceMeters);

/// <summary>The link.</summary>
/// <param name="Losses">How often it was lost.</param>
/// <param name="DownSeconds">For how long in all.</param>
/// <param name="RunningSpeedMessages">Messages of the standard service for running apps.</param>
/// <param name="RejectedPayloads">Payloads that could not be decoded.</param>
public sealed record DemoLinkJson(int Losses, double DownSeconds, int RunningSpeedMessages, int RejectedPayloads);

/// <summary>What was said of the rails, in seconds, from three seconds after each change on.</summary>
/// <param name="RightSeconds">As it was.</param>
/// <param name="WrongSeconds">The contrary.</param>
/// <param name="UnknownSeconds">Unknown.</param>
public sealed record DemoRailsJson(double RightSeconds, double WrongSeconds, double UnknownSeconds);
