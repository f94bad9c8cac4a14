using Backstep.Flash;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Companion.Tests.Flash;

public sealed class FlasherTests : IDisposable
{
    private static readonly BoardKind Xiao = Kind("xiao");
    private static readonly BoardKind Stick = Kind("stick");

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _said = [];
    private readonly FakeTimeProvider _time = new() { AutoAdvanceAmount = TimeSpan.Zero };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_new_board_gets_nanoFramework_then_the_program_and_is_asked_whether_it_is_there()
    {
        var board = new FakeBoard();
        var details = await FlashAsync(board, Xiao);
        Assert.Equal("ESP32_S3_OCTAL", details.Target);
        Assert.Contains(details.Assemblies, one => one == new NanoAssembly("Backstep.Sensor", ImageBuilder.Version));
        Assert.Contains("--update --target ESP32_S3_OCTAL --serialport COM5 --fwversion 1.17.0.285 "
            + "--suppressnanoffversioncheck", board.Runs);
        Assert.Contains(board.Runs, run => run.Contains("--address 0x1B0000", StringComparison.Ordinal));
        Assert.StartsWith("6/6  check", _said[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ESP32_has_its_program_elsewhere_than_an_S3()
    {
        var board = new FakeBoard { Partition = 0x1E0000 };
        await FlashAsync(board, Stick);
        Assert.Contains(board.Runs, run => run.Contains("--address 0x1E0000", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_the_right_one_runs_only_the_program_is_written()
    {
        var board = new FakeBoard { Target = "ESP32_S3_OCTAL", ImageVersion = "1.17.0.339" };
        await FlashAsync(board, Xiao);
        Assert.DoesNotContain(board.Runs, run => run.StartsWith("--update", StringComparison.Ordinal));
        await FlashAsync(board, Xiao, again: true);
        Assert.Contains(board.Runs, run => run.StartsWith("--update", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_OK_at_a_wrong_address_is_not_believed()
    {
        var board = new FakeBoard { IgnoresAddress = true };
        var error = await Assert.ThrowsAsync<BoardException>(() => FlashAsync(board, Xiao));
        Assert.Contains("says that it has written the program, but the board finds no program at all", error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Native_parts_that_do_not_fit_are_named()
    {
        var board = new FakeBoard { NativeChecksum = 0x445C7AF9 };
        var error = await Assert.ThrowsAsync<BoardException>(() => FlashAsync(board, Xiao));
        Assert.Contains("checksum 0x1549C856", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_is_not_published_gives_way_to_the_newest_of_its_generation()
    {
        var board = new FakeBoard { Partition = 0x1E0000, Published = ["1.18.0.3", "1.17.0.290", "1.17.0.339"] };
        var details = await FlashAsync(board, Stick);
        Assert.Equal(new Version(1, 17, 0, 339), details.ImageVersion);
        Assert.Contains(_said, line => line.Contains("1.17.0.339 is taken", StringComparison.Ordinal));
        // Not where somebody has asked for one version.
        var asked = new FakeBoard { Partition = 0x1E0000, Published = ["1.17.0.339"] };
        await Assert.ThrowsAsync<BoardException>(() => FlashAsync(asked, Stick, version: new Version(1, 17, 0, 1)));
    }

    [Fact]
    public async Task A_board_that_starts_is_waited_for_but_not_for_ever()
    {
        // Before it is written to it is asked once: "no nanoFramework answers".
        var slow = new FakeBoard { Target = "ESP32_S3_OCTAL", Deaf = 3 };
        await FlashAsync(slow, Xiao);
        var gone = new FakeBoard { Target = "ESP32_S3_OCTAL", Deaf = 100 };
        var error = await Assert.ThrowsAsync<BoardException>(() => FlashAsync(gone, Xiao));
        Assert.Contains("No nanoFramework answers on COM5", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2.5.161", "2.5.162 or newer")]
    [InlineData("nonsense", "of an unknown version")]
    public async Task An_old_nanoff_is_refused(string version, string says)
    {
        var board = new FakeBoard { Nanoff = version };
        var error = await Assert.ThrowsAsync<BoardException>(() => FlashAsync(board, Xiao));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(board.Runs, run => run.StartsWith("--update", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_port_that_is_not_there_is_told_with_those_that_are()
    {
        var error = await Assert.ThrowsAsync<BoardException>(() => FlashAsync(new FakeBoard { Port = "COM7" }, Xiao));
        Assert.Contains("no port COM5. This computer has COM7.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false)] // not a board: a .bin that was not built by the project's firmware
    [InlineData(true, true)]
    public void What_runs_is_told_without_changing_anything(bool isBackstep, bool expected)
    {
        var details = BoardDetails.Parse(["  Target:   ESP32_S3_OCTAL", "Assemblies:",
            isBackstep ? "  Backstep.Sensor, 0.2.0.0" : "  Blinky, 1.0.0.0"]);
        Assert.Equal(expected, details.Assemblies.Any(one => one.Name == DeploymentImage.Program));
    }

    private static BoardKind Kind(string key) => BoardKind.All.Single(kind => kind.Key == key);

    private async Task<BoardDetails> FlashAsync(FakeBoard board, BoardKind kind, bool again = false,
        Version? version = null)
    {
        string image = Path.Combine(_folder.Path, "sensor.bin");
        await File.WriteAllBytesAsync(image, ImageBuilder.Sensor(), TestContext.Current.CancellationToken);
        var flashing = new Flasher(board, _said.Add, _time).RunAsync(kind, "COM5", image, version, again,
            TestContext.Current.CancellationToken);
        for (int i = 0; i < 100 && !flashing.IsCompleted; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await flashing;
    }
}
