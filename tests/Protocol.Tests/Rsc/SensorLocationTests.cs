using Backstep.Protocol.Tests.Support;

namespace Backstep.Protocol.Tests.Rsc;

// RSCS 1.0, 3.3: u8; 0 other, 1 top of shoe, 2 in shoe, ... 6 right crank (of a bicycle), ... 16 chain ring, the rest
// reserved
public sealed class SensorLocationTests
{
    [Theory]
    [InlineData("00", "Other")]
    [InlineData("01", "TopOfShoe")]
    [InlineData("02", "InShoe")]
    [InlineData("06", "RightCrank")]
    [InlineData("10", "ChainRing")]
    public void Locations_have_their_numbers(string hex, string location) =>
        Expect.Frame("SensorLocation", hex, $"Value = {location}");

    [Theory]
    [InlineData("", DecodeError.WrongLength)]
    [InlineData("01 00", DecodeError.WrongLength)]
    [InlineData("11", DecodeError.ReservedValue)]
    [InlineData("ff", DecodeError.ReservedValue)]
    public void What_the_format_does_not_allow_is_refused(string hex, DecodeError error) =>
        Expect.Refused("SensorLocation", hex, error);

    [Fact]
    public void A_number_that_is_no_location_is_sent_as_other() =>
        Expect.Encodes("SensorLocation", (SensorLocation)77, "00");
}
