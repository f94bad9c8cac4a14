using System.Globalization;
using Backstep.Terminal;

namespace Backstep.Lab.Evaluation;

/// <summary>What reports for people share: tables and paragraphs, plain in 80 columns or as Markdown.</summary>
public abstract class TextReport(TextWriter writer, bool markdown)
{
    /// <summary>Where it goes.</summary>
    protected TextWriter Writer => writer;

    /// <summary>Whether as Markdown.</summary>
    protected bool Markdown => markdown;

    /// <summary>A table, and an empty line.</summary>
    protected void Write(TextTable table)
    {
        if (markdown)
        {
            table.WriteMarkdown(writer);
        }
        else
        {
            table.WritePlain(writer);
        }

        writer.WriteLine();
    }

    /// <summary>A heading, and an empty line.</summary>
    protected void Heading(string text) => Paragraph(markdown ? $"**{text}**" : text);

    /// <summary>A paragraph, and an empty line.</summary>
    protected void Paragraph(string text)
    {
        if (markdown)
        {
            writer.WriteLine(text);
        }
        else
        {
            SummaryWriter.Wrap(writer, text);
        }

        writer.WriteLine();
    }

    /// <summary>Targets and whether they were met; nothing when there are none.</summary>
    protected void TargetTable(IReadOnlyList<TargetResult> targets)
    {
        if (targets.Count == 0)
        {
            return;
        }

        var table = new TextTable("target", "bound", "value", "");
        foreach (var target in targets)
        {
            table.Add(target.Name, target.BoundText,
                target.Value?.ToString("0.####", CultureInfo.InvariantCulture) ?? "not measured", target.Met ? "met"
                    : "MISSED");
        }

        Write(table);
    }
}
