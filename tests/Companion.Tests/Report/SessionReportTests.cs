using System.Text.RegularExpressions;
using System.Xml.Linq;
using Backstep.Companion.Commands;
using Backstep.Companion.Report;
using Backstep.Companion.Tests.Export;
using Backstep.Protocol;
using Backstep.Protocol.Tests.Support;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;

namespace Backstep.Companion.Tests.Report;

public sealed partial class SessionReportTests
{
    private static readonly DateTimeOffset MadeAt = new(2026, 3, 3, 9, 0, 0, TimeSpan.FromHours(1));

    [Fact]
    public void The_page_is_one_well_formed_file_that_loads_and_runs_nothing()
    {
        string page = Page(KeptSessions.Of([.. KeptSessions.Even(100)]));
        Elements(page);
        Assert.Contains("<html lang=\"en\">", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)<script|<link|<img|<iframe|@import|url\\((?!#)|https?://|\\son[a-z]+=", page);
    }

    /// <summary>Every chart is told to those who cannot see it: named, described, in words, and as a table.</summary>
    [Fact]
    public void Every_chart_has_title_description_sentence_and_table()
    {
        var page = Elements(Page(TwoShoes()));
        var figures = page.Descendants("figure").ToArray();
        Assert.Equal(8, figures.Length);
        foreach (var figure in figures)
        {
            var svg = figure.Element("svg")!;
            Assert.Equal("img", (string?)svg.Attribute("role"));
            var told = ((string)svg.Attribute("aria-labelledby")!).Split(' ')
                .Select(id => svg.Elements().Single(one => (string?)one.Attribute("id") == id)).ToArray();
            Assert.Equal(["title", "desc"], told.Select(one => one.Name.LocalName));
            Assert.All(told, one => Assert.NotEmpty(one.Value));
            Assert.NotEmpty(figure.Element("figcaption")!.Value);
            var table = figure.Parent!.Element("details")!.Descendants("table").Single();
            int columns = table.Descendants("thead").Single().Descendants("th").Count();
            Assert.All(table.Descendants("tbody").Single().Elements("tr"),
                row => Assert.Equal(columns, row.Elements().Count()));
        }
    }

    /// <summary>Letters of 16 px, the largest of the style sheet; a figure is 0.6 of that wide, as in most
    /// typefaces.</summary>
    [Theory]
    [InlineData(12)]
    [InlineData(85)]
    [InlineData(7_300)]
    [InlineData(60_000)]
    public void No_label_of_a_chart_is_cut_at_its_edge(int seconds)
    {
        const double Character = 16 * 0.6;
        var session = KeptSessions.Of([.. KeptSessions.Even(40).Select((kept, i) =>
            kept with { At = TimeSpan.FromSeconds((i + 1) * seconds / 40.0) })]);
        foreach (var text in Elements(Page(session)).Descendants("text"))
        {
            double x = double.Parse((string)text.Attribute("x")!, System.Globalization.CultureInfo.InvariantCulture);
            double length = text.Value.Length * Character;
            string anchor = (string?)text.Attribute("text-anchor") ?? "start";
            double from = anchor switch { "middle" => x - (length / 2), "end" => x - length, _ => x };
            Assert.True(from >= -0.1 && from + length <= 480.1, $"'{text.Value}' from {from} to {from + length}");
        }
    }

    [Fact]
    public void Headings_go_down_one_by_one_and_every_id_is_one()
    {
        var page = Elements(Page(TwoShoes()));
        int level = 0;
        foreach (var heading in page.Descendants().Where(one => HeadingName().IsMatch(one.Name.LocalName)))
        {
            int next = heading.Name.LocalName[1] - '0';
            Assert.InRange(next, 1, level + 1);
            level = next;
        }

        string[] ids = [.. page.Descendants().Select(one => (string?)one.Attribute("id")).OfType<string>()];
        Assert.Equal(ids.Distinct(), ids);
        Assert.Single(page.Descendants("h1"));
        Assert.All(page.Descendants().Select(one => (string?)one.Attribute("aria-labelledby")).OfType<string>(),
            used => Assert.All(used.Split(' '), id => Assert.Contains(id, ids)));
    }

    [Fact]
    public void A_simulated_session_says_so_first()
    {
        string page = Page(KeptSessions.Of([.. KeptSessions.Even(30)], isSimulated: true));
        Assert.Contains("<title>Simulated", page, StringComparison.Ordinal);
        Assert.Contains("SIMULATED: no person walked",
            Elements(page).Descendants("p")
                .First(one => (string?)one.Attribute("class") == "notice").Value, StringComparison.Ordinal);
        Assert.DoesNotContain("SIMULATED", Page(KeptSessions.Of([.. KeptSessions.Even(30)])), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_known_is_called_so()
    {
        var page = Elements(Page(KeptSessions.Of([])));
        Assert.Empty(page.Descendants("figure"));
        Assert.Equal(8, page.Descendants("section").Count(one => (string?)one.Attribute("class") == "chart"));
        Assert.True(
            page.Descendants("dd").Count(one => one.Value.StartsWith("not known", StringComparison.Ordinal)) >= 7);
        Assert.DoesNotContain("NaN", page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_names_of_others_never_become_markup()
    {
        var session = KeptSessions.Of(
            [.. KeptSessions.Even(5)],
            [new SessionSensor("</title><script>alert(1)</script>\u0000", null, Placement.LeftShoe)],
            walker: "\"><img src=x onerror=alert(1)>&amp;");
        var page = Elements(Page(session));
        Assert.Empty(page.Descendants("script"));
        Assert.Empty(page.Descendants("img"));
        Assert.Contains(page.Descendants("bdi"), one => one.Value == "\"><img src=x onerror=alert(1)>&amp;");
    }

    [Fact]
    public void Speed_is_held_against_two_miles_an_hour_on_a_treadmill_only()
    {
        Assert.Contains("limit 3.2 km/h", Page(KeptSessions.Of([.. KeptSessions.Even(30)])), StringComparison.Ordinal);
        Assert.Contains("limit 2.0 mph", Page(KeptSessions.Of([.. KeptSessions.Even(30)]), Units.Us),
            StringComparison.Ordinal);
        Assert.DoesNotContain("limit 3.2 km/h", Page(KeptSessions.Of([.. KeptSessions.Even(30)], mode: WalkMode.Free)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_numbers_on_it_are_the_store_s()
    {
        var facts = ReportFacts.Of(KeptSessions.Of([.. KeptSessions.Even(50)]), Units.Metric)
            .ToDictionary(fact => fact.Name, fact => fact.Value);
        Assert.Equal("100 %", facts["Backward"]);
        Assert.Equal("100 %", facts["Toe first"]);
        Assert.Equal("86 /min", facts["Cadence"]);
        Assert.Equal("2.3 km/h", facts["Speed"]);
        Assert.Equal("45 m", facts["Distance"]);
        Assert.Equal("50 %", facts["Hand on the rails"]);
        Assert.Equal("-20.0°", facts["Foot strike angle"]);
    }

    [Fact]
    public void Symmetry_is_the_difference_by_the_mean()
    {
        // Robinson, Herzog, Nigg 1987: 0.9 m against 0.8 m is 100 * 0.1 / 0.85 = 11.8 %.
        var right = KeptSessions.Even(20, sensor: 1, fromSeconds: 0.7)
            .Select(kept => kept with { Stride = Strides.Make(kept.Stride.Sequence, meters: 0.8) });
        var session = KeptSessions.Of([.. KeptSessions.Even(20).Concat(right).OrderBy(kept => kept.At)], Shoes());
        Assert.Contains("stride length +11.8 %", SymmetryFigure.Of(session)!.Sentence, StringComparison.Ordinal);
        Assert.Contains("stance 0.0 %", SymmetryFigure.Of(session)!.Sentence, StringComparison.Ordinal);
        Assert.Null(SymmetryFigure.Of(KeptSessions.Of([.. KeptSessions.Even(20)])));
    }

    [Fact]
    public void Weeks_count_what_people_walked_from_monday_on()
    {
        var sunday = Summary(new DateTimeOffset(2026, 3, 1, 23, 30, 0, TimeSpan.FromHours(1)), 4);
        var monday = Summary(new DateTimeOffset(2026, 3, 2, 0, 30, 0, TimeSpan.FromHours(1)), 6);
        var simulated = Summary(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.FromHours(1)), 50, isSimulated: true);
        var old = Summary(new DateTimeOffset(2025, 11, 1, 8, 0, 0, TimeSpan.FromHours(1)), 70);
        var figure = new HistoryFigures([sunday, monday, simulated, old], [], KeptSessions.Start).Walking();
        Assert.StartsWith("2 sessions and 10 minutes of walking in 12 weeks.", figure.Sentence,
            StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">23 February 2026</th><td>1</td><td>4.0</td>", figure.Table,
            StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">2 March 2026</th><td>1</td><td>6.0</td>", figure.Table,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Any_session_makes_a_well_formed_page() => AnySession.ForAll(
        (int)Math.Min(300, Sampling.PropertyCases / 20),
        session =>
        {
            var page = Elements(Page(session, Units.Us));
            foreach (var name in page.Descendants("bdi"))
            {
                name.Value = ""; // it may say anything
            }

            Assert.DoesNotMatch("NaN|∞|Infinity", page.ToString());
        });

    internal static KeptSession TwoShoes()
    {
        var right = KeptSessions.Even(60, sensor: 1, fromSeconds: 0.7);
        return KeptSessions.Of(
            [.. KeptSessions.Even(60).Concat(right).OrderBy(kept => kept.At)],
            Shoes(),
            pain: [new PainNote(3, 7, KeptSessions.Start, PainMoment.Before, 3),
                new PainNote(3, 7, KeptSessions.Start.AddMinutes(8), PainMoment.After, 2)]);
    }

    private static SessionSensor[] Shoes() =>
        [new SessionSensor("L", "AA", Placement.LeftShoe), new SessionSensor("R", "BB", Placement.RightShoe)];

    private static SessionSummary Summary(DateTimeOffset at, double minutes, bool isSimulated = false) => new(
        new SessionHeader { StartedAt = at, IsSimulated = isSimulated, Sensors = Shoes() },
        new SessionTotals { Active = TimeSpan.FromMinutes(minutes) }, true);

    private static string Page(KeptSession session, Units? units = null)
    {
        using var writer = new StringWriter();
        SessionReport.Write(writer, new ReportContent(session, [session.Summary], session.Pain), units ?? Units.Metric,
            MadeAt, Root.Version);
        return writer.ToString();
    }

    /// <summary>The page as XML, which it is but for its doctype and the elements that HTML leaves open.</summary>
    private static XElement Elements(string page)
    {
        string xml = OpenElement().Replace(page.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal), "<$1/>");
        return XElement.Parse(xml);
    }

    [GeneratedRegex("<(meta [^>]*[^/])>")]
    private static partial Regex OpenElement();

    [GeneratedRegex("^h[1-6]$")]
    private static partial Regex HeadingName();
}
