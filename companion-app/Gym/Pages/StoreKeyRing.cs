using System.Xml.Linq;
using Backstep.Gym.Board;
using Backstep.Gym.Keeping;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Backstep.Gym.Pages;

/// <summary>The keys by which cookies are sealed lie in the store: a session outlives a restart, and holds on every
/// server of the gym.</summary>
internal sealed class StoreKeyRing(IGymStore store) : IXmlRepository
{
    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements() =>
        Wait(store.SettingAsync(RoomSettings.SealKeys, CancellationToken.None)) is { } xml
            ? [.. XElement.Parse(xml).Elements()] : [];

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName)
    {
        string xml = new XElement("keys", GetAllElements(), element).ToString(SaveOptions.DisableFormatting);
        Wait(Keep(xml));
    }

    private async Task<bool> Keep(string xml)
    {
        await store.KeepSettingAsync(RoomSettings.SealKeys, xml, CancellationToken.None).ConfigureAwait(false);
        return true;
    }

    // The library asks in its own, waiting way: at the start, and when a key is made, every 90 days.
    private static T Wait<T>(Task<T> task) => Task.Run(() => task).GetAwaiter().GetResult();
}
