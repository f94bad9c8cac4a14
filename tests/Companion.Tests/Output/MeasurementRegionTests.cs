using Backstep.Terminal;
using Backstep.Walks.Strides;

namespace Backstep.Companion.Tests.Output;

public sealed class MeasurementRegionTests
{
    [Theory]
    [InlineData(null, null, "en_US.UTF-8", "us")]
    [InlineData(null, null, "de_DE.UTF-8", "metric")]
    [InlineData(null, "de_DE.UTF-8", "en_US.UTF-8", "metric")]
    [InlineData(null, "en_US", "de_DE.UTF-8", "us")]
    [InlineData("de_DE", "en_US", "en_US", "metric")]
    [InlineData("en_US.UTF-8", "de_DE", "de_DE", "us")]
    [InlineData("", "", "en_US.UTF-8", "us")]
    [InlineData("C", "en_US", "en_US", "metric")]
    [InlineData(null, "POSIX", "en_US.UTF-8", "metric")]
    [InlineData(null, "C.UTF-8", "en_US.UTF-8", "metric")]
    [InlineData(null, "sr_RS@latin", "en_US.UTF-8", "metric")]
    [InlineData(null, "not a locale!", "en_US.UTF-8", "metric")]
    public void Units_are_those_of_the_measurements_region(string? all, string? measurement, string? language,
        string units)
    {
        var region = MeasurementRegion.Of(name =>
            name switch { "LC_ALL" => all, "LC_MEASUREMENT" => measurement, "LANG" => language, _ => null });
        Assert.Equal(units, Units.For(region!).Name);
    }

    [Fact]
    public void Where_nothing_is_said_the_system_is_asked() => Assert.Null(MeasurementRegion.Of(_ => null));
}
