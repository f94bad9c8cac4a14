using Backstep.Protocol.Tests.Support;

namespace Backstep.Protocol.Tests.Rsc;

// RSCS 1.0, 3.4: request: op u8 | operand. 01 set cumulative value (u32, 0.1 m), 02 start calibration, 03 update
// location (u8), 04 request locations response: 10 | op u8 | result u8 (1 success, 2 not supported, 3 invalid operand,
// 4 failed) | locations, after a granted 04
public sealed class ScControlPointTests
{
    [Theory]
    [InlineData("01 10 27 00 00", "SetCumulativeValue", 10000u)]
    [InlineData("01 ff ff ff ff", "SetCumulativeValue", uint.MaxValue)]
    [InlineData("02", "StartCalibration", 0u)]
    [InlineData("03 02", "UpdateLocation", 2u)]
    [InlineData("04", "RequestLocations", 0u)]
    public void Requests(string hex, string operation, uint operand) =>
        Expect.Frame("ScRequest", hex, $"Operation = {operation}", $"Operand = {operand}");

    [Theory]
    [InlineData("", DecodeError.WrongLength)]
    [InlineData("00", DecodeError.UnknownOpCode)]
    [InlineData("05", DecodeError.UnknownOpCode)]
    [InlineData("10 04 01", DecodeError.UnknownOpCode)]
    [InlineData("01 10 27 00", DecodeError.WrongLength)]
    [InlineData("02 00", DecodeError.WrongLength)]
    [InlineData("03", DecodeError.WrongLength)]
    [InlineData("03 11", DecodeError.ReservedValue)]
    [InlineData("04 01", DecodeError.WrongLength)]
    public void Requests_that_the_format_does_not_allow_are_refused(string hex, DecodeError error) =>
        Expect.Refused("ScRequest", hex, error);

    [Fact]
    public void Requests_are_made()
    {
        Expect.Encodes("ScRequest", ScRequest.SetCumulativeValue(0x04030201), "01 01 02 03 04");
        Expect.Encodes("ScRequest", ScRequest.StartCalibration(), "02");
        Expect.Encodes("ScRequest", ScRequest.UpdateLocation(SensorLocation.InShoe), "03 02");
        Expect.Encodes("ScRequest", ScRequest.UpdateLocation((SensorLocation)200), "03 00");
        Expect.Encodes("ScRequest", ScRequest.RequestLocations(), "04");
    }

    [Theory]
    [InlineData("10 01 01", 1, "Success")]
    [InlineData("10 02 02", 2, "NotSupported")]
    [InlineData("10 03 03", 3, "InvalidOperand")]
    [InlineData("10 01 04", 1, "Failed")]
    [InlineData("10 7f 02", 0x7F, "NotSupported")]
    public void Responses(string hex, int operation, string result) =>
        Expect.Frame("ScResponse", hex, $"Operation = {operation}", $"Result = {result}", "LocationCount = 0");

    [Fact]
    public void Granted_locations_are_listed()
    {
        Expect.Frame("ScResponse", "10 04 01 01 02", "Operation = 4", "Result = Success", "LocationCount = 2",
            "Location0 = TopOfShoe", "Location1 = InShoe");
        Expect.Encodes("ScResponse", ScResponse.WithLocations([SensorLocation.TopOfShoe, SensorLocation.InShoe]),
            "10 04 01 01 02");
    }

    [Fact]
    public void A_list_without_locations_is_a_failure_and_one_too_long_is_cut()
    {
        Expect.Encodes("ScResponse", ScResponse.WithLocations([]), "10 04 04");
        Expect.Encodes("ScResponse", ScResponse.WithLocations(null), "10 04 04");
        Assert.Equal(ScResponse.MaxLength,
            Codecs.Named("ScResponse").Encode(ScResponse.WithLocations(new SensorLocation[40])).Length);
    }

    [Fact]
    public void A_location_past_the_last_is_other()
    {
        var response = ScResponse.WithLocations([SensorLocation.Hip]);
        Assert.Equal(SensorLocation.Hip, response.Location(0));
        Assert.Equal(SensorLocation.Other, response.Location(1));
        Assert.Equal(SensorLocation.Other, response.Location(-1));
    }

    [Theory]
    [InlineData("10 01", DecodeError.WrongLength)]
    [InlineData("10 01 01 00", DecodeError.WrongLength)]
    [InlineData("10 04 01", DecodeError.WrongLength)]
    [InlineData("10 04 02 01", DecodeError.WrongLength)]
    [InlineData("20 01 01", DecodeError.UnknownOpCode)]
    [InlineData("10 01 00", DecodeError.ReservedValue)]
    [InlineData("10 01 05", DecodeError.ReservedValue)]
    [InlineData("10 04 01 11", DecodeError.ReservedValue)]
    public void Responses_that_the_format_does_not_allow_are_refused(string hex, DecodeError error) =>
        Expect.Refused("ScResponse", hex, error);

    [Theory]
    [InlineData(DecodeError.None, ScResult.Success)]
    [InlineData(DecodeError.UnknownOpCode, ScResult.NotSupported)]
    [InlineData(DecodeError.WrongLength, ScResult.InvalidOperand)]
    [InlineData(DecodeError.ReservedValue, ScResult.InvalidOperand)]
    public void A_bad_request_has_its_response_value(DecodeError error, ScResult result) =>
        Assert.Equal(result, ScResponse.ResultFor(error));
}
