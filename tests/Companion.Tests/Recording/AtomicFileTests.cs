using Backstep.Files;
using Backstep.Walks;

namespace Backstep.Companion.Tests.Recording;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_file_appears_only_when_it_is_whole()
    {
        using (var file = AtomicFile.Create(_folder["out.csv"], overwrite: false))
        {
            file.Writer.Write("one\n");
            file.Writer.Flush();
            Assert.False(File.Exists(_folder["out.csv"]));
            file.Commit();
        }

        Assert.Equal("one\n", File.ReadAllText(_folder["out.csv"]));
        Assert.Equal(["out.csv"], _folder.Names);
    }

    [Fact]
    public void Without_commit_nothing_stays_behind_and_the_old_file_is_as_it_was()
    {
        _folder.Write("out.csv", "old");
        using (var file = AtomicFile.Create(_folder["out.csv"], overwrite: true))
        {
            file.Writer.Write("new");
        }

        Assert.Equal("old", File.ReadAllText(_folder["out.csv"]));
        Assert.Equal(["out.csv"], _folder.Names);
    }

    [Fact]
    public void An_existing_file_is_replaced_only_when_that_was_asked_for()
    {
        _folder.Write("out.csv", "old");
        var error = Assert.Throws<CannotWriteException>(() => AtomicFile.Create(_folder["out.csv"], overwrite: false));
        Assert.Contains("--force", error.Message, StringComparison.Ordinal);

        using var file = AtomicFile.Create(_folder["out.csv"], overwrite: true);
        file.Writer.Write("new");
        file.Commit();
        Assert.Equal("new", File.ReadAllText(_folder["out.csv"]));
    }

    [Fact]
    public void Where_nothing_can_be_written_that_is_told_at_once()
    {
        _folder.Write("locked.csv", "old");
        File.SetAttributes(_folder["locked.csv"], FileAttributes.ReadOnly);
        AssertRefused(_folder["locked.csv"], "read-only");
        AssertRefused(_folder["no/such/folder/out.csv"], "does not exist");
        AssertRefused(_folder.Path, "is a folder");
        Assert.Equal(["locked.csv"], _folder.Names);
        File.SetAttributes(_folder["locked.csv"], FileAttributes.Normal);
    }

    [Fact]
    public void A_read_only_folder_is_respected_even_for_an_administrator()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "folders have no such mode there");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Directory.CreateDirectory(_folder["closed"]);
        File.SetUnixFileMode(_folder["closed"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        AssertRefused(_folder["closed/out.csv"], "read-only");
        File.SetUnixFileMode(_folder["closed"],
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void A_link_is_followed_and_not_replaced()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "making links needs rights there");
        _folder.Write("real.csv", "old");
        File.CreateSymbolicLink(_folder["link.csv"], _folder["real.csv"]);
        using (var file = AtomicFile.Create(_folder["link.csv"], overwrite: true))
        {
            file.Writer.Write("new");
            file.Commit();
        }

        Assert.Equal("new", File.ReadAllText(_folder["real.csv"]));
        Assert.NotNull(new FileInfo(_folder["link.csv"]).LinkTarget);
    }

    private static void AssertRefused(string path, string why)
    {
        var error = Assert.Throws<CannotWriteException>(() => AtomicFile.Create(path, overwrite: true));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }
}
