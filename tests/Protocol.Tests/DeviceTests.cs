using Backstep.Protocol.Tests.Support;

namespace Backstep.Protocol.Tests;

public sealed class DeviceTests
{
    // BAS 1.0, 3.1: u8, 0 to 100 %
    [Theory]
    [InlineData("00", 0)]
    [InlineData("64", 100)]
    public void Battery_levels(string hex, int percent) => Expect.Frame("BatteryLevel", hex, $"Value = {percent}");

    [Theory]
    [InlineData("", DecodeError.WrongLength)]
    [InlineData("64 00", DecodeError.WrongLength)]
    [InlineData("65", DecodeError.OutOfRange)]
    [InlineData("ff", DecodeError.OutOfRange)]
    public void Battery_levels_that_the_format_does_not_allow_are_refused(string hex, DecodeError error) =>
        Expect.Refused("BatteryLevel", hex, error);

    [Fact]
    public void Battery_levels_stop_at_the_ends()
    {
        Expect.Encodes("BatteryLevel", -3, "00");
        Expect.Encodes("BatteryLevel", 104, "64");
    }

    // DIS 1.1: UTF-8 without a terminator
    [Fact]
    public void Device_strings()
    {
        Expect.Frame("DeviceInformation", "42 61 63 6b 73 74 65 70", "Value = \"Backstep\"");
        Expect.Encodes("DeviceInformation", DeviceInformation.Manufacturer, "42 61 63 6b 73 74 65 70");
        Expect.Frame("DeviceInformation", "", "Value = \"\"");
        Expect.Refused("DeviceInformation", "42 ff", DecodeError.BadText);
    }

    [Fact]
    public void A_string_longer_than_an_attribute_is_refused()
    {
        Assert.NotNull(DeviceInformation.Decode(new byte[512], out _));
        Assert.Null(DeviceInformation.Decode(new byte[513], out var error));
        Assert.Equal(DecodeError.WrongLength, error);
    }

    [Theory]
    [InlineData(23, 20)]
    [InlineData(0, 20)]
    [InlineData(247, 244)]
    [InlineData(515, 512)]
    [InlineData(65535, 512)]
    public void Notifications_have_room_for_the_mtu_without_their_head(int mtu, int bytes) =>
        Assert.Equal(bytes, Message.NotificationCapacity(mtu));
}
