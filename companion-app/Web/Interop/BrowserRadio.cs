using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using Backstep.WebEngine.Live;

namespace Backstep.Web.Interop;

/// <summary>Web Bluetooth, by the page's module "radio".</summary>
[SupportedOSPlatform("browser")]
internal sealed partial class BrowserRadio : IPageRadio
{
    /// <inheritdoc/>
    public Task ConnectAsync(string deviceId) => InWords(Connect(deviceId));

    /// <inheritdoc/>
    public Task DisconnectAsync(string deviceId) => InWords(Disconnect(deviceId));

    /// <inheritdoc/>
    public async Task<byte[]> ReadAsync(string deviceId, Guid service, Guid characteristic)
    {
        var reading = Read(deviceId, service.ToString(), characteristic.ToString());
        await InWords(reading).ConfigureAwait(false);
        using var value = await reading.ConfigureAwait(false);
        return Bytes(value);
    }

    /// <inheritdoc/>
    public Task WriteAsync(string deviceId, Guid service, Guid characteristic, byte[] value) =>
        InWords(Write(deviceId, service.ToString(), characteristic.ToString(), value));

    /// <inheritdoc/>
    public Task SubscribeAsync(string deviceId, Guid service, Guid characteristic) =>
        InWords(Subscribe(deviceId, service.ToString(), characteristic.ToString()));

    private static async Task InWords(Task call)
    {
        try
        {
            await call.ConfigureAwait(false);
        }
        catch (JSException e)
        {
            throw PageRadioText.Of(e.Message);
        }
    }

    [JSImport("connect", "radio")]
    private static partial Task Connect(string deviceId);

    [JSImport("disconnect", "radio")]
    private static partial Task Disconnect(string deviceId);

    [JSImport("read", "radio")]
    private static partial Task<JSObject> Read(string deviceId, string service, string characteristic);

    [JSImport("write", "radio")]
    private static partial Task Write(string deviceId, string service, string characteristic, byte[] value);

    [JSImport("subscribe", "radio")]
    private static partial Task Subscribe(string deviceId, string service, string characteristic);

    // A promise cannot bring bytes, only an object; a call can.
    [JSImport("globalThis.Uint8Array.from")]
    private static partial byte[] Bytes(JSObject array);
}
