using Backstep.WebEngine.Live;

namespace Backstep.WebEngine.Tests;

/// <summary>Chromium's sentences, in a walker's words.</summary>
public sealed class PageRadioTextTests
{
    [Theory]
    [InlineData("Network: GATT Error: Not paired.", "wants to be paired", true, false)]
    [InlineData("Security: GATT operation not authorized.", "wants to be paired", true, false)]
    [InlineData("Network: Authentication canceled.", "wants to be paired", true, false)]
    [InlineData("Network: GATT Server is disconnected. Cannot perform GATT operations.", "out of reach", false, false)]
    [InlineData("Network: Bluetooth Device is no longer in range.", "out of reach", false, false)]
    [InlineData("NotFound: No Services matching UUID found in Device.", "has not what is asked for", false, false)]
    [InlineData("Security: Origin is not allowed to access the service.", "does not let this page", false, true)]
    [InlineData("NotAllowed: ", "was not allowed", false, true)]
    [InlineData("Error: NotAllowed: refused", "Bluetooth was not allowed (refused)", false, true)]
    [InlineData("Error: Network: GATT Server is disconnected.", "off (GATT Server is disconnected.)", false, false)]
    [InlineData("something else", "Bluetooth failed (something else)", false, false)]
    public void Each_error_says_what_it_is(string told, string words, bool isUnpaired, bool isLasting)
    {
        var fault = PageRadioText.Of(told);
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
        Assert.Equal((isUnpaired, isLasting), (fault.AttError == PageRadioText.NotPaired, fault.IsLasting));
    }
}
