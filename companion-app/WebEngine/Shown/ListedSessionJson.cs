using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;

namespace Backstep.WebEngine.Shown;

/// <summary>A session in a list. Null means not known.</summary>
/// <param name="Key">Its key.</param>
/// <param name="BeganAt">When it began, with the offset of its place.</param>
/// <param name="IsStartUnknown">Whether that is only the latest that it can have begun.</param>
/// <param name="WalkedSeconds">Time walked.</param>
/// <param name="Strides">Strides that count.</param>
/// <param name="ToeFirstPercent">Of backward steps.</param>
/// <param name="Simulated">Whether no person walked.</param>
/// <param name="Source">The sensor, or the scenario.</param>
/// <param name="Mode">treadmill, hill, sled, free.</param>
/// <param name="State">complete, open (goes on), broken-off.</param>
public sealed record ListedSessionJson(
    string Key,
    DateTimeOffset BeganAt,
    bool IsStartUnknown,
    double WalkedSeconds,
    int Strides,
    double? ToeFirstPercent,
    bool Simulated,
    string Source,
    string Mode,
    string State)
{
    /// <summary>From what is kept.</summary>
    public static ListedSessionJson From(string key, SessionSummary session) => new(
        Key: key,
        BeganAt: session.Header.StartedAt,
        IsStartUnknown: session.Header.IsStartUnknown,
        WalkedSeconds: Math.Round(session.Totals.Active.TotalSeconds, 1),
        Strides: session.Totals.Strides,
        ToeFirstPercent: Statistics.Round(session.Totals.ToeFirstShare * 100, 1),
        Simulated: session.Header.IsSimulated,
        Source: string.Join(" + ", session.Header.Sensors.Select(sensor => sensor.Name)),
        Mode: StrideText.Of(session.Header.Mode),
        State: session.IsOpen ? "open" : session.IsComplete ? "complete" : "broken-off");
}
