namespace Backstep.Flash;

/// <summary>nanoFramework's own flashing tool, <c>nanoff</c> (a .NET tool).</summary>
public interface INanoff
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="arguments">What it is told.</param>
    /// <param name="heard">Each line as it comes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Whether it ended well, and all lines.</returns>
    /// <exception cref="BoardException">There is no nanoff.</exception>
    Task<NanoffRun> RunAsync(IReadOnlyList<string> arguments, Action<string>? heard,
        CancellationToken cancellationToken);
}

/// <summary>One run of nanoff.</summary>
/// <param name="IsOk">Whether it ended with 0.</param>
/// <param name="Lines">What it said.</param>
public sealed record NanoffRun(bool IsOk, IReadOnlyList<string> Lines)
{
    private static readonly string[] Prefixes = ["Error ", "Error: "];

    /// <summary>The line with its error code, such as "Error E4000: ...", or its last words.</summary>
    public string Complaint =>
        Lines.LastOrDefault(line => Prefixes.Any(prefix => line.TrimStart().StartsWith(prefix,
            StringComparison.OrdinalIgnoreCase)))?.Trim()
        ?? Lines.LastOrDefault(line => line.Trim().Length > 0)?.Trim() ?? "it said nothing";
}
