using System.Reflection;

namespace Backstep.Protocol.Tests;

public sealed class UuidsTests
{
    [Theory]
    [InlineData("RunningSpeedAndCadence", "00001814")]
    [InlineData("RscMeasurement", "00002a53")]
    [InlineData("RscFeature", "00002a54")]
    [InlineData("ScControlPoint", "00002a55")]
    [InlineData("SensorLocation", "00002a5d")]
    [InlineData("FitnessMachine", "00001826")]
    [InlineData("FitnessMachineFeature", "00002acc")]
    [InlineData("TreadmillData", "00002acd")]
    [InlineData("TrainingStatus", "00002ad3")]
    [InlineData("Battery", "0000180f")]
    [InlineData("BatteryLevel", "00002a19")]
    [InlineData("DeviceInformation", "0000180a")]
    [InlineData("ManufacturerName", "00002a29")]
    [InlineData("ModelNumber", "00002a24")]
    [InlineData("FirmwareRevision", "00002a26")]
    public void Assigned_numbers_stand_in_the_bluetooth_base(string name, string start) =>
        Assert.Equal(start + "-0000-1000-8000-00805f9b34fb", Uuid(name).ToString());

    [Theory]
    [InlineData("Backstep", "a1e40000")]
    [InlineData("Stride", "a1e40001")]
    [InlineData("Session", "a1e40002")]
    [InlineData("Control", "a1e40003")]
    [InlineData("Configuration", "a1e40004")]
    [InlineData("RawMotion", "a1e40005")]
    [InlineData("Log", "a1e40006")]
    [InlineData("RailBaselines", "a1e40007")]
    [InlineData("Rails", "a1e40008")]
    [InlineData("WristMotion", "a1e40009")]
    public void Own_numbers_stand_in_the_backstep_base(string name, string start) =>
        Assert.Equal(start + "-92c6-4528-906a-b8dcdd942dd0", Uuid(name).ToString());

    [Fact]
    public void No_two_are_the_same_and_the_page_lists_them_all()
    {
        var all = typeof(Uuids).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(f => f.FieldType == typeof(Guid)).ToArray();
        Assert.Equal(25, all.Select(f => f.GetValue(null)).Distinct().Count());
        Assert.Equal(25, all.Length);
        Assert.All(all,
            f => Assert.Contains(((Guid)f.GetValue(null)!).ToString().StartsWith("0000", StringComparison.Ordinal)
            ? $"0x{f.GetValue(null)!.ToString()![4..8].ToUpperInvariant()}"
            : $"{f.GetValue(null)!.ToString()![4..8]}", Support.Page.Text, StringComparison.Ordinal));
    }

    private static Guid Uuid(string name) => (Guid)typeof(Uuids).GetField(name)!.GetValue(null)!;
}
