using System.CommandLine;
using System.Globalization;
using Backstep.Walks;

namespace Backstep.Terminal;

/// <summary>Options for numbers within bounds.</summary>
public static class NumberOption
{
    /// <summary>An option for a number above 0.</summary>
    public static Option<double> Positive(string name, string description, double defaultValue, double most)
    {
        var option = new Option<double>(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => defaultValue,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                    || !(value > 0 && value <= most))
                {
                    result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} must be a number above 0 "
                        + $"and up to {most}, not '{OneLine.Of(text)}'"));
                }

                return value;
            },
        };
        return option;
    }

    /// <summary>An option for a whole number from 1.</summary>
    public static Option<int?> Whole(string name, string description, int? defaultValue, int most) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => defaultValue,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) || value < 1
                || value > most)
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} must be a whole number from 1 "
                    + $"to {most}, not '{OneLine.Of(text)}'"));
            }

            return value;
        },
    };
}
