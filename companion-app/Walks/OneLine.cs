using System.Text;

namespace Backstep.Walks;

/// <summary>Keeps what others wrote (file cells, system messages) to one printable line.</summary>
public static class OneLine
{
    /// <summary>The text with line breaks and control characters as spaces.</summary>
    public static string Of(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            line.Append(char.IsControl(c) ? ' ' : c);
        }

        return line.ToString().Trim();
    }
}
