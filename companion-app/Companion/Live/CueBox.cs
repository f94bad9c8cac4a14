using Backstep.Companion.Screen;
using Backstep.Walks.Coaching;
using static Backstep.Companion.Live.LiveLayout;

namespace Backstep.Companion.Live;

/// <summary>
/// The one thing to say: in letters as large as the room is, to be read from the belt, and below them in words. Its
/// shape says how it is meant as its colour does: a double frame for what is urgent, a sign for each tone.
/// </summary>
internal static class CueBox
{
    // Frame and a blank on either side.
    private const int Sides = 4;

    /// <summary>Its lines.</summary>
    /// <param name="cue">What to say.</param>
    /// <param name="width">Columns.</param>
    /// <param name="rows">Rows that there are for it beside everything else, and when the legend goes; the words are
    /// shown even where there are too few.</param>
    /// <param name="unicode">Whether the terminal shows blocks.</param>
    public static IEnumerable<FrameLine> Draw(Cue cue, int width, (int BesideAll, int AtMost) rows, bool unicode)
    {
        var (sign, style) = Styles.Of(cue.Tone, unicode);
        bool urgent = cue.Tone is CueTone.Safety or CueTone.Enough;
        var (topLeft, topRight, bottomLeft, bottomRight, flat, side) = !unicode
            ? ("+", "+", "+", "+", urgent ? '=' : '-', "|")
            : urgent ? ("╔", "╗", "╚", "╝", '═', "║") : ("╭", "╮", "╰", "╯", '─', "│");
        int room = width - Sides;
        string title = room > sign.Length + 4 ? $"{flat} {sign} " : "";
        string[] words = [.. WordRows.Wrap(cue.Text, Math.Max(8, room))];
        string[] letters = Letters(rows.BesideAll) is { Length: > 0 } fitting ? fitting : Letters(rows.AtMost);
        yield return Edge(topLeft, title, topRight);
        foreach (string row in letters)
        {
            yield return new FrameLine().Add(side, style).Add(" ").Add(row, style).To(width - 1).Add(side, style);
        }

        foreach (string row in words)
        {
            yield return new FrameLine().Add(side, style).Add(" ").Add(row, Styles.Strong).To(width - 1)
                .Add(side, style);
        }

        yield return Edge(bottomLeft, "", bottomRight);

        string[] Letters(int height) => BigLetters.Fill(cue.Headline, room, height - 2 - words.Length, unicode);

        FrameLine Edge(string left, string text, string right) =>
            new FrameLine { Dispensable = DetailLine }.Add(left, style).Add(text, style)
                .Add(new string(flat, Math.Max(0, width - 2 - text.Length)), style).Add(right, style);
    }
}
