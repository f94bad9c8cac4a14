using Backstep.Files;
using Backstep.Store;
using Backstep.Terminal;
using Backstep.Walks;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Companion.Tests.Sessions;

/// <summary>No name, and no link, leads a command to write over the store.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Kept.Morning);

    public BackupTests()
    {
        using var store = SessionStore.Open(Data, _time);
        long id = store.Begin(Kept.Header(store.LastWalker().Id)).Id;
        store.Add(id, Kept.Strides(20));
    }

    private string Data => _folder["data"];

    private string DatabasePath => SessionStore.PathIn(Data);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("symbolic")]
    [InlineData("hard")]
    [InlineData("folder")]
    [InlineData("wal")]
    [InlineData("wal through a linked folder")]
    [InlineData("dangling link to the wal")]
    [InlineData("plain")]
    public void The_store_is_never_written_over(string way)
    {
        if (OperatingSystem.IsWindows())
        {
            return; // links need rights there
        }

        string path = way switch
        {
            "symbolic" => Link(_folder["copy.db"], DatabasePath),
            "hard" => Hard(_folder["copy.db"]),
            "folder" => Path.Combine(Link(_folder["there"], Data), "sessions.db"),
            "wal" => DatabasePath + "-wal",
            "wal through a linked folder" => Path.Combine(Link(_folder["there"], Data), "sessions.db-wal"),
            "dangling link to the wal" => Link(_folder["copy.db"], DatabasePath + "-wal"),
            _ => DatabasePath,
        };
        foreach (string[] command in (string[][])[["backup", path, "--force"],
            ["export", "1", "--format", "csv", "--out", path, "--force"],
            ["report", "1", "--out", path, "--force"], ["record", "--seconds", "1", "--out", path, "--force"]])
        {
            var run = CommandRun.In(Data, command);
            Assert.True(run.ExitCode is ExitCode.CannotWrite or ExitCode.Usage, $"{command[0]} {way}: {run.Error}");
            using var store = SessionStore.OpenForReading(Data, _time);
            Assert.Equal(20, store.Find(1)!.Strides.Count);
        }

        Assert.False(File.Exists(DatabasePath + "-wal") && new FileInfo(DatabasePath + "-wal").Length > 0);
    }

    [Fact]
    public void An_older_backup_is_replaced_by_a_backup_and_by_nothing_else()
    {
        Assert.Equal(ExitCode.Ok, CommandRun.In(Data, "backup", _folder["b.db"]).ExitCode);
        Assert.Equal(ExitCode.Ok, CommandRun.In(Data, "backup", _folder["b.db"], "--force").ExitCode);
        Assert.Equal(ExitCode.CannotWrite,
            CommandRun.In(Data, "report", "1", "--out", _folder["b.db"], "--force").ExitCode);
    }

    [Fact]
    public void What_is_written_of_a_person_is_for_nobody_else_and_a_full_disk_is_said()
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // /dev/full
        }

        foreach (string[] command in (string[][])[["export", "1", "--format", "csv"],
            ["export", "1", "--format", "json"], ["export", "1", "--format", "fit"], ["export", "1", "--format", "tcx"],
            ["report", "1"], ["record", "--seconds", "1"]])
        {
            string path = _folder[string.Join("-", command)];
            Assert.Equal(ExitCode.Ok, CommandRun.In(Data, [.. command, "--out", path]).ExitCode);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            var full = CommandRun.In(Data, [.. command, "--out", "/dev/full"]);
            Assert.Equal(ExitCode.CannotWrite, full.ExitCode);
            Assert.Contains("the disk is full", full.ErrorLine, StringComparison.Ordinal);
            Assert.DoesNotContain("fault", full.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Whoever_stops_reading_gets_no_stack_of_words()
    {
        const int brokenPipe = 32; // EPIPE, as a FileStream over /dev/stdout tells it
        var gone = TargetStream.InWords("/dev/stdout", new IOException("Broken pipe : '/dev/stdout'", brokenPipe));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(ExitCode.ReaderGone, ExitCode.Of(gone));
            using var error = new StringWriter();
            using var environment = new ProgramEnvironment { Out = TextWriter.Null, Error = error };
            int exitCode = await ConsoleProgram.RunAsync(() => throw gone, [], environment);
            Assert.Equal((ExitCode.ReaderGone, ""), (exitCode, error.ToString()));
        }
    }

    [Fact]
    public void Standard_output_carries_data_only()
    {
        foreach (string path in (string[])["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
        {
            using var environment = new ProgramEnvironment { Out = TextWriter.Null, Error = new StringWriter() };
            Assert.Equal(OperatingSystem.IsWindows() && path != "-", environment.StatusOf(path) == environment.Out);
        }

        using var other = new ProgramEnvironment { Out = TextWriter.Null, Error = new StringWriter() };
        Assert.Same(other.Out, other.StatusOf("walk.csv"));
        Assert.Same(other.Out, other.StatusOf(null));
    }

    private static string Link(string path, string target)
    {
        if (Directory.Exists(target))
        {
            Directory.CreateSymbolicLink(path, target);
        }
        else
        {
            File.CreateSymbolicLink(path, target);
        }

        return path;
    }

    private string Hard(string path)
    {
        using var link = System.Diagnostics.Process.Start("ln", [DatabasePath, path]);
        link.WaitForExit();
        return path;
    }
}
