using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Backstep.Companion.Output;
using Backstep.Gait;
using Backstep.Terminal;
using Backstep.Walks.Events;
using Backstep.Walks.Rails;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;

namespace Backstep.Companion.Live;

/// <summary>Counts what a real sensor told and, if wanted, prints every event as a line of JSON. One for each
/// sensor.</summary>
/// <param name="writer">Where lines go.</param>
/// <param name="asJson">Whether they do.</param>
/// <param name="sensor">The sensor's label.</param>
/// <param name="time">The clock; starts now.</param>
public sealed class LiveLog(TextWriter writer, bool asJson, string sensor, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private readonly List<Stride> _strides = [];
    private string _placement = StrideText.Of(Protocol.Placement.Unknown);
    private RailState _rails = RailState.Unknown;
    private int _replayed;
    private long _lost;
    private int _linkLosses;
    private int _rejected;

    private double Now => Math.Round(time.GetElapsedTime(_start).TotalSeconds, 3);

    /// <summary>Takes an event.</summary>
    public void Apply(SensorEvent received)
    {
        switch (received)
        {
            case StrideReceived stride:
                _strides.Add(stride.Stride);
                _replayed += stride.IsReplayed ? 1 : 0;
                Print(LiveStrideJson.From(Now, sensor, stride), JsonOutput.Lines.LiveStrideJson);
                break;
            case SessionReceived session:
                Print(LiveSessionJson.From(Now, sensor, session.Session), JsonOutput.Lines.LiveSessionJson);
                break;
            case BatteryReceived battery:
                Print(new LiveBatteryJson(Now, sensor, battery.Percent), JsonOutput.Lines.LiveBatteryJson);
                break;
            case ConfigurationReceived told:
                _placement = StrideText.Of(told.Configuration.Placement);
                Print(new LiveWornJson(Now, sensor, _placement), JsonOutput.Lines.LiveWornJson);
                break;
            case LinkChanged link:
                _linkLosses += link.IsLoss ? 1 : 0;
                Print(LiveLinkJson.From(Now, sensor, link), JsonOutput.Lines.LiveLinkJson);
                break;
            case StridesLost lost:
                _lost += (long)lost.LastSequence - lost.FirstSequence + 1;
                Problem($"the sensor no longer holds the strides {lost.FirstSequence} to {lost.LastSequence}");
                break;
            case PayloadRejected rejected:
                _rejected++;
                Problem($"a value of {rejected.Characteristic} is none: {rejected.Error}");
                break;
            case CommandRefused refused:
                Problem($"the sensor refused {refused.Operation}: {refused.Reason}");
                break;
            default:
                break;
        }
    }

    /// <summary>Tells a problem that is not the sensor's.</summary>
    public void Tell(string problem) => Problem(problem);

    /// <summary>Takes what can be said of the rails; tells it when it has changed.</summary>
    public void Note(RailState rails)
    {
        if (rails.Posture != _rails.Posture || rails.Source != _rails.Source)
        {
            _rails = rails;
            Print(
                new LiveRailsJson(Now, sensor, StrideText.Of(rails.Posture), Statistics.Round(rails.HeldPercent, 0),
                    LiveRailsJson.WordOf(rails.Source)), JsonOutput.Lines.LiveRailsJson);
        }
    }

    /// <summary>Says what there was, and which sessions were kept of it.</summary>
    public void Close(IReadOnlyList<long> keptSessions)
    {
        var summary = new LiveSummaryJson(
            Now, sensor, _strides.Count, _replayed, _lost, DirectionCounts.Of(_strides), LandingCounts.Of(_strides),
            _linkLosses, _rejected)
        {
            KeptSessions = keptSessions,
        };
        if (asJson)
        {
            Print(summary, JsonOutput.Lines.LiveSummaryJson);
            return;
        }

        var lines = new SummaryWriter(writer, 12);
        lines.Line("sensor", $"{summary.Sensor}, worn: {_placement}");
        lines.Line("strides", string.Create(
            CultureInfo.InvariantCulture,
            $"{summary.Strides}: {summary.Direction.Backward} backward, {summary.Direction.Forward} forward, "
            + $"{summary.Direction.Unknown} of unknown direction"));
        lines.Line("link", string.Create(
            CultureInfo.InvariantCulture,
            $"lost {summary.LinkLosses} times; {summary.Replayed} strides came later, {summary.LostForGood} are "
            + $"lost for good"));
    }

    private void Problem(string text) =>
        Print(new LiveProblemJson(Now, sensor, text), JsonOutput.Lines.LiveProblemJson);

    private void Print<T>(T value, JsonTypeInfo<T> type)
    {
        if (asJson)
        {
            JsonOutput.Write(writer, value, type);
        }
    }
}
