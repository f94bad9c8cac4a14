using System.CommandLine;
using System.CommandLine.Parsing;

namespace Backstep.Terminal;

/// <summary>
/// Options and arguments for numbers. Every number of a command line is read here, never by System.CommandLine, which
/// reads as the region does (2.5 is 25 in Germany) and throws at what is none.
/// </summary>
public static class NumberOption
{
    /// <summary>An option for a number above 0.</summary>
    public static Option<double> Positive(string name, string description, double defaultValue, double most) =>
        new(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => defaultValue,
            CustomParser = result => Read(result, name, FormattableString.Invariant(
                $"a number above 0 and up to {most}"), value => value > 0 && value <= most) ?? defaultValue,
        };

    /// <summary>An option for a number above 0 that may be left out.</summary>
    public static Option<double?> PositiveOrNone(string name, string description, double most, string why = "") =>
        new(name)
        {
            Description = description,
            HelpName = "N",
            CustomParser = result => Read(result, name, FormattableString.Invariant(
                $"a number above 0 and up to {most}") + why, value => value > 0 && value <= most),
        };

    /// <summary>An option for a number within bounds that may be left out.</summary>
    public static Option<double?> Within(string name, string description, string helpName, double least, double most) =>
        new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result => Read(result, name, FormattableString.Invariant(
                $"a number from {least} to {most}"), value => value >= least && value <= most),
        };

    /// <summary>An option for a whole number from 1.</summary>
    public static Option<int?> Whole(string name, string description, int? defaultValue, int most = int.MaxValue) =>
        new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => defaultValue,
        CustomParser = result => (int?)ReadWhole(result, name, most == int.MaxValue ? "a whole number from 1"
            : FormattableString.Invariant($"a whole number from 1 to {most}"), 1, most),
    };

    /// <summary>An option for a whole number within bounds that may be left out.</summary>
    public static Option<int?> WholeWithin(string name, string description, int least, int most) => new(name)
    {
        Description = description,
        // A choice is written with bars, a range is not one: "4|5", "1-1000", "N".
        HelpName = most == int.MaxValue ? "N"
            : FormattableString.Invariant($"{least}{(most - least == 1 ? "|" : "-")}{most}"),
        CustomParser = result => (int?)ReadWhole(result, name,
            FormattableString.Invariant($"a whole number from {least} to {most}"), least, most),
    };

    /// <summary>An option for whatever seeds chance.</summary>
    public static Option<int> Seed(string description) => new("--seed")
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => 1,
        CustomParser = result =>
            (int?)ReadWhole(result, "--seed", "a whole number", int.MinValue, int.MaxValue) ?? 1,
    };

    /// <summary>An argument for a whole number.</summary>
    /// <param name="name">Its name in the help.</param>
    /// <param name="description">Its description.</param>
    /// <param name="what">What it is, for an error.</param>
    /// <param name="least">The smallest.</param>
    /// <param name="most">The greatest.</param>
    public static Argument<long> Argument(string name, string description, string what, long least, long most) =>
        new(name)
        {
            Description = description,
            CustomParser = result => ReadWhole(result, what, most == long.MaxValue
                ? FormattableString.Invariant($"a whole number from {least}")
                : FormattableString.Invariant($"a whole number from {least} to {most}"), least, most) ?? least,
        };

    private static double? Read(ArgumentResult result, string name, string what, Predicate<double> isWithin)
    {
        string text = result.Tokens[0].Value;
        if (NumberText.TryRead(text, out double value) && isWithin(value))
        {
            return value;
        }

        result.AddError($"{name} must be {what}, {NumberText.Not(text)}");
        return null;
    }

    private static long? ReadWhole(ArgumentResult result, string name, string what, long least, long most)
    {
        string text = result.Tokens[0].Value;
        if (NumberText.TryReadWhole(text, out long value) && value >= least && value <= most)
        {
            return value;
        }

        result.AddError($"{name} must be {what}, {NumberText.Not(text)}");
        return null;
    }
}
