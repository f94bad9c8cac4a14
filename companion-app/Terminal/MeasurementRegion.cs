using System.Globalization;

namespace Backstep.Terminal;

/// <summary>The region whose units a person is used to, as the environment of a Unix says it (locale(7)): LC_ALL before
/// LC_MEASUREMENT before LANG.</summary>
public static class MeasurementRegion
{
    private static readonly string[] Variables = ["LC_ALL", "LC_MEASUREMENT", "LANG"];

    /// <summary>The region, or null when nothing is said.</summary>
    /// <param name="variable">The value of an environment variable; null or empty when it is not set.</param>
    public static CultureInfo? Of(Func<string, string?> variable) =>
        Variables.Select(variable).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value)) is { } locale
            ? Region(locale) : null;

    /// <summary>Of a locale such as en_US.UTF-8 or sr_RS@latin; of no region for C, POSIX, and what is none.</summary>
    private static CultureInfo Region(string locale)
    {
        string name = locale.Split('.', '@')[0].Trim().Replace('_', '-');
        try
        {
            return name is "C" or "POSIX" ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(name);
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.InvariantCulture;
        }
    }
}
