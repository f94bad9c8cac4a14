using Backstep.WebEngine.Keeping;
using Backstep.WebEngine.Live;

namespace Backstep.WebEngine.Tests;

/// <summary>A page without Bluetooth, whose data base remembers what was told to it.</summary>
internal sealed class NoPage : IPageRadio, IPageKeeping
{
    /// <summary>What is kept, in order.</summary>
    public List<RestoredJson> Pieces { get; } = [];

    /// <summary>An engine for it.</summary>
    public PageEngine Engine() => new(this, this, TimeProvider.System);

    public void Append(string key, string text) => Pieces.Add(new RestoredJson(key, Pieces.Count, text));

    public void Forget(string key) => Pieces.RemoveAll(piece => piece.Key == key);

    public Task ConnectAsync(string deviceId) => throw PageRadioText.Of("NotFound: Bluetooth adapter not available.");

    public Task DisconnectAsync(string deviceId) => Task.CompletedTask;

    public Task<byte[]> ReadAsync(string deviceId, Guid service, Guid characteristic) =>
        throw new NotSupportedException();

    public Task WriteAsync(string deviceId, Guid service, Guid characteristic, byte[] value) =>
        throw new NotSupportedException();

    public Task SubscribeAsync(string deviceId, Guid service, Guid characteristic) => throw new NotSupportedException();
}
