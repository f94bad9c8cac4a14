using System.Globalization;

namespace Backstep.Flash;

/// <summary>
/// A program onto a board, in order: is the image whole, is nanoff new enough, which nanoFramework runs there, the
/// right one if it does not, do the native parts fit, the program, and is it really there. nanoff's own OK is not
/// believed: it has been seen to write to the wrong address and say so.
/// </summary>
/// <param name="nanoff">Does the writing.</param>
/// <param name="say">One line a step, and nanoff's own lines after "  | ".</param>
/// <param name="time">Waits for a board that starts.</param>
public sealed class Flasher(INanoff nanoff, Action<string> say, TimeProvider time)
{
    /// <summary>The oldest nanoff that is trusted: it frees an S3 from download mode over its own USB
    /// (nanoFirmwareFlasher, pull request 364, July 2026), and this program was written by its source.</summary>
    public static Version OldestNanoff { get; } = new(2, 5, 162);

    private const int Steps = 6;

    // A board that has just been written to starts anew, and an S3 is a new USB device then: a few seconds each.
    private const int Tries = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    private int _step;

    /// <summary>Does it all.</summary>
    /// <param name="board">Which board it is.</param>
    /// <param name="port">Where it is plugged in.</param>
    /// <param name="imagePath">The program.</param>
    /// <param name="imageVersion">Another image of nanoFramework than the pinned one; null for that.</param>
    /// <param name="again">Whether nanoFramework is written even where it runs already.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What runs on the board now.</returns>
    public async Task<BoardDetails> RunAsync(BoardKind board, string port, string imagePath, Version? imageVersion,
        bool again, CancellationToken cancellationToken)
    {
        var image = DeploymentImage.Read(imagePath);
        Step("file", string.Create(CultureInfo.InvariantCulture,
            $"{DeploymentImage.Program} {image.Sensor.Version}, {image.Assemblies.Count} assemblies, "
            + $"{image.Length:N0} bytes"));
        Step("nanoff", (await CheckNanoffAsync(port, cancellationToken).ConfigureAwait(false)).ToString());
        var before = await AskAsync(port, cancellationToken).ConfigureAwait(false);
        Step("board", before.HasAnswered ? $"runs {before.Target} {before.ImageVersion}"
            : "no nanoFramework answers on it");
        var wanted = imageVersion ?? board.ImageVersion;
        bool fits = before.Target == board.Target && Lacking(image, before).Count == 0
            && (imageVersion == null || before.ImageVersion == imageVersion);
        if (fits && !again)
        {
            Step("nanoFramework", "is the right one: left as it is");
        }
        else
        {
            await UpdateAsync(board, port, wanted, imageVersion == null, cancellationToken).ConfigureAwait(false);
        }

        await DeployAsync(board, port, imagePath, cancellationToken).ConfigureAwait(false);
        var after = await AskUntilItAnswersAsync(port, cancellationToken).ConfigureAwait(false);
        Judge(image, after, port);
        Step("check", $"{DeploymentImage.Program} {image.Sensor.Version} is on it, and all native parts fit");
        return after;
    }

    /// <summary>What runs on a board.</summary>
    public async Task<BoardDetails> LookAsync(string port, CancellationToken cancellationToken)
    {
        await CheckNanoffAsync(port, cancellationToken).ConfigureAwait(false);
        var details = await AskUntilItAnswersAsync(port, cancellationToken).ConfigureAwait(false);
        return details.HasAnswered ? details : throw Silent(port);
    }

    /// <summary>Says what is wrong with a board that should run this image.</summary>
    /// <exception cref="BoardException">Something is.</exception>
    public static void Judge(DeploymentImage image, BoardDetails board, string port)
    {
        if (!board.HasAnswered)
        {
            throw Silent(port);
        }

        if (Lacking(image, board) is { Count: > 0 } lacking)
        {
            throw new BoardException($"The nanoFramework on the board ({board.Target} {board.ImageVersion}) lacks "
                + $"what the program calls: native parts with checksum {string.Join(", ", lacking)}. The program "
                + "would not start. 'nanoff --listtargets --platform esp32' lists other images; take one with "
                + "--image-version.");
        }

        if (!board.Assemblies.Any(one => one.Name == DeploymentImage.Program
            && one.Version == image.Sensor.Version))
        {
            string there = board.Assemblies.Count == 0 ? "no program at all"
                : string.Join(", ", board.Assemblies.Select(one => $"{one.Name} {one.Version}").Take(3));
            throw new BoardException($"nanoff says that it has written the program, but the board finds {there}. It "
                + "was written to a wrong place in the flash, or the image of nanoFramework is of another kind. Try "
                + "once more with --again; if it stays so, 'nanoff --masserase --update' first.");
        }
    }

    // Checksums of native parts that the program calls and the board does not have.
    private static List<string> Lacking(DeploymentImage image, BoardDetails board) =>
        [.. image.Assemblies.Where(one => one.NativeChecksum != 0
                && !board.NativeChecksums.Contains(one.NativeChecksum))
            .Select(one => $"0x{one.NativeChecksum:X8}" + (one.Name == null ? "" : $" ({one.Name})"))];

    private static BoardException Silent(string port) => new($"No nanoFramework answers on {port}. Press R (reset) on "
        + "the board, wait five seconds, and try again; asleep, press its button first. Is it another port? "
        + "'nanoff --listports' lists them.");

