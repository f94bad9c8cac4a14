using System.Globalization;
using System.Text;
using Backstep.Companion.Screen;
using Backstep.Protocol.Tests.Support;
using Backstep.Store;
using Backstep.Terminal;
using Backstep.Walks;
using Backstep.Walks.Sessions;
using CsCheck;
using Spectre.Console;
using Spectre.Console.Rendering;
using Spectre.Console.Testing;

namespace Backstep.Companion.Tests.Names;

/// <summary>Names of walkers and sensors are somebody's word: what is shown of them is seen, stays in its line and in
/// its column, and names that read the same are one walker's.</summary>
public sealed class NameTests
{
    private const int UsedOf = 16; // one name in so many is kept in a store

    [Fact]
    public void Nothing_in_a_shown_name_is_unseen_or_moves_anything() =>
        Sampling.ForAll(AnyName.Any, Sampling.PropertyCases, name =>
        {
            string shown = OneLine.Of(name);
            Assert.Equal(shown, OneLine.Of(shown));
            Assert.DoesNotContain(shown, c => AnyName.Unseen.Contains(c, StringComparison.Ordinal));
            Rune[] runes = [.. shown.EnumerateRunes()];
            Assert.Equal(shown, string.Concat(runes)); // no half of a surrogate pair
            foreach (var (i, rune) in runes.Index())
            {
                var category = Rune.GetUnicodeCategory(rune);
                bool isJoiner = rune.Value is 0x200C or 0x200D; // shapes the letters beside it
                Assert.True(
                    isJoiner ? i > 0 && i < runes.Length - 1 && IsSeen(runes[i - 1]) && IsSeen(runes[i + 1])
                        : category is not (UnicodeCategory.Control or UnicodeCategory.Format
                            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                            or UnicodeCategory.Surrogate),
                    $"U+{rune.Value:X4}");
            }
        });

    [Fact]
    public void Columns_stand_below_each_other_as_the_terminal_draws_them() =>
        Sampling.ForAll(AnyName.Any.Array[2], Sampling.PropertyCases, names =>
        {
            var table = new TextTable("name", "is");
            foreach (string name in names)
            {
                table.AddRemarked(" KEPT", name, "#");
            }

            using var written = new StringWriter { NewLine = "\n" };
            table.WritePlain(written);
            string[] lines = written.ToString().TrimEnd('\n').Split('\n')[1..];
            Assert.Equal(2, lines.Length);
            Assert.All(lines, line => Assert.EndsWith(" #", line, StringComparison.Ordinal));
            Assert.All(lines, line => Assert.Contains(" KEPT", line, StringComparison.Ordinal));
            Assert.Equal(Drawn(lines[0]), Drawn(lines[1]));
            Assert.InRange(Drawn(lines[0]), 1, 80);
        });

    [Fact]
    public void The_live_view_counts_a_name_as_it_draws_it() =>
        Sampling.ForAll(AnyName.Any, Sampling.PropertyCases, name =>
        {
            var line = new FrameLine().Add(OneLine.Of(name)).To(60).Add("#");
            Assert.Equal(line.Spans.Sum(span => Drawn(span.Text)), line.Width);
            Assert.Equal(new string('#', 1), line.Spans[^1].Text);
            Assert.InRange(line.Width, 61, 120);
        });

    [Theory]
    [InlineData("Ann", 3)]
    [InlineData("한국어", 6)]
    [InlineData("山田 太郎", 9)]
    [InlineData("Zoe\u0308", 3)]
    [InlineData("e\u0301\u0323\u0302", 1)]
    [InlineData("👍🏽", 2)]
    [InlineData("👩‍👩‍👧", 2)]
    [InlineData("ｶﾅ", 2)]
    [InlineData("علی‌رضا", 6)]
    public void Cells_are_those_of_a_terminal(string text, int cells)
    {
        Assert.Equal(cells, Cells.Width(text));
        Assert.Equal(20, Drawn(Cells.PadRight(text, 20)));
        Assert.Equal(20, Drawn(Cells.PadLeft(text, 20)));
    }

    [Fact]
    public void A_name_is_cut_between_characters() => Assert.Equal("山田~", Cells.Cut("山田太郎", 6));

    [Fact]
    public void Names_that_read_the_same_are_one_walker()
    {
        using var store = SessionStore.InMemory(TimeProvider.System);
        int n = 0;
        Sampling.ForAll(AnyName.Any.Select(Gen.Int[0, 6], Gen.Int[0, AnyName.Unseen.Length - 1]),
            Sampling.PropertyCases, (name, way, unseen) =>
            {
                string clean = OneLine.Of(name);
                string other = way switch
                {
                    0 => clean.ToUpperInvariant(),
                    1 => clean.ToLowerInvariant(),
                    2 => clean.Normalize(NormalizationForm.FormD),
                    3 => clean.Normalize(NormalizationForm.FormKC),
                    4 => $" {clean}\u3000",
                    5 => clean.Replace(" ", "\u00A0\u2003", StringComparison.Ordinal),
                    _ => clean + AnyName.Unseen[unseen],
                };
                Assert.Equal(NameReading.Of(name), NameReading.Of(other));
                if (WalkerNames.WhyNone(name) == null && n++ % UsedOf == 0)
                {
                    var walker = store.WalkerNamed(name);
                    Assert.Equal(walker.Id, store.WalkerNamed(other).Id);
                    Assert.Equal(walker.Name, OneLine.Of(walker.Name));
                    Assert.InRange(walker.Name.Length, 1, WalkerProfile.LongestName);
                    store.Remove(walker.Id);
                }
            });
        Assert.InRange(n, Sampling.PropertyCases / 10, Sampling.PropertyCases);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \u3000")]
    [InlineData("\u200B\u202E\u2060")]
    [InlineData("\u3164")]
    [InlineData("\u2800")]
    [InlineData("An\u001B[2Jn")]
    [InlineData("01234567890123456789012345678901234567890")]
    public void A_name_of_which_nothing_is_seen_or_that_fits_no_table_is_none(string name) =>
        Assert.NotNull(WalkerNames.WhyNone(name));

    private static bool IsSeen(Rune rune) => !Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune)
        && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format;

    /// <summary>Cells that a text takes, as the library of the live view draws it.</summary>
    private static int Drawn(string line) => new Segment(line).CellCount();
}
