namespace Backstep.Companion.Screen;

/// <summary>Text in rows of whole words.</summary>
public static class WordRows
{
    /// <summary>Whole words in rows of a width; a word that is wider has a row of its own.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        string row = "";
        foreach (string word in text.Split(' '))
        {
            if (row.Length > 0 && row.Length + 1 + word.Length > width)
            {
                yield return row;
                row = "";
            }

            row = row.Length == 0 ? word : $"{row} {word}";
        }

        yield return row;
    }
}
