using Backstep.Files.Csv;
using Backstep.Protocol.Tests.Support;
using Backstep.Walks;
using CsCheck;

namespace Backstep.Companion.Tests.Csv;

/// <summary>The one reader and the one writer of tables (RFC 4180).</summary>
public class CsvTests
{
    private static readonly Gen<string> AnyCell = Gen.String[Gen.Char["a7,;\"\n\r# \u00E4"], 0, 8];

    [Fact]
    public void Whatever_is_written_is_read_again() =>
        Sampling.ForAll(AnyCell.Array[3].Array[0, 30].Select(Gen.Int[1, 9]), 100, (rows, drops) =>
        {
            var text = new StringWriter();
            using (var writer = new CsvWriter(text, ["one", "two", "three"]))
            {
                foreach (string[] row in rows)
                {
                    writer.Write(["x" + row[0], row[1], row[2]]);
                }
            }

            using var reader = new CsvReader(new Drops(text.ToString(), drops), "it.csv", "");
            Assert.Equal(["one", "two", "three"], reader.Header);
            foreach (string[] row in rows)
            {
                Assert.True(reader.Read());
                Assert.Equal([("x" + row[0]).Trim(), row[1].Trim(), row[2].Trim()],
                    [reader.Cell(0).ToString(), reader.Cell(1).ToString(), reader.Cell(2).ToString()]);
            }

            Assert.False(reader.Read());
            Assert.Empty(reader.Comments);
        });

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Lines_keep_their_numbers_behind_comments_and_cells_of_several_lines(int drops)
    {
        const string Text = "# five\" of a belt, \"so\n  # and, a second\n\none, TWO \n"
            + "\"a\nb\",1\n#c\n\n c , \"\"\"d\"\"\" \r\n# end";
        using var reader = new CsvReader(new Drops(Text, drops), "it.csv", "");
        Assert.Equal(["one", "two"], reader.Header);
        Assert.Equal(4, reader.Line);
        Assert.True(reader.Read());
        Assert.Equal(("a\nb", 1.0, 5L), (reader.Cell(0).ToString(), reader.Number(1), reader.Line));
        Assert.True(reader.Read());
        Assert.Equal(("c", "\"d\"", 9L), (reader.Cell(0).ToString(), reader.Cell(1).ToString(), reader.Line));
        Assert.Contains("it.csv, line 9: '\"d\"' in column two is not a number",
            Assert.Throws<BadInputException>(() => reader.Number(1)).Message, StringComparison.Ordinal);
        Assert.False(reader.Read());
        Assert.Equal(["five\" of a belt, \"so", "and, a second", "c", "end"], reader.Comments);
    }

    /// <summary>A guess would join or lose lines without a word.</summary>
    [Theory]
    [InlineData("a,b\n1,2\n3,5\" belt\n4,6\" belt\n", "line 3: a quotation mark stands in the middle of a cell")]
    [InlineData("a,b\n1,2\n\n3,\"five\n4,5\n", "line 4: a quotation mark is opened here and never closed")]
    [InlineData("a,b\n\"\n\",2\n3,\"x\"y\"\n", "line 4: a quotation mark stands in the middle of a cell")]
    public void A_stray_quotation_mark_is_told_with_its_line(string text, string why)
    {
        var error = Assert.Throws<BadInputException>(() =>
        {
            using var reader = new CsvReader(new StringReader(text), "it.csv", "");
            while (reader.Read())
            {
            }
        });
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_row_that_does_not_fit_the_header_is_not_written()
    {
        using var writer = new CsvWriter(new StringWriter(), ["one", "two"]);
        Assert.ThrowsAny<Exception>(() => writer.Write("only"));
    }

    /// <summary>Hands out some characters at a time.</summary>
    private sealed class Drops(string text, int size) : TextReader
    {
        private int _at;

        public override int Read(Span<char> buffer)
        {
            int count = Math.Min(Math.Min(size, buffer.Length), text.Length - _at);
            text.AsSpan(_at, count).CopyTo(buffer);
            _at += count;
            return count;
        }
    }
}
