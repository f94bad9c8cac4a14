using Backstep.Gait;

namespace Backstep.Cost.Tests;

/// <summary>Whole seconds of the program against their budgets.</summary>
[Collection("one counting world")]
public sealed class WholeProgramTests
{
    public static TheoryData<string> Walks => [.. SecondCase.All().Select(walk => walk.Name)];

    [Theory]
    [MemberData(nameof(Walks))]
    public void Whole_seconds_of_walking_with_a_listening_central_are_within_budget(string name)
    {
        var walk = SecondCase.All().Single(w => w.Name == name);
        var second = WholeProgram.Measure(BudgetTests.Code, walk);

        // A walk that was not told, or a central that heard nothing, would be cheap.
        Assert.InRange(second.Strides, walk.Seconds * 6 / 10, walk.Seconds * 13 / 10);
        Assert.InRange(second.Notifications, 3.5, 6);
        string table = SecondTable.Figures([second]) + SecondTable.Methods(second) + SecondTable.Library(second);
        Assert.True(second.MeanOps <= WholeProgram.BudgetOps, table);
        Assert.True(second.MeanBytes <= WholeProgram.BudgetBytes, table);
    }

    [Fact]
    public void What_libraries_allocate_adds_up_to_what_was_measured_on_the_device()
    {
        // 6,507 bytes a second on the 32-bit CLR: 15.37 transfers with 5,164 and 4.48 notifications with 615, and the
        // rest the program's own.
        const string Gatt = "nanoFramework.Device.Bluetooth.GenericAttributeProfile";
        Assert.Equal(5164, (15.37 * LibraryBytes.Of("System.Device.I2c.I2cDevice.WriteRead(x,x)")) + 1391, 100.0);
        Assert.Equal(615, 4.48 * LibraryBytes.Of(Gatt + ".GattLocalCharacteristic.NotifyValue(x)"), 10.0);
        Assert.Equal(0, LibraryBytes.Of("System.Math.Abs(float)"));
    }
}