    private async Task<Version> CheckNanoffAsync(string port, CancellationToken cancellationToken)
    {
        var run = await RunAsync(["--listports"], isHeard: false, cancellationToken).ConfigureAwait(false);
        var version = NanoffVersion(run.Lines);
        if (version == null || version < OldestNanoff)
        {
            throw new BoardException($"nanoff is {version?.ToString() ?? "of an unknown version"}, and "
                + $"{OldestNanoff} or newer is wanted: older ones leave boards in download mode. "
                + "'dotnet tool update -g nanoff' brings it.");
        }

        // A name that the system knows and nanoff does not list, such as /dev/serial/by-id/..., is a port all the same.
        if (run.IsOk && !File.Exists(port)
            && !run.Lines.Any(line => string.Equals(line.Trim(), port, StringComparison.OrdinalIgnoreCase)))
        {
            string ports = string.Join(", ", run.Lines.Where(line => line.StartsWith("  ", StringComparison.Ordinal))
                .Select(line => line.Trim()));
            throw new BoardException($"There is no port {port}. "
                + (ports.Length > 0 ? $"This computer has {ports}." : "This computer has none: a cable that only "
                    + "charges, or a driver that is missing (wiring-diagram.md, \"Put the program on it\")."));
        }

        return version;
    }

    private static Version? NanoffVersion(IReadOnlyList<string> lines)
    {
        const string Label = "Firmware Flasher v";
        foreach (string line in lines)
        {
            int at = line.IndexOf(Label, StringComparison.Ordinal);
            if (at >= 0)
            {
                string number = new([.. line[(at + Label.Length)..].TakeWhile(c => char.IsAsciiDigit(c) || c == '.')]);
                return Version.TryParse(number, out var version) ? version : null;
            }
        }

        return null;
    }

    private async Task<BoardDetails> AskAsync(string port, CancellationToken cancellationToken)
    {
        var run = await RunAsync(["--nanodevice", "--devicedetails", "--serialport", port], isHeard: false,
            cancellationToken).ConfigureAwait(false);
        return BoardDetails.Parse(run.Lines);
    }

    private async Task<BoardDetails> AskUntilItAnswersAsync(string port, CancellationToken cancellationToken)
    {
        var details = await AskAsync(port, cancellationToken).ConfigureAwait(false);
        for (int tries = 1; tries < Tries && !details.HasAnswered; tries++)
        {
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            details = await AskAsync(port, cancellationToken).ConfigureAwait(false);
        }

        return details;
    }

    private async Task UpdateAsync(BoardKind board, string port, Version version, bool mayTakeKin,
        CancellationToken cancellationToken)
    {
        Step("nanoFramework", $"{board.Target} {version} goes on it; this takes a minute or two");
        var run = await UpdateToAsync(version).ConfigureAwait(false);
        if (!run.IsOk && mayTakeKin && IsUnknownVersion(run))
        {
            var kin = await NewestOfKindAsync(board.Target, version, cancellationToken).ConfigureAwait(false);
            if (kin != null)
            {
                say($"      {version} is not published for {board.Target}: {kin} is taken, of the same generation");
                run = await UpdateToAsync(kin).ConfigureAwait(false);
            }
        }

        if (!run.IsOk)
        {
            throw new BoardException($"nanoff could not put nanoFramework on the board: {run.Complaint} If it cannot "
                + "connect: hold BOOT while it tries (XIAO: hold B, press R, let go of B), and try again.");
        }

        Task<NanoffRun> UpdateToAsync(Version wanted) => RunAsync(
            ["--update", "--target", board.Target, "--serialport", port, "--fwversion", wanted.ToString()],
            isHeard: true, cancellationToken);
    }

    // E9005: the target, in this version, is not in the repository; E9007: nor can it be downloaded.
    private static bool IsUnknownVersion(NanoffRun run) =>
        run.Complaint.Contains("E9005", StringComparison.Ordinal)
        || run.Complaint.Contains("E9007", StringComparison.Ordinal);

    private async Task<Version?> NewestOfKindAsync(string target, Version wanted, CancellationToken cancellationToken)
    {
        var run = await RunAsync(["--listtargets", "--platform", "esp32"], isHeard: false, cancellationToken)
            .ConfigureAwait(false);
        bool isHere = false;
        var found = new List<Version>();
        foreach (string line in run.Lines.Select(line => line.Trim()))
        {
            if (!Version.TryParse(line, out var version))
            {
                isHere = line == target;
            }
            else if (isHere && version.Major == wanted.Major && version.Minor == wanted.Minor)
            {
                found.Add(version);
            }
        }

        return found.Max();
    }

    private async Task DeployAsync(BoardKind board, string port, string imagePath, CancellationToken cancellationToken)
    {
        string address = $"0x{board.DeploymentAddress:X}";
        Step("program", $"goes to {address}");
        var run = await RunAsync(["--target", board.Target, "--serialport", port, "--deploy", "--image", imagePath,
            "--address", address], isHeard: true, cancellationToken).ConfigureAwait(false);
        if (!run.IsOk)
        {
            throw new BoardException($"nanoff could not put the program on the board: {run.Complaint} Nothing else was "
                + "changed: try again; hold BOOT while it connects if it cannot.");
        }
    }

    private Task<NanoffRun> RunAsync(IReadOnlyList<string> arguments, bool isHeard,
        CancellationToken cancellationToken) =>
        nanoff.RunAsync([.. arguments, "--suppressnanoffversioncheck"],
            isHeard ? line => say("  | " + line.TrimEnd()) : null, cancellationToken);

    private void Step(string what, string finding)
    {
        _step++;
        say(string.Create(CultureInfo.InvariantCulture, $"{_step}/{Steps}  {what,-14}{finding}"));
    }
}
