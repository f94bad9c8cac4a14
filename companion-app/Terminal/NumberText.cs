using System.Globalization;
using Backstep.Walks;

namespace Backstep.Terminal;

/// <summary>Numbers as they are written on a command line, the same in every region: digits 0 to 9, a point, a sign. A
/// comma could part thousands or decimals, so it is neither.</summary>
public static class NumberText
{
    /// <summary>Reads a number.</summary>
    public static bool TryRead(string text, out double value) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    /// <summary>Reads a whole number.</summary>
    public static bool TryReadWhole(string text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <summary>What was written in place of a number, and how to write it, if that can be told: the end of a
    /// sentence.</summary>
    public static string Not(string text)
    {
        bool hasComma = text.Count(c => c is ',' or '\u066B') == 1;
        string mended = string.Concat(text.Select(c => c is ',' or '\u066B' ? '.'
            : char.IsDigit(c) ? (char)('0' + (int)char.GetNumericValue(c)) : c));
        string hint = mended != text && TryRead(mended, out _)
            ? hasComma ? $". With a point: {mended}" : $". In other digits: {mended}" : "";
        return $"not '{OneLine.Of(text)}'{hint}";
    }
}
