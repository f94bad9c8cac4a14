using System.Text.Json;
using Backstep.Companion.Commands;
using Backstep.Companion.Report;
using Backstep.Companion.Tests.Export;
using Backstep.Companion.Tests.Programme;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;

namespace Backstep.Companion.Tests.Report;

/// <summary>
/// The reports in Chromium, on a phone, a tablet and a desk, light and dark: axe-core finds nothing to object to, and
/// nothing is wider than the screen. BACKSTEP_REPORT_LOOKS=all looks in all six ways, and BACKSTEP_REPORT_PICTURES
/// names a folder for a picture of each look.
/// </summary>
public sealed class AccessibilityTests : IDisposable
{
    private static readonly string Looks =
        Environment.GetEnvironmentVariable("BACKSTEP_REPORT_LOOKS") == "all"
            ? "390-light,390-dark,800-light,800-dark,1280-light,1280-dark" : "390-dark,1280-light";

    private static readonly DateTimeOffset SixthSunday = new(2026, 4, 12, 7, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Nobody_is_kept_from_reading_a_report()
    {
        var violations = await LookAtAsync(
            ("walk", Session(await KeptSessions.WalkedAsync("mixed", 3, 60))),
            ("two-shoes", Session(TwoShoesUpAHill())),
            ("programme", ProgrammeReportTests.Page(Weeks(), SixthSunday, RetentionTests.Learned(12))));
        Assert.Empty(violations);
    }

    /// <summary>It is worth something only if it finds what is wrong.</summary>
    [Fact]
    public async Task What_cannot_be_read_is_found()
    {
        string page = Session(TwoShoesUpAHill());
        var violations = await LookAtAsync(("broken", page.Replace("</main>",
            "<p style=\"color:#ccc;background:#ddd\">pale</p><img src=\"x.png\">"
            + "<div style=\"width:2000px\">wide</div></main>",
            StringComparison.Ordinal)));
        Assert.Contains(violations, one => one.Contains("color-contrast", StringComparison.Ordinal));
        Assert.Contains(violations, one => one.Contains("image-alt", StringComparison.Ordinal));
        Assert.Contains(violations, one => one.Contains("wider than the screen", StringComparison.Ordinal));
    }

    private async Task<string[]> LookAtAsync(params (string Name, string Page)[] pages)
    {
        string? tools = NodeTools.Folder("report-by-others");
        string? chromium = ChromiumPdf.Find(Environment.GetEnvironmentVariable("PATH"));
        Assert.SkipWhen(tools == null, "axe-core is not installed: npm ci --ignore-scripts --prefix "
            + "tests/report-by-others (needs node)");
        Assert.SkipWhen(chromium == null, "there is no Chromium to look at the reports with");
        foreach (var (name, page) in pages)
        {
            await File.WriteAllTextAsync(_folder[$"{name}.html"], page, TestContext.Current.CancellationToken);
        }

        string output = await NodeTools.RunAsync(Path.Combine(tools!, "check.mjs"),
            [chromium!, Environment.GetEnvironmentVariable("BACKSTEP_REPORT_PICTURES") ?? "-", Looks,
                .. pages.Select(page => _folder[$"{page.Name}.html"])]);
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(pages.Length * Looks.Split(',').Length, lines.Length);
        return [.. lines.SelectMany(Violations)];
    }

    private static IEnumerable<string> Violations(string line)
    {
        using var document = JsonDocument.Parse(line);
        var look = document.RootElement;
        string where = $"{look.GetProperty("page").GetString()} at {look.GetProperty("width").GetInt32()}, "
            + $"{look.GetProperty("scheme").GetString()}: ";
        var found = look.GetProperty("violations").EnumerateArray().Select(one => where + one.GetString()).ToList();
        if (look.GetProperty("tooWide").GetInt32() is > 0 and var pixels)
        {
            found.Add($"{where}{pixels} pixels wider than the screen");
        }

        return found;
    }

    private static string Session(KeptSession session)
    {
        using var writer = new StringWriter();
        SessionReport.Write(writer, new ReportContent(session, [session.Summary], session.Pain)
        {
            Retention = RetentionTests.Learned(12),
        }, Units.Metric, KeptSessions.Start.AddDays(1), Root.Version);
        return writer.ToString();
    }

    private static KeptSession TwoShoesUpAHill() => KeptSessions.Of(
        [
            .. Enumerable.Range(0, 4).SelectMany(i => KeptSessions.Even(20, 0, 10 + (60 * i))
                .Concat(KeptSessions.Even(19, 1, 10.7 + (60 * i))).Select(kept => kept with { Run = i }))
                .OrderBy(kept => kept.At),
        ],
        [new SessionSensor("Left one", "AA", Protocol.Placement.LeftShoe),
            new SessionSensor("Right one", "BB", Protocol.Placement.RightShoe)],
        marks:
        [
            .. Enumerable.Range(0, 4).SelectMany(i => new[]
            {
                new SessionMark(TimeSpan.FromSeconds(10 + (60 * i)), MarkKind.IntervalBegins),
                new SessionMark(TimeSpan.FromSeconds(40 + (60 * i)), MarkKind.IntervalEnds),
            }),
        ],
        pain: [new PainNote(3, 7, KeptSessions.Start, PainMoment.Before, 3),
            new PainNote(3, 7, KeptSessions.Start.AddMinutes(8), PainMoment.After, 2)],
        mode: WalkMode.Hill);

    private static Diary Weeks()
    {
        var diary = ProgrammeReportTests.SixWeeks(5, 2);
        foreach (var (i, session) in diary.Sessions.ToArray().Index())
        {
            diary.Sessions[i] = session with
            {
                Header = session.Header with { InclinePercent = i < 4 ? 5 : null },
                Totals = session.Totals with { BeltMetersPerSecond = 0.7 },
                MeasuredIncline = i < 2 ? null : new MeasuredIncline(4.6, TimeSpan.FromMinutes(3)),
            };
        }

        return diary;
    }
}
