using System.Globalization;
using Backstep.Gait;
using Backstep.Protocol.Tests.Support;

namespace Backstep.Protocol.Tests;

public sealed class ReadmeTests
{
    [Fact]
    public void The_page_has_an_example_of_every_message() =>
        Assert.Equal(Codecs.All.Select(codec => codec.Name).Order(),
            Page.Examples.Select(example => example.Name).Distinct().Order());

    [Fact]
    public void Every_example_of_the_page_decodes_to_what_the_page_says_and_encodes_to_its_bytes()
    {
        foreach (var (name, frame, facts) in Page.Examples)
        {
            Expect.Frame(name, Hex.Text(frame), facts);
        }
    }

    [Theory]
    [InlineData(typeof(DecodeError))]
    [InlineData(typeof(ControlOperation))]
    [InlineData(typeof(ControlResult))]
    [InlineData(typeof(ConfigurationField))]
    [InlineData(typeof(ScOperation))]
    [InlineData(typeof(ScResult))]
    [InlineData(typeof(TrainingState))]
    [InlineData(typeof(TreadmillField))]
    [InlineData(typeof(SessionState))]
    [InlineData(typeof(Placement))]
    [InlineData(typeof(CadenceConvention))]
    [InlineData(typeof(MountStep))]
    [InlineData(typeof(RailStep))]
    [InlineData(typeof(LogFrameKind))]
    [InlineData(typeof(RailUnknown))]
    public void The_page_names_every_code_with_its_number(Type codes)
    {
        foreach (var code in Enum.GetValues(codes))
        {
            var number = Convert.ToInt32(code, CultureInfo.InvariantCulture);
            Assert.Matches($@"(?m)^\| (0x{number:X}|{number}) \| `{code}`", Page.Text);
        }
    }
}
