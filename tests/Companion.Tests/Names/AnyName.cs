using System.Text;
using CsCheck;

namespace Backstep.Companion.Tests.Names;

/// <summary>Names as they come out of the air, out of files and off keyboards, with what a bad one can have in
/// it.</summary>
internal static class AnyName
{
    /// <summary>What there is and is not seen, moves the cursor, or turns the line round. Written down here once more,
    /// so that no test asks the product what is bad.</summary>
    public const string Unseen =
        "\u0000\u0007\u001B\u0085\u009B\u00AD\u034F\u061C\u115F\u1160\u17B4\u180B\u180E\u200B\u200E\u200F\u2028\u2029"
        + "\u202A\u202B\u202C\u202D\u202E\u2060\u2061\u2066\u2067\u2068\u2069\u206F\u3164\uFE00\uFE0F\uFEFF\uFFA0"
        + "\uFFF9\uFFFA";

    private static readonly string[] Pieces =
    [
        "Ann", "ann", "ANN", "Zoë", "Zoe\u0308", "Ｚｏｅ", "Straße", "Οδυσσεύς", "İpek", "ﬁnn", "ǅ", "علی", "رضا", "אורי",
        "한국어", "山田太郎", "ｶﾅ",
        "ไทย", "हिन्दी", "क्‍ष", "👍🏽", "👩‍👩‍👧", "☀\uFE0F",
        "🇩🇪", "e\u0301\u0323\u0302", "\u1100\u1161",
        "\u200D", "\u200C", " ", "  ", "\u00A0", "\u2003", "\u3000", "\u1680", "\u2800", "\t", "\r\n", "\u001B[2J",
        "\U000E0041", "\U000E0100", "\U0001D173", "\uE000", "\uFFFE", "\uFFFD", "1", "_", "'", "|", "~",
    ];

    private static readonly Gen<string> Piece = Gen.OneOf(
        Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]),
        Gen.Int[0, Unseen.Length - 1].Select(i => Unseen[i].ToString()),
        Gen.Int[0, 0x10FFFF].Select(value =>
            Rune.IsValid(value) ? new Rune(value).ToString() : ((char)value).ToString()),
        Gen.Char[' ', '~'].Select(c => c.ToString()),
        Gen.Char['\uD800', '\uDFFF'].Select(c => c.ToString()));

    /// <summary>Any.</summary>
    public static Gen<string> Any { get; } = Piece.Array[0, 12].Select(string.Concat);
}
