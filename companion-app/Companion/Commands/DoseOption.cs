using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Backstep.Walks;
using Backstep.Walks.Coaching;
using Backstep.Walks.Programme;

namespace Backstep.Companion.Commands;

/// <summary><c>plan --dose 8min 3days 5% 2.5km/h</c>: what a professional has set.</summary>
public static partial class DoseOption
{
    private const string Nothing = "none";
    private const double MetersPerSecondInAnHour = 1 / 3.6;
    private const double MetersPerSecondOfAMile = 1609.344 / 3600;
    private const int Week = 7;
    private const int SteepestPercent = 15;

    private static readonly int MostMinutes = Dose.StepsMinutes[^1];

    /// <summary>Builds it: null when it was not given, a dose of nothing for none.</summary>
    public static Option<PrescribedDose?> Build() => new("--dose")
    {
        Description = "What a professional has set, any of 8min 3days 5% 2.5km/h (or mph); none forgets it. The plan "
            + "obeys it and names it.",
        HelpName = "DOSE",
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = result =>
        {
            var dose = new PrescribedDose();
            foreach (string text in result.Tokens.Select(token => token.Value).Where(text => text != Nothing))
            {
                if (With(dose, text) is not { } more)
                {
                    result.AddError($"--dose: '{OneLine.Of(text)}' is no part of a dose. It is minutes (1 to "
                        + $"{MostMinutes}, as 8min), days a week (1 to {Week}, as 3days), incline (0 "
                        + $"to {SteepestPercent} %, as 5%), speed (up to 3.2 km/h or 2 mph, as 2.5km/h), or none");
                    return null;
                }

                dose = more;
            }

            return dose;
        },
    };

    private static PrescribedDose? With(PrescribedDose dose, string text)
    {
        if (Part().Match(text) is not { Success: true } part)
        {
            return null;
        }

        double value = double.Parse(part.Groups[1].Value, CultureInfo.InvariantCulture);
        bool whole = value == Math.Floor(value);
        return part.Groups[2].Value switch
        {
            "min" when whole && value >= 1 && value <= MostMinutes =>
                dose with { Minutes = (int)value },
            "day" or "days" when whole && value is >= 1 and <= Week => dose with { Days = (int)value },
            "%" when value <= SteepestPercent => dose with { InclinePercent = value },
            "km/h" => Speed(value * MetersPerSecondInAnHour),
            "mph" => Speed(value * MetersPerSecondOfAMile),
            _ => null,
        };

        // 3.2 km/h is what is shown for 2 mph.
        PrescribedDose? Speed(double speed) => speed > 0 && speed <= Coach.BeltLimitMetersPerSecond + 0.005
            ? dose with { MetersPerSecond = speed } : null;
    }

    [GeneratedRegex(@"^([0-9]{1,3}(?:\.[0-9]{1,2})?)(min|days?|%|km/h|mph)$")]
    private static partial Regex Part();
}
