using System.Diagnostics;
using System.Text.Json;

namespace Backstep.Benchmarks.Gym;

/// <summary>A page that listens to the board's events, as a browser does: connects again, and resumes. Notes when
/// each contact of a belt was first seen.</summary>
internal sealed class SiegeListener(int port)
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(200);

    private readonly Dictionary<(int Belt, DateTimeOffset Contact), long> _seen = [];
    private string _lastId = "";

    /// <summary>Times that it had to connect.</summary>
    public int Connects { get; private set; }

    /// <summary>Events that came.</summary>
    public long Events { get; private set; }

    /// <summary>When a belt first told of a contact, which it dates by the gateway's clock.</summary>
    public IReadOnlyDictionary<(int Belt, DateTimeOffset Contact), long> Seen => _seen;

    /// <summary>Listens until cancelled.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(http, stop).ConfigureAwait(false);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                // the server is away
            }

            await Task.Delay(Again, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(HttpClient http, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get,
            FormattableString.Invariant($"http://127.0.0.1:{port}/events"));
        if (_lastId.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", _lastId);
        }

        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop)
            .ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
        Connects++;
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(stop).ConfigureAwait(false));
        while (await reader.ReadLineAsync(stop).ConfigureAwait(false) is { } line)
        {
            if (line.StartsWith("id:", StringComparison.Ordinal))
            {
                _lastId = line[3..].Trim();
            }
            else if (line.StartsWith("data:", StringComparison.Ordinal))
            {
                Events++;
                Note(line[5..]);
            }
        }
    }

    private void Note(string data)
    {
        long now = Stopwatch.GetTimestamp();
        using var json = JsonDocument.Parse(data);
        if (json.RootElement.TryGetProperty("number", out var belt)
            && json.RootElement.TryGetProperty("lastContactAt", out var contact)
            && contact.ValueKind == JsonValueKind.String)
        {
            _seen.TryAdd((belt.GetInt32(), contact.GetDateTimeOffset()), now);
        }
    }
}
