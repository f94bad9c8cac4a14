using System.Text;
using System.Text.RegularExpressions;
using Backstep.Companion.Output;
using Backstep.Files.Export;
using Backstep.Protocol.Tests.Support;
using Backstep.Store;
using Backstep.Terminal;
using Backstep.Walks;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;
using CsCheck;

namespace Backstep.Companion.Tests.Export;

/// <summary>A file to import is somebody's word: it is believed no more than what comes off the air.</summary>
public sealed partial class ImportedFileTests
{
    private const int UsedOf = 16; // of those that are taken in, one in so many is exported and kept

    private static readonly string Good = WithoutSum(Encoding.UTF8.GetString(KeptSessions.Exported(
        KeptSessions.Of([.. KeptSessions.Even(2)], pain: [new PainNote(3, 7, KeptSessions.Start, PainMoment.After, 2)],
            marks: [new SessionMark(TimeSpan.FromSeconds(2), MarkKind.Walker)]), ExportFormat.Json)));

    private static readonly string[] Extremes =
    [
        "0", "-1", "1", "99999", "999999", "-99999", "1e9", "1e19", "1e400", "2147483648", "4294967296", "0.5",
        "-0.001",
        "null", "\"\"", "\"x\"", "true", "[]", "{}", "[null]", "\"0001-01-01T00:00:00+00:00\"",
        "\"9999-12-31T23:59:59.9999999+00:00\"", "\"2026-03-02T18:30:15+14:00\"", "\"\\u001b[2Jx\"", "\"\\ud83d\"",
    ];

    private static readonly Gen<Func<string, string>> Change = Gen.OneOf(
        Gen.Select(Gen.Int[0, 400], Gen.Int[0, Extremes.Length - 1], (nth, extreme) =>
            (Func<string, string>)(text => ReplaceValue(text, nth, Extremes[extreme]))),
        Gen.Select(Gen.Double[0, 1], Gen.Char["{}[],:\"0123456789-eE.ntx \n\u0000"], (at, c) =>
            (Func<string, string>)(text => Put(text, at, c))),
        Gen.Select(Gen.Double[0, 1], Gen.Int[1, 60], (at, length) =>
            (Func<string, string>)(text => Cut(text, at, length))));

    [Fact]
    public void Whatever_a_file_says_it_is_refused_in_words_or_all_that_follows_can_be_done_with_it()
    {
        int accepted = 0;
        Sampling.ForAll(
            Change.Array[1, 3], Sampling.PropertyCases,
            changes =>
            {
                string text = changes.Aggregate(Good, (current, change) => change(current));
                KeptSession session;
                try
                {
                    session = Read(Encoding.UTF8.GetBytes(text));
                }
                catch (BadInputException e)
                {
                    Assert.DoesNotContain('\n', e.Message);
                    Assert.DoesNotContain("System.", e.Message, StringComparison.Ordinal);
                    Assert.DoesNotContain("Backstep.", e.Message, StringComparison.Ordinal);
                    Assert.Contains("Nothing was imported", e.Message, StringComparison.Ordinal);
                    return;
                }

                if (++accepted % UsedOf == 0)
                {
                    UseIt(session);
                }
            });
        Assert.InRange(accepted, Sampling.PropertyCases / 100, (int)Sampling.PropertyCases);
    }

