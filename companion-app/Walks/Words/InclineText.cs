using System.Globalization;
using Backstep.Walks.Sessions;

namespace Backstep.Walks.Words;

/// <summary>An incline in words: a slope in %, in metric and US units alike. Up and down are meant in the direction of
/// walking.</summary>
public static class InclineText
{
    /// <summary>A measured one: 5.0 % up, 2.0 % down, level.</summary>
    public static string Of(double percent) => Math.Round(percent, 1) switch
    {
        0 => "level",
        > 0 => Number(percent, "0.0") + " % up",
        _ => Number(-percent, "0.0") + " % down",
    };

    /// <summary>A session's: what the shoe measured and what the walker told, each called what it is; null when neither
    /// is known.</summary>
    public static string? Of(SessionSummary session) => (session.MeasuredIncline, session.Header.InclinePercent) switch
    {
        ({ } measured, { } told) => $"{Of(measured.Percent)} by the shoe; told {Number(told, "0.#")} %",
        ({ } measured, null) => $"{Of(measured.Percent)} by the shoe",
        (null, { } told) => $"{Number(told, "0.#")} % as told",
        _ => null,
    };

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
