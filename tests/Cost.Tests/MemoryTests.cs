using System.Reflection;
using Backstep.Gait;

namespace Backstep.Cost.Tests;

/// <summary>
/// The count of the device's managed heap: held to what was measured on the 32-bit CLR, and to the boards' budgets.
/// </summary>
public sealed class MemoryTests
{
    [Theory]
    [InlineData(typeof(Stride), 168)]
    [InlineData(typeof(RawMotionSample), 48)]
    public void An_object_takes_a_block_for_itself_and_one_for_each_field(Type type, long bytes) =>
        Assert.Equal(bytes, DeviceMemory.ObjectOf(DeviceMemory.Fields(type).Count()));

    [Fact]
    public void Arrays_strings_and_delegates_are_rounded_up_to_blocks()
    {
        Assert.Equal(48, DeviceMemory.SizeOf(new byte[20]));
        Assert.Equal(20_508, DeviceMemory.SizeOf(new byte[20 * 1024]));
        Assert.Equal(540, DeviceMemory.SizeOf(new uint[128]));
        Assert.Equal(24, DeviceMemory.SizeOf(new byte[4]));
        Assert.Equal(12, DeviceMemory.LiteralBytes);
        Assert.Equal(24, DeviceMemory.SizeOf("Backstep"));
        Assert.Equal(36, DeviceMemory.SizeOf((Action)(() => { })));
        Assert.Equal(60, DeviceMemory.SizeOf(Guid.Empty));
    }

    [Fact]
    public void The_tables_of_mscorlib_come_out_as_measured()
    {
        // The rows of the .pe in nanoFramework.CoreLibrary 1.17.11. A row more of any kind would show.
        Assert.Equal(
            3240, AssemblyTables.OfRows(references: 0, types: 141, fields: 87, methods: 803, staticFields: 16));
    }

    [Theory]
    [InlineData("Backstep.Gait", 1328)]
    [InlineData("Backstep.Protocol", 2044)]
    [InlineData("Backstep.Sensor", 4328)]
    public void The_tables_of_the_firmware_are_near_what_was_measured(string assembly, long measured)
    {
        var tables = Assert.Single(AssemblyTables.All(), t => t.Name == assembly);
        Assert.True(tables.IsCounted);

        // The firmware has changed since it was measured; it may grow, but not by much unseen.
        Assert.InRange(tables.Bytes, measured * 9 / 10, measured * 14 / 10);
    }

    [Fact]
    public void All_libraries_that_were_measured_are_in_the_tables()
    {
        Assert.Equal(
            25_896 - (1328 + 2044 + 4328), AssemblyTables.All().Where(t => !t.IsCounted).Sum(t => t.Bytes));
    }

    [Fact]
    public void A_characteristic_and_the_first_service_cost_what_was_measured()
    {
        Assert.InRange(LibraryMemory.Characteristic, 723, 737);
        Assert.Equal(2136, LibraryMemory.DefaultInformation + (2 * LibraryMemory.Service));
    }

    [Fact]
    public void What_lives_after_an_hour_of_walking_fits_every_board_and_is_no_more_than_after_20_minutes()
    {
        var early = ProgramMemory.After(TimeSpan.FromMinutes(20));
        var late = ProgramMemory.After(TimeSpan.FromHours(1));

        string table = MemoryTable.Parts(early, late);
        var violations = MemoryTable.Violations(late);
        Assert.True(violations.Count == 0, string.Join(Environment.NewLine, violations) + table);
        Assert.InRange(late.Live, early.Live - 1024, early.Live + 1024);
        Assert.Equal(20_544, late.Parts.Single(p => p.Name.StartsWith("ring", StringComparison.Ordinal)).Bytes);
        TestContext.Current.TestOutputHelper?.WriteLine(table);
    }

    [Fact]
    public void Boards_that_are_too_small_are_known_as_such()
    {
        var start = ProgramMemory.After(TimeSpan.Zero);
        foreach (var board in BoardHeap.All)
        {
            Assert.Equal(board.IsEnough, start.Total + BoardHeap.RoomBytes <= board.Bytes);
        }
    }

    private sealed record RawMotionSample(float X, float Y, float Z);
}
