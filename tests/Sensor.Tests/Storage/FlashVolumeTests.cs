using Backstep.Sensor.Storage;

namespace Backstep.Sensor.Tests.Storage;

public sealed class FlashVolumeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("backstep");
    private readonly FlashVolume _volume;

    public FlashVolumeTests() => _volume = new FlashVolume(_folder.FullName + Path.DirectorySeparatorChar);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_file_is_written_replaced_appended_to_and_read_whole()
    {
        Assert.True(_volume.Write("a", [1, 2, 3, 4], 3));
        Assert.Equal([1, 2, 3], _volume.Read("a"));
        Assert.True(_volume.Write("a", [9], 1));
        Assert.True(_volume.Append("a", [8, 7], 2));
        Assert.True(_volume.Append("b", [5], 1));
        Assert.Equal([9, 8, 7], _volume.Read("a"));
        Assert.Equal(["a", "b"], _volume.List().Order());
    }

    [Fact]
    public void Renaming_replaces_the_target()
    {
        _volume.Write("old", [1], 1);
        _volume.Write("target", [2, 2], 2);

        Assert.True(_volume.Rename("old", "target"));
        Assert.Equal(["target"], _volume.List());
        Assert.Equal([1], _volume.Read("target"));
    }

    [Fact]
    public void What_is_not_there_is_null_when_read_and_fine_when_deleted_but_cannot_be_renamed()
    {
        Assert.Null(_volume.Read("a"));
        Assert.True(_volume.Delete("a"));
        Assert.False(_volume.Rename("a", "b"));
    }

    [Fact]
    public void A_volume_that_is_not_there_answers_every_call()
    {
        var nowhere = new FlashVolume(Path.Combine(_folder.FullName, "missing") + Path.DirectorySeparatorChar);

        Assert.Null(nowhere.Read("a"));
        Assert.False(nowhere.Write("a", [1], 1));
        Assert.False(nowhere.Append("a", [1], 1));
        Assert.False(nowhere.Rename("a", "b"));
        Assert.True(nowhere.Delete("a"));
        Assert.Empty(nowhere.List());
    }

    [Fact]
    public void Deleting_removes_the_file()
    {
        _volume.Write("a", [1], 1);
        Assert.True(_volume.Delete("a"));
        Assert.Empty(_volume.List());
    }
}
