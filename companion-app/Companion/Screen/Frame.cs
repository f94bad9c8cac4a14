using Backstep.Terminal;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Backstep.Companion.Screen;

/// <summary>One screen of lines, each cut or filled to the full width, so that drawing it over the last one leaves
/// nothing behind and never flickers.</summary>
public sealed class Frame(IReadOnlyList<FrameLine> lines, int width) : Renderable
{
    /// <summary>Lines.</summary>
    public int Height => lines.Count;

    /// <inheritdoc/>
    protected override Measurement Measure(RenderOptions options, int maxWidth) =>
        new(Math.Min(width, maxWidth), Math.Min(width, maxWidth));

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        int columns = Math.Min(width, maxWidth);
        for (int i = 0; i < lines.Count; i++)
        {
            if (i > 0)
            {
                yield return Segment.LineBreak;
            }

            var segments = Segment.Truncate(lines[i].Spans.Select(span => new Segment(span.Text, span.Style)), columns);
            int used = 0;
            foreach (var segment in segments)
            {
                used += segment.CellCount();
                yield return segment;
            }

            if (used < columns)
            {
                yield return Segment.Padding(columns - used);
            }
        }
    }
}

/// <summary>One line, put together from left to right.</summary>
public sealed class FrameLine
{
    private readonly List<(string Text, Style Style)> _spans = [];

    /// <summary>What can be left out when the terminal is low: the highest goes first; 0 stays.</summary>
    public int Dispensable { get; init; }

    /// <summary>The pieces.</summary>
    public IReadOnlyList<(string Text, Style Style)> Spans => _spans;

    /// <summary>Columns so far.</summary>
    public int Width { get; private set; }

    /// <summary>Appends.</summary>
    public FrameLine Add(string text, Style? style = null)
    {
        if (text.Length > 0)
        {
            _spans.Add((text, style ?? Style.Plain));
            Width += Cells.Width(text);
        }

        return this;
    }

    /// <summary>Blanks up to a column, at least one.</summary>
    public FrameLine To(int column) => Add(new string(' ', Math.Max(Width == 0 ? 0 : 1, column - Width)));
}
