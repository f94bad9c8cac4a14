using System.Runtime.CompilerServices;
using Backstep.Flash;

namespace Backstep.Companion.Tests.Flash;

/// <summary>A real process in nanoff's place: found, heard line by line, ended.</summary>
public sealed class NanoffProcessTests : IDisposable
{
    private static readonly string StandIn =
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../newcomer/stand-in"));

    private readonly TemporaryFolder _folder = new();

    public NanoffProcessTests() => Assert.SkipWhen(OperatingSystem.IsWindows() || !Directory.Exists(StandIn),
        "the stand-in for nanoff is a shell script of the sources");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_program_is_written_through_it()
    {
        string image = Path.Combine(_folder.Path, "sensor.bin");
        await File.WriteAllBytesAsync(image, ImageBuilder.Sensor(), TestContext.Current.CancellationToken);
        var said = new List<string>();
        var board = new OnBoard(Path.Combine(_folder.Path, "board"));
        var details = await new Flasher(board, said.Add, TimeProvider.System).RunAsync(BoardKind.All[0], "/dev/ttyACM0",
            image, null, again: false, TestContext.Current.CancellationToken);
        Assert.Contains(details.Assemblies, one => one.Name == "Backstep.Sensor");
        Assert.Contains("  | Flashing firmware...OK", said);
    }

    [Fact]
    public void It_is_found_in_the_folders_of_PATH() =>
        Assert.NotNull(NanoffProcess.Find($"/nowhere{Path.PathSeparator}{StandIn}"));

    [Fact]
    public async Task A_file_that_is_no_program_is_explained()
    {
        string file = Path.Combine(_folder.Path, "nanoff");
        await File.WriteAllTextAsync(file, "no program", TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<BoardException>(() => new NanoffProcess(file).RunAsync(["--help"], null,
            TestContext.Current.CancellationToken));
        Assert.Contains(NanoffProcess.Install, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_stops_it_is_not_kept_waiting()
    {
        string file = Path.Combine(_folder.Path, "nanoff");
        await File.WriteAllTextAsync(file, "#!/bin/sh\necho begun\nexec sleep 1000\n",
            TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new NanoffProcess(file).RunAsync([],
            _ => stop.Cancel(), stop.Token));
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;

    // The stand-in keeps what runs on its board in a file; a test's own, not one for the whole process.
    private sealed class OnBoard(string file) : INanoff
    {
        private readonly NanoffProcess _env = new("/usr/bin/env");

        public Task<NanoffRun> RunAsync(IReadOnlyList<string> arguments, Action<string>? heard,
            CancellationToken cancellationToken) =>
            _env.RunAsync([$"BACKSTEP_BOARD={file}", Path.Combine(StandIn, "nanoff"), .. arguments], heard,
                cancellationToken);
    }
}
