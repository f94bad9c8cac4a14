using System.Globalization;
using Backstep.Walks.Strides;

namespace Backstep.Companion.Tests.Output;

public sealed class UnitsOfRegionsTests
{
    [Fact]
    public void Every_culture_that_this_system_knows_has_the_units_that_it_says()
    {
        var cultures = CultureInfo.GetCultures(CultureTypes.SpecificCultures);
        Assert.SkipWhen(cultures.Length < 100, "this system knows too few cultures (no ICU?)");
        Assert.Equal(
            [.. cultures.Where(culture => !new RegionInfo(culture.Name).IsMetric).Select(culture => culture.Name)],
            cultures.Where(culture => Units.For(culture) == Units.Us).Select(culture => culture.Name));
    }
}
