using System.Text;
using Backstep.Files.Export;
using Backstep.Walks;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Tests.Export;

public sealed class SessionFileTests
{
    private static readonly string Good =
        Encoding.UTF8.GetString(KeptSessions.Exported(KeptSessions.Of([.. KeptSessions.Even(4)]), ExportFormat.Json));

    [Fact]
    public void A_file_that_was_only_spaced_differently_is_the_same()
    {
        using var document = System.Text.Json.JsonDocument.Parse(Good);
        string narrow = System.Text.Json.JsonSerializer.Serialize(document.RootElement);
        Assert.Equal(Good, Encoding.UTF8.GetString(KeptSessions.Exported(Read(narrow), ExportFormat.Json)));
    }

    /// <summary>Files of earlier versions have no measured incline; their check sum holds as it did.</summary>
    [Fact]
    public void A_file_without_a_measured_incline_is_whole()
    {
        Assert.Contains("\"measuredIncline\":{\"percent\":4.6,\"walkedSeconds\":40}", Good, StringComparison.Ordinal);
        var kept = KeptSessions.Of([.. KeptSessions.Even(4)]);
        string old = Encoding.UTF8.GetString(KeptSessions.Exported(
            kept with { Summary = kept.Summary with { MeasuredIncline = null } }, ExportFormat.Json));
        Assert.DoesNotContain("measuredIncline", old, StringComparison.Ordinal);
        Assert.Null(Read(old).Summary.MeasuredIncline);
        Assert.Equal(new MeasuredIncline(4.6, TimeSpan.FromSeconds(40)), Read(Good).Summary.MeasuredIncline);
        Assert.Contains("measuredIncline is nothing", Refused(Good.Replace("\"percent\":4.6", "\"percent\":460",
            StringComparison.Ordinal)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"schema\":\"backstep.replay/1\"}")]
    [InlineData("{\"schema\":5}")]
    [InlineData("<?xml version=\"1.0\"?><TrainingCenterDatabase/>")]
    public void What_is_not_a_session_is_refused(string text)
    {
        var error = Refused(text);
        Assert.Contains("is not a session of backstep's", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_newer_layout_is_refused_and_says_what_to_do()
    {
        var error = Refused(Good.Replace("backstep.session/1", "backstep.session/2", StringComparison.Ordinal));
        Assert.Contains("Update backstep", error.Message, StringComparison.Ordinal);
    }

    /// <summary>One thing changed each: the check sum tells it, or something before.</summary>
    [Theory]
    [InlineData("\"lengthMillimeters\":900", "\"lengthMillimeters\":901", "check sum")]
    [InlineData("\"name\":\"me\"", "\"name\":\"you\"", "check sum")]
    [InlineData("\"simulated\": false", "\"simulated\": true", "check sum")]
    [InlineData("\"sensor\":0", "\"sensor\":1", "names sensor 1")]
    [InlineData("\"run\":0", "\"run\":170000", "line 14: stride 1: is of run 170000")]
    [InlineData("\"direction\":\"backward\"", "\"direction\":\"sideways\"", "'sideways' is no direction")]
    [InlineData("\"swingMilliseconds\":450,", "", "swingMilliseconds")]
    [InlineData("\"swingMilliseconds\":450,", "\"swingMilliseconds\":450,\"color\":1,", "color")]
    [InlineData("\"swingMilliseconds\":450,", "\"swingMilliseconds\":450,\"swingMilliseconds\":450,",
        "swingMilliseconds")]
    [InlineData("\"swingMilliseconds\":450,", "\"swingMilliseconds\":\"450\",",
        "the value of 'swingMilliseconds' could not be read")]
    [InlineData("\"elapsedSeconds\":5.6", "\"elapsedSeconds\":1e20", "time of a session")]
    [InlineData("\"elapsedSeconds\":5.6", "\"elapsedSeconds\":1e400", "damaged")]
    [InlineData("\"sequence\":2", "\"sequence\":1", "twice")]
    [InlineData("\"backwardStrides\":4", "\"backwardStrides\":-4", "fewer than no strides")]
    public void A_damaged_file_is_refused_whole_and_says_why(string was, string becomes, string why)
    {
        Assert.Contains(was, Good, StringComparison.Ordinal);
        int at = Good.IndexOf(was, StringComparison.Ordinal);
        var error = Refused(Good[..at] + becomes + Good[(at + was.Length)..]);
        Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was imported", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        for (int length = 0; length < Good.TrimEnd().Length; length += 7)
        {
            Refused(Good[..length]);
        }
    }

    [Fact]
    public void What_was_changed_on_purpose_is_read_when_its_check_sum_is_taken_out()
    {
        string changed = Good.Replace("\"name\":\"me\"", "\"name\":\"you\"", StringComparison.Ordinal);
        int at = changed.IndexOf(",\n  \"sha256\"", StringComparison.Ordinal);
        Assert.Equal("you", Read(changed[..at] + "\n}\n").Walker.Name);
    }

    /// <summary>Every key that a file can have stands on the page that documents it.</summary>
    [Fact]
    public void The_page_names_every_key()
    {
        string page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Export.README.md"));
        var keys = System.Text.RegularExpressions.Regex.Matches(Good, "\"([a-zA-Z0-9]+)\":")
            .Select(match => match.Groups[1].Value).Distinct().ToArray();
        Assert.True(keys.Length > 40);
        Assert.All(keys, key => Assert.Contains($"`{key}`", page, StringComparison.Ordinal));
        Assert.All(CsvExport.Columns,
            column => Assert.Contains($"`{column}`", page, StringComparison.Ordinal));
        Assert.All(FitDeveloperFields.All, field => Assert.Contains($"`{field.Name}`", page, StringComparison.Ordinal));
    }

    private static BadInputException Refused(string text)
    {
        var error = Assert.Throws<BadInputException>(() => Read(text));
        Assert.DoesNotContain('\n', error.Message);
        return error;
    }

    private static KeptSession Read(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return SessionFile.Read(stream, "it.json");
    }
}
