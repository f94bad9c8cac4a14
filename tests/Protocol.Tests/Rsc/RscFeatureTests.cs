using Backstep.Protocol.Tests.Support;

namespace Backstep.Protocol.Tests.Rsc;

// RSCS 1.0, 3.2: u16; bit 0 stride length, 1 total distance, 2 walking or running, 3 calibration, 4 multiple locations
public sealed class RscFeatureTests
{
    [Theory]
    [InlineData("00 00", false, false, false, false, false)]
    [InlineData("01 00", true, false, false, false, false)]
    [InlineData("02 00", false, true, false, false, false)]
    [InlineData("04 00", false, false, true, false, false)]
    [InlineData("08 00", false, false, false, true, false)]
    [InlineData("10 00", false, false, false, false, true)]
    public void Each_bit_has_its_place(string hex, bool strideLength, bool distance, bool running, bool calibration,
        bool locations)
    {
        Expect.Frame("RscFeature", hex, $"StrideLength = {strideLength}", $"TotalDistance = {distance}",
            $"WalkingOrRunning = {running}",
            $"Calibration = {calibration}", $"MultipleLocations = {locations}");
        Expect.Encodes("RscFeature", new RscFeature(strideLength, distance, running, calibration, locations), hex);
    }

    [Theory]
    [InlineData("03", DecodeError.WrongLength)]
    [InlineData("03 00 00", DecodeError.WrongLength)]
    [InlineData("20 00", DecodeError.UnknownFlags)]
    [InlineData("00 80", DecodeError.UnknownFlags)]
    public void What_the_format_does_not_allow_is_refused(string hex, DecodeError error) =>
        Expect.Refused("RscFeature", hex, error);
}
