using System.Buffers;

namespace Backstep.Gym.Pages;

/// <summary>One open stream of server-sent events.</summary>
internal sealed class EventStream(EventHub hub, PagesOptions options, TimeProvider time)
{
    // Ours: a proxy cuts what is silent for 30 s or more.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private static readonly byte[] Hello = "retry: 1000\n\n"u8.ToArray();
    private static readonly byte[] Beat = ": heartbeat\n\n"u8.ToArray();

    /// <summary>Sends until the reader goes, or takes nothing for too long.</summary>
    /// <param name="context">The request.</param>
    /// <param name="belt">The one belt that it may see; null for all.</param>
    public async Task SendAsync(HttpContext context, int? belt)
    {
        if (!hub.TryEnter())
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "10";
            return;
        }

        try
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers["X-Accel-Buffering"] = "no"; // nginx would hold events back
            if (HttpMethods.IsHead(context.Request.Method))
            {
                return;
            }

            string? last = context.Request.Headers["Last-Event-ID"].FirstOrDefault()
                ?? context.Request.Query["last"].FirstOrDefault();
            int language = Texts.Languages.ToList().IndexOf(PageShell.TextsOf(context));
            await FollowAsync(context, hub.Since(last), language, belt).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            context.Abort(); // gone, or too slow: nothing may wait for it
        }
        finally
        {
            hub.Leave();
        }
    }

    private async Task FollowAsync(HttpContext context, long since, int language, int? belt)
    {
        await WriteAsync(context, [Hello]).ConfigureAwait(false);
        byte[] ticked = [];
        long beaten = time.GetTimestamp();
        while (!context.RequestAborted.IsCancellationRequested)
        {
            var news = hub.NewsSince(since, language, belt);
            List<byte[]> parts = [.. news.Frames];
            if (!ReferenceEquals(news.Tick, ticked))
            {
                parts.Add(ticked = news.Tick);
            }

            if (time.GetElapsedTime(beaten) >= Heartbeat)
            {
                parts.Add(Beat);
                beaten = time.GetTimestamp();
            }

            if (parts.Count > 0)
            {
                await WriteAsync(context, parts).ConfigureAwait(false);
            }

            since = news.Sequence;
            await news.Next.WaitAsync(context.RequestAborted).ConfigureAwait(false);
        }
    }

    // While it writes, news only move the latest state on: a slow reader gets less, not later.
    private async Task WriteAsync(HttpContext context, IReadOnlyList<byte[]> parts)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        using var limit = new CancellationTokenSource(options.SlowReader, time);
        using var cut = limit.Token.Register(patience.Cancel);
        foreach (byte[] part in parts)
        {
            context.Response.BodyWriter.Write(part);
        }

        var flushed = await context.Response.BodyWriter.FlushAsync(patience.Token).ConfigureAwait(false);
        if (flushed.IsCompleted)
        {
            throw new OperationCanceledException("the reader has gone");
        }
    }
}
