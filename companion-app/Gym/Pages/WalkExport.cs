using System.Globalization;
using System.Reflection;
using Backstep.Files.Export;
using Backstep.Gym.Keeping;
using Backstep.Gym.Messages;
using Backstep.Protocol;
using Backstep.Walks.Sessions;

namespace Backstep.Gym.Pages;

/// <summary>A walk at a belt as the companion's own files: <c>backstep import</c> reads the JSON. The gym keeps
/// strides, not pauses: the time walked is that of the strides.</summary>
internal static class WalkExport
{
    /// <summary>The walk as a session.</summary>
    public static async Task<KeptSession> SessionAsync(IGymStore store, BeltWalk walk, DateTimeOffset now,
        CancellationToken stop)
    {
        var strides = new List<KeptStride>();
        bool isSimulated = false;
        var begun = walk.BegunAt;
        await foreach (var one in store.StridesAsync(walk.Clip, begun, walk.EndedAt ?? now, stop).ConfigureAwait(false))
        {
            strides.Add(new KeptStride(0, one.Run, one.At > begun ? one.At - begun : TimeSpan.Zero, one.Stride,
                one.Stride.Posture));
            isSimulated |= one.Simulated;
        }

        var header = new SessionHeader
        {
            Id = 1,
            WalkerId = 1,
            StartedAt = begun,
            Mode = WalkMode.Treadmill,
            IsSimulated = isSimulated,
            Target = walk.Target,
            Sensors = [new SessionSensor(walk.Clip, Address: null, Placement.Unknown)],
        };
        return new KeptSession(
            new SessionSummary(header, SessionTotals.Of(header.Sensors, strides, []), walk.EndedAt != null),
            new WalkerProfile(1, walk.Nickname ?? WalkerProfile.DefaultName, begun), strides, Marks: [], Pain: []);
    }

    /// <summary>Sends it as a file.</summary>
    public static async Task SendAsync(HttpContext context, IGymStore store, BeltWalk walk, bool isJson)
    {
        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var session = await SessionAsync(store, walk, now, context.RequestAborted).ConfigureAwait(false);
        using var file = new MemoryStream();
        if (isJson)
        {
            SessionFile.Write(file, session, Version);
        }
        else
        {
            CsvExport.Write(file, session);
        }

        string name = walk.BegunAt.UtcDateTime.ToString("yyyy-MM-dd-HHmm", CultureInfo.InvariantCulture);
        context.Response.ContentType = isJson ? "application/json" : "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition =
            $"attachment; filename=\"backstep-{name}.{(isJson ? "json" : "csv")}\"";
        context.Response.ContentLength = file.Length;
        await context.Response.Body.WriteAsync(file.GetBuffer().AsMemory(0, (int)file.Length), context.RequestAborted)
            .ConfigureAwait(false);
    }

    private static string Version => typeof(WalkExport).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";
}
