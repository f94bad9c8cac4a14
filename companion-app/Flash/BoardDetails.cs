using System.Globalization;

namespace Backstep.Flash;

/// <summary>What a board with nanoFramework says of itself, as <c>nanoff --nanodevice --devicedetails</c> prints
/// it.</summary>
/// <param name="Target">The image that runs; null when none says so.</param>
/// <param name="ImageVersion">Its version; null likewise.</param>
/// <param name="Assemblies">The program on it, assembly by assembly; none when there is no program, or when it lies
/// where the runtime does not look.</param>
/// <param name="NativeChecksums">Of the native parts that the image has.</param>
public sealed record BoardDetails(
    string? Target, Version? ImageVersion, IReadOnlyList<NanoAssembly> Assemblies, IReadOnlySet<uint> NativeChecksums)
{
    /// <summary>Whether a board has answered at all.</summary>
    public bool HasAnswered => Target != null;

    /// <summary>Reads what nanoff printed; what is not understood is left out.</summary>
    public static BoardDetails Parse(IEnumerable<string> lines)
    {
        string? target = null;
        Version? version = null;
        var assemblies = new List<NanoAssembly>();
        var native = new HashSet<uint>();
        string section = "";
        foreach (string line in lines)
        {
            string text = line.Trim();
            if (text.EndsWith(':'))
            {
                section = text;
            }
            else if (After(text, "Target:") is { } name)
            {
                target = name;
            }
            else if (After(text, "CLR Version:") is { } number)
            {
                version = Version.TryParse(number, out var parsed) ? parsed : null;
            }
            else if (section == "Assemblies:" && text.Split(',', StringSplitOptions.TrimEntries) is [var of, var at]
                && Version.TryParse(at, out var its))
            {
                assemblies.Add(new NanoAssembly(of, its));
            }
            else if (section == "Native Assemblies:" && ChecksumIn(text) is { } checksum)
            {
                native.Add(checksum);
            }
        }

        return new BoardDetails(target, version, assemblies, native);
    }

    private static string? After(string text, string label) =>
        text.StartsWith(label, StringComparison.Ordinal) && text.Length > label.Length
            ? text[label.Length..].Trim() : null;

    private static uint? ChecksumIn(string text)
    {
        const string Label = "checksum 0x";
        int at = text.IndexOf(Label, StringComparison.Ordinal);
        return at >= 0 && uint.TryParse(text[(at + Label.Length)..], NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture, out uint checksum) ? checksum : null;
    }
}
