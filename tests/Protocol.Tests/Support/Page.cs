using System.Text.RegularExpressions;

namespace Backstep.Protocol.Tests.Support;

/// <summary>firmware/Protocol/README.md, as it was when the tests were built.</summary>
internal static partial class Page
{
    public static readonly string Text = Read();

    /// <summary>The worked examples: name of the codec, bytes, facts.</summary>
    public static (string Name, byte[] Frame, string[] Facts)[] Examples { get; } =
        [.. ExampleBlock().Matches(Text).Select(block =>
        {
            var lines = block.Groups[2].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return (block.Groups[1].Value, Hex.Bytes(lines[0]), lines[1..]);
        })];

    private static string Read()
    {
        using var stream = typeof(Page).Assembly.GetManifestResourceStream("Protocol.README.md")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^```example (\w+)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ExampleBlock();
}