    [Theory]
    [InlineData("\"footStrikeHalfDegrees\":-40", "\"footStrikeHalfDegrees\":99999",
        "stride 1: footStrikeHalfDegrees 99999")]
    [InlineData("\"atSeconds\":1.4", "\"atSeconds\":-86400", "stride 1: atSeconds -86400")]
    [InlineData("\"startedAt\":\"2026", "\"startedAt\":\"0001", "startedAt 0001")]
    [InlineData("\"startedAt\":\"2026", "\"startedAt\":\"9999", "startedAt 9999")]
    [InlineData("\"strides\": [", "\"strides\": [null,", "stride 1: it is null")]
    [InlineData("\"inclinePercent\":5", "\"inclinePercent\":1e300", "inclinePercent")]
    [InlineData("\"swingMilliseconds\":450", "\"swingMilliseconds\":0", "swingMilliseconds 0")]
    [InlineData("\"level\":2", "\"level\":11", "pain 1: a pain of 11")]
    public void What_no_sensor_can_have_told_is_refused_with_line_and_field(string was, string becomes, string why)
    {
        int at = Good.IndexOf(was, StringComparison.Ordinal);
        Assert.True(at > 0, was);
        string text = Good[..at] + becomes + Good[(at + was.Length)..];
        var e = Assert.Throws<BadInputException>(() => Read(Encoding.UTF8.GetBytes(text)));
        Assert.Contains(why, e.Message, StringComparison.Ordinal);
        if (why.StartsWith("stride", StringComparison.Ordinal))
        {
            int line = 1 + text[..(at + becomes.Length)].Count(c => c == '\n');
            Assert.Contains($"line {line}: ", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Totals_are_those_of_the_strides()
    {
        string lie = Good.Replace("\"backwardStrides\":2", "\"backwardStrides\":999999", StringComparison.Ordinal);
        Assert.NotEqual(Good, lie);
        Assert.Equal(2, Read(Encoding.UTF8.GetBytes(lie)).Summary.Totals.BackwardStrides);
    }

    [Fact]
    public void A_byte_order_mark_and_UTF_16_are_no_fault()
    {
        foreach (var encoding in new[] { new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            Assert.Equal(2, Read([.. encoding.GetPreamble(), .. encoding.GetBytes(Good)]).Strides.Count);
        }
    }

    [Fact]
    public void A_file_larger_than_any_session_is_refused_before_it_is_read_whole()
    {
        using var endless = new Blanks();
        var e = Assert.Throws<BadInputException>(() => SessionFile.Read(endless, "big.json"));
        Assert.Contains("larger than any session", e.Message, StringComparison.Ordinal);
        Assert.InRange(endless.Told, 1, 2 * SessionFile.LongestBytes);
    }

    [Fact]
    public void Whoever_walked_last_stays_who_walks_and_names_move_no_cursor()
    {
        using var folder = new TemporaryFolder();
        string file = folder["other.json"];
        File.WriteAllText(file, Good.Replace("\"name\":\"me\"", "\"name\":\"Bo\"", StringComparison.Ordinal)
            .Replace("\"name\":\"Backstep\"", "\"name\":\"\\u001b[2JShoe\\u202e\"", StringComparison.Ordinal));
        CommandRun.In(folder["data"], "log", "pain", "1", "--walker", "Ann");
        Assert.Equal(ExitCode.Ok, CommandRun.In(folder["data"], "import", file).ExitCode);
        Assert.Contains("Ann: pain 6", CommandRun.In(folder["data"], "log", "pain", "6").Out, StringComparison.Ordinal);
        var shown = CommandRun.In(folder["data"], "show", "1");
        Assert.Equal("", shown.Error);
        Assert.Contains("Shoe", shown.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', shown.Out);
        Assert.DoesNotContain('\u202e', shown.Out);
    }

    private static void UseIt(KeptSession session)
    {
        foreach (var format in Enum.GetValues<ExportFormat>())
        {
            try
            {
                byte[] file = KeptSessions.Exported(session, format);
                if (format == ExportFormat.Json)
                {
                    Read(file);
                }
            }
            catch (ExplainedException)
            {
                // FIT has no words for every year; it says so
            }
        }

        SessionText.Figures(new StringWriter(), session, Units.Metric);
        SessionText.Parts(new StringWriter(), session, Units.Metric);
        if (session.Summary.Header.StartedAt.Ticks % 50 == 0)
        {
            using var store = SessionStore.InMemory(TimeProvider.System);
            var kept = store.Keep(session with { Summary = session.Summary with
                { Header = session.Summary.Header with { WalkerId = store.LastWalker().Id } } });
            Assert.Equal(session.Strides.Count, store.Find(kept.Id)!.Strides.Count);
        }
    }

    private static string WithoutSum(string text) =>
        text[..text.IndexOf(",\n  \"sha256\"", StringComparison.Ordinal)] + "\n}\n";

    private static string ReplaceValue(string text, int nth, string value)
    {
        var values = AnyValue().Matches(text);
        if (values.Count == 0)
        {
            return text;
        }

        var one = values[nth % values.Count].Groups[1];
        return text[..one.Index] + value + text[(one.Index + one.Length)..];
    }

    private static string Put(string text, double at, char c)
    {
        int i = (int)(at * Math.Max(0, text.Length - 1));
        return text.Length == 0 ? text : text[..i] + c + text[(i + 1)..];
    }

    private static string Cut(string text, double at, int length)
    {
        int i = (int)(at * text.Length);
        return text.Remove(i, Math.Min(length, text.Length - i));
    }

    private static KeptSession Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return SessionFile.Read(stream, "it.json");
    }

    [GeneratedRegex("\"[a-zA-Z0-9]+\": ?(\"[^\"]*\"|-?[0-9.eE+]+|true|false|null)")]
    private static partial Regex AnyValue();

    /// <summary>Blanks without end.</summary>
    private sealed class Blanks : Stream
    {
        public long Told { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => Told; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)' ');
            Told += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
