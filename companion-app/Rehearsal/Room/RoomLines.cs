using System.Text.Json;
using System.Text.Json.Serialization;

namespace Backstep.Rehearsal.Room;

/// <summary>What a gateway in another process asks of a simulated room: a line of JSON each. One connection for each
/// link, and one for the search.</summary>
/// <param name="Id">Names the answer.</param>
/// <param name="Ask"><see cref="Search"/>, <see cref="Connect"/>, <see cref="Read"/>, <see cref="Write"/>,
/// <see cref="Subscribe"/>, <see cref="Disconnect"/>.</param>
/// <param name="Address">Of which clip; null for the search.</param>
/// <param name="Service">Of the characteristic.</param>
/// <param name="Characteristic">Which.</param>
/// <param name="Value">What to write.</param>
internal sealed record RoomRequest(int Id, string Ask, string? Address = null, Guid Service = default,
    Guid Characteristic = default, byte[]? Value = null)
{
    public const string Search = "search";
    public const string Connect = "connect";
    public const string Read = "read";
    public const string Write = "write";
    public const string Subscribe = "subscribe";
    public const string Disconnect = "disconnect";
}

/// <summary>What the room says.</summary>
/// <param name="Id">Which request it answers, or which subscription a value is for; 0 for what nobody asked.</param>
/// <param name="Kind"><see cref="Done"/>, <see cref="Failed"/>, <see cref="Value"/>, <see cref="Lost"/>,
/// <see cref="Seen"/>.</param>
/// <param name="Bytes">A value.</param>
/// <param name="Text">Why it failed or was lost; the name of a clip that was seen.</param>
/// <param name="Address">Of a clip that was seen.</param>
/// <param name="AttError">With which the clip refused.</param>
internal sealed record RoomAnswer(int Id, string Kind, byte[]? Bytes = null, string? Text = null,
    string? Address = null, byte? AttError = null)
{
    public const string Done = "done";
    public const string Failed = "failed";
    public const string Value = "value";
    public const string Lost = "lost";
    public const string Seen = "seen";
}

/// <summary>Both as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(RoomRequest))]
[JsonSerializable(typeof(RoomAnswer))]
internal sealed partial class RoomJson : JsonSerializerContext;

/// <summary>Lines of JSON over a socket; whole lines, whoever writes.</summary>
internal sealed class RoomLines(Stream stream) : IDisposable
{
    private readonly StreamReader _reader = new(stream, leaveOpen: true);
    private readonly SemaphoreSlim _writing = new(1);

    /// <summary>The next one; null when the other side is gone.</summary>
    public async Task<T?> ReadAsync<T>(System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type,
        CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            string? line = await _reader.ReadLineAsync(cancellationToken).ConfigureAwait(false);
            return line == null ? null : JsonSerializer.Deserialize(line, type);
        }
        catch (Exception e) when (e is IOException or JsonException or ObjectDisposedException)
        {
            return null;
        }
    }

    /// <summary>Writes one; false when the other side is gone.</summary>
    public async Task<bool> WriteAsync<T>(T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type,
        CancellationToken cancellationToken)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(value, type), (byte)'\n'];
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await stream.WriteAsync(line, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return false;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        stream.Dispose();
    }
}
