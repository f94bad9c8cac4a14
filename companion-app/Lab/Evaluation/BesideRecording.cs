using Backstep.Walks;

namespace Backstep.Lab.Evaluation;

/// <summary>A table that lies beside a recording and says what is true of it.</summary>
internal static class BesideRecording
{
    /// <summary>Opens and reads it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="parse">From its text, and what messages call it.</param>
    /// <exception cref="BadInputException">It cannot be read.</exception>
    public static T Read<T>(string path, Func<TextReader, string, T> parse)
    {
        try
        {
            using var text = File.OpenText(path);
            return parse(text, Path.GetFileName(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"cannot read {path}: {OneLine.Of(e.Message)} Check that you may read it.", e);
        }
    }
}
