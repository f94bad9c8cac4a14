using System.Threading.Channels;

namespace Backstep.Gym.Tests.Support;

/// <summary>One event of a stream.</summary>
internal sealed record StreamEvent(string Id, string Name, string Data);

/// <summary>Reads a stream of events as a browser does.</summary>
internal sealed class EventReader : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<StreamEvent> _events = Channel.CreateUnbounded<StreamEvent>();
    private readonly HttpResponseMessage _response;

    private EventReader(HttpResponseMessage response)
    {
        _response = response;
        _ = Task.Run(ReadAsync);
    }

    /// <summary>Comments that came.</summary>
    public List<string> Comments { get; } = [];

    public static async Task<EventReader> OpenAsync(PagesHost host, string? last = null, string language = "en")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/events");
        request.Headers.AcceptLanguage.ParseAdd(language);
        if (last != null)
        {
            request.Headers.Add("Last-Event-ID", last);
        }

        var response = await host.Browser().SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.EnsureSuccessStatusCode().Content.Headers.ContentType?.MediaType);
        return new EventReader(response);
    }

    /// <summary>The next events, so many.</summary>
    public async Task<List<StreamEvent>> UntilAsync(int count)
    {
        using var limit = new CancellationTokenSource(Patience);
        var events = new List<StreamEvent>();
        while (events.Count < count)
        {
            events.Add(await _events.Reader.ReadAsync(limit.Token));
        }

        return events;
    }

    /// <summary>What comes within a time.</summary>
    public async Task<List<StreamEvent>> ForAsync(TimeSpan time)
    {
        using var limit = new CancellationTokenSource(time);
        var events = new List<StreamEvent>();
        try
        {
            while (true)
            {
                events.Add(await _events.Reader.ReadAsync(limit.Token));
            }
        }
        catch (OperationCanceledException)
        {
            return events;
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _response.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            using var reader = new StreamReader(await _response.Content.ReadAsStreamAsync(_stop.Token));
            var (id, name, data) = ("", "", "");
            while (await reader.ReadLineAsync(_stop.Token) is { } line)
            {
                switch (line.Split(": ", 2))
                {
                    case ["id", var text]:
                        id = text;
                        break;
                    case ["event", var text]:
                        name = text;
                        break;
                    case ["data", var text]:
                        data = text;
                        break;
                    case ["", var text]:
                        Comments.Add(text);
                        break;
                    case [""] when name.Length > 0:
                        _events.Writer.TryWrite(new StreamEvent(id, name, data));
                        (name, data) = ("", "");
                        break;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException
            or ObjectDisposedException)
        {
            _events.Writer.TryComplete(e);
        }
    }
}
