using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using Backstep.Companion.Commands;
using Backstep.Lab;
using Backstep.Protocol.Tests.Support;
using Backstep.Terminal;
using CsCheck;

namespace Backstep.Companion.Tests.Commands;

/// <summary>A number on a command line is what it looks like in every region, or it is refused: never another number,
/// and never a fault.</summary>
public sealed class NumbersOnTheCommandLineTests
{

    private static readonly string[] Regions =
        ["", "de-DE", "fr-FR", "ar-SA", "fa-IR", "sv-SE", "de-CH", "hi-IN", "tr-TR"];

    private static readonly string[] Odd =
    [
        "abc", "NaN", "Infinity", "1e400", "0x10", "2,5", "1,000", "1.000,5", "--", "٢٫٥", "۲٫۵", "½", "∞", "",
    ];

    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.Double[-1000, 1000].Select(Gen.Int[0, 4]).Select((value, places) =>
            value.ToString("F" + places.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)),
        Gen.Int.Select(value => value.ToString(CultureInfo.InvariantCulture)),
        Gen.Double[-1000, 1000].Select(Gen.Int[0, Regions.Length - 1]).Select((value, region) =>
            value.ToString("N1", CultureInfo.GetCultureInfo(Regions[region]))),
        Gen.String[Gen.Char["0123456789.,'-+e \u00A0\u202F\u066B\u0661\u0662\u06F3\u0967%"], 1, 8],
        Gen.String,
        Gen.Int[0, Odd.Length - 1].Select(i => Odd[i]));

    [Fact]
    public void What_is_read_is_what_is_written()
    {
        Sampling.ForAll(
            AnyText.Select(Gen.Int[0, Regions.Length - 1]), Sampling.PropertyCases,
            (text, region) =>
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(Regions[region]);
                var option = NumberOption.Within("--number", "A number.", "N", -1e9, 1e9);
                var whole = NumberOption.Whole("--whole", "A whole number.", null);
                foreach (var (name, value, errors) in new[] { text.Length % 2 == 0 ? Parsed(option, text)
                    : Parsed(whole, text) })
                {
                    string plain = text.TrimStart('+');
                    if (value is { } number)
                    {
                        Assert.True(
                            plain.All(c => char.IsAsciiDigit(c) || c is '.' or '-' or '\u2212' or '\u2012' or '\u207B'
                                or '\0'), $"'{text}' was read as {number}");
                        Assert.Equal(
                            decimal.Parse(text.TrimEnd('\0'), NumberStyles.Float, CultureInfo.InvariantCulture),
                            (decimal)number, 6);
                    }
                    else
                    {
                        Assert.NotEmpty(errors);
                        Assert.Contains(name, errors, StringComparison.Ordinal);
                        Assert.DoesNotContain("System.", errors, StringComparison.Ordinal);
                    }
                }
            });
    }

    [Fact]
    public void No_number_is_read_but_by_the_one_reader()
    {
        // System.CommandLine's own conversion reads as the region does.
        using var environment = CommandEnvironment.OfThisProcess();
        var all = Descendants(Root.Build(environment)).Concat(Descendants(LabRoot.Build(environment))).ToArray();
        var options = all.SelectMany(command => command.Options.Cast<Symbol>().Concat(command.Arguments));
        Assert.All(options.Where(symbol => IsNumber(ValueType(symbol))), symbol => Assert.True(
            symbol.GetType().GetProperty("CustomParser")!.GetValue(symbol) != null, symbol.Name));
    }

    [Fact]
    public void Whatever_an_option_is_given_is_understood_or_refused_in_words()
    {
        using var environment = CommandEnvironment.OfThisProcess();
        foreach (var command in Descendants(Root.Build(environment)).Where(one => one.Subcommands.Count == 0))
        {
            string[] path = [.. Path(command)];
            foreach (var option in command.Options.Where(option => option.ValueType != typeof(string)
                && option.ValueType != typeof(string[]) && option is not (VersionOption or HelpOption)))
            {
                var run = CommandRun.Of([.. path, $"{option.Name}=2,5x"]);

                // A flag leaves what follows it to the arguments.
                Assert.True(run.ExitCode == ExitCode.Usage || (option.ValueType == typeof(bool)
                    && run.ExitCode == ExitCode.BadInput), $"{string.Join(' ', path)} {option.Name}: {run.Error}");
                Assert.DoesNotContain("System.", run.Error, StringComparison.Ordinal);
            }

            if (command.Arguments.FirstOrDefault(one => IsNumber(one.ValueType)) is { } argument)
            {
                var run = CommandRun.Of([.. path, "2,5x"]);
                Assert.True(run.ExitCode == ExitCode.Usage, $"{string.Join(' ', path)} {argument.Name}: {run.Error}");
                Assert.DoesNotContain("System.", run.Error, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("")]
    public void An_incline_with_a_comma_is_refused_with_the_right_spelling(string region)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(region);
        foreach (string[] command in (string[][])[["demo", "--fast", "--seconds", "1"],
            ["live", "--anyway", "--sensor", "x"]])
        {
            foreach (string option in (string[])["--incline", "--minutes", "--intervals", "--rest"])
            {
                foreach (string bad in (string[])["2,5", "abc", "٢٫٥", "NaN", "1e400"])
                {
                    var run = CommandRun.Of([.. command, option, bad]);
                    Assert.Equal(ExitCode.Usage, run.ExitCode);
                    Assert.Contains(option, run.Error, StringComparison.Ordinal);
                    Assert.DoesNotContain("fault", run.Error, StringComparison.Ordinal);
                    if (bad == "2,5")
                    {
                        Assert.Contains("With a point: 2.5", run.Error, StringComparison.Ordinal);
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("fa-IR")]
    public void Dates_of_pain_are_in_the_language_and_calendar_of_the_sentence(string region)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(region);
        using var folder = new TemporaryFolder();
        var noted = CommandRun.In(folder["data"], "log", "pain", "7");
        var plan = CommandRun.In(folder["data"], "plan", "--json");
        string months = string.Join('|', CultureInfo.InvariantCulture.DateTimeFormat.MonthNames[..12]);
        Assert.Matches($"you noted pain of 7 on ({months}) [0-9]+", noted.Out + plan.Out);
    }

    private static (string Name, double? Value, string Errors) Parsed<T>(Option<T> option, string text)
    {
        var result = new RootCommand { option }.Parse([option.Name + "=" + text],
            new ParserConfiguration { ResponseFileTokenReplacer = null });
        string errors = string.Join(' ', result.Errors.Select(error => error.Message));
        return (option.Name, result.Errors.Count > 0 ? null : result.GetValue(option) is { } value
            ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : null, errors);
    }

    private static IEnumerable<Command> Descendants(Command command) =>
        command.Subcommands.SelectMany(Descendants).Prepend(command);

    private static IEnumerable<string> Path(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? Path(parent).Append(command.Name) : [];

    private static Type ValueType(Symbol symbol) =>
        symbol is Option option ? option.ValueType : ((Argument)symbol).ValueType;

    private static bool IsNumber(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type)
        is >= TypeCode.SByte and <= TypeCode.Decimal;
}
