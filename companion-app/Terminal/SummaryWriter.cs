using Backstep.Walks;

namespace Backstep.Terminal;

/// <summary>Lines of "name  value", wrapped at 80 columns under the value, so that they read well on any terminal and
/// in any mail.</summary>
public sealed class SummaryWriter(TextWriter writer, int nameColumns)
{
    private const int Columns = 80;

    /// <summary>Writes text without a name, wrapped the same; when it begins with blanks (a list), further in than its
    /// beginning.</summary>
    public static void Wrap(TextWriter writer, string line)
    {
        line = OneLine.Cleaned(line);
        int indent = line.Length - line.TrimStart().Length;
        Write(writer, line[..indent], indent == 0 ? 0 : indent + 2, line[indent..]);
    }

    /// <summary>Writes one.</summary>
    public void Line(string name, string value) =>
        Write(writer, Cells.PadRight(OneLine.Cleaned(name), nameColumns) + " ", nameColumns + 1,
            OneLine.Cleaned(value));

    private static void Write(TextWriter writer, string start, int further, string text)
    {
        string row = start;
        bool isFirst = true;
        foreach (string word in text.Split(' '))
        {
            if (!isFirst && Cells.Width(row) + 1 + Cells.Width(word) > Columns)
            {
                writer.WriteLine(row);
                row = new string(' ', further) + word;
            }
            else
            {
                row += isFirst ? word : " " + word;
            }

            isFirst = false;
        }

        writer.WriteLine(row);
    }
}
