using Backstep.Walks;

namespace Backstep.Terminal;

/// <summary>Lines of "name  value", wrapped at 80 columns under the value, so that they read well on any terminal and
/// in any mail.</summary>
public sealed class SummaryWriter(TextWriter writer, int nameColumns)
{
    private const int Columns = 80;

    /// <summary>Writes text without a name, wrapped the same.</summary>
    public static void Paragraph(TextWriter writer, string text)
    {
        string row = "";
        foreach (string word in OneLine.Cleaned(text).Split(' '))
        {
            if (row.Length > 0 && row.Length + 1 + word.Length > Columns)
            {
                writer.WriteLine(row);
                row = "";
            }

            row += row.Length > 0 ? " " + word : word;
        }

        writer.WriteLine(row);
    }

    /// <summary>Writes a line, wrapped the same; when it begins with blanks (a list), further in than its
    /// beginning.</summary>
    public static void Wrap(TextWriter writer, string line)
    {
        line = OneLine.Cleaned(line);
        int indent = line.Length - line.TrimStart().Length;
        string further = new(' ', indent == 0 ? 0 : indent + 2);
        string row = line[..indent];
        bool isFirst = true;
        foreach (string word in line[indent..].Split(' '))
        {
            if (!isFirst && row.Length + 1 + word.Length > Columns)
            {
                writer.WriteLine(row);
                row = further + word;
            }
            else
            {
                row += isFirst ? word : " " + word;
            }

            isFirst = false;
        }

        writer.WriteLine(row);
    }

    /// <summary>Writes one.</summary>
    public void Line(string name, string value)
    {
        string row = name.PadRight(nameColumns);
        int words = 0;
        foreach (string word in OneLine.Cleaned(value).Split(' '))
        {
            if (words > 0 && row.Length + 1 + word.Length > Columns)
            {
                writer.WriteLine(row);
                row = new string(' ', nameColumns);
            }

            row += " " + word;
            words++;
        }

        writer.WriteLine(row);
    }
}
