using System.Text.Json;
using Backstep.Files.Export;
using Backstep.Protocol;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Tests.Export;

/// <summary>Some sessions, exported, and what the decoders of others understood: all in one run of node, which takes
/// seconds to start.</summary>
public sealed class Decoded : IAsyncLifetime
{
    private readonly Dictionary<string, Dictionary<string, JsonElement>> _understood = [];
    private bool _hasDecoders;

    /// <summary>What was exported, by name.</summary>
    public IReadOnlyDictionary<string, KeptSession> Sessions { get; private set; } =
        new Dictionary<string, KeptSession>();

    public async ValueTask InitializeAsync()
    {
        if (DecoderFolder() is { } folder)
        {
            _hasDecoders = true;
            Sessions = await MakeAsync();
            await DecodeAsync(folder);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>What each decoder understood of a session.</summary>
    public IReadOnlyDictionary<string, JsonElement> By(string session) => _understood[session];

    public void SkipWithoutDecoders() =>
        Assert.SkipUnless(_hasDecoders,
            "the decoders of others are not installed: "
            + "npm ci --ignore-scripts --prefix tests/exports-by-others (needs node)");

    private static async Task<Dictionary<string, KeptSession>> MakeAsync()
    {
        var sessions = new Dictionary<string, KeptSession>
        {
            ["simulated walk"] = await KeptSessions.WalkedAsync("mixed", 3, 60),
            ["two shoes"] = KeptSessions.Of(
                [
                    .. KeptSessions.Even(40).Concat(KeptSessions.Even(38, sensor: 1, fromSeconds: 0.7))
                        .Concat(KeptSessions.Even(12, fromSeconds: 80).Select(kept => kept with { Run = 1 }))
                        .OrderBy(kept => kept.At),
                ],
                [
                    new SessionSensor("=cmd|'/c calc'!A1, \"<b>&\u0001\"", "AA:BB:CC:DD:EE:FF", Placement.LeftShoe),
                    new SessionSensor("вправо \U0001F45F", null, Placement.RightShoe),
                ],
                marks:
                [
                    new SessionMark(TimeSpan.FromSeconds(60), MarkKind.Paused),
                    new SessionMark(TimeSpan.FromSeconds(79), MarkKind.Resumed),
                    new SessionMark(TimeSpan.FromSeconds(20), MarkKind.Walker),
                ]),
            ["intervals"] = KeptSessions.Of(
                [
                    .. Enumerable.Range(0, 4)
                        .SelectMany(
                            i => KeptSessions.Even(20, fromSeconds: 10 + (60 * i))
                                .Select(kept => kept with { Run = i }))],
                marks:
                [
                    .. Enumerable.Range(0, 4).SelectMany(i => new[]
                    {
                        new SessionMark(TimeSpan.FromSeconds(10 + (60 * i)), MarkKind.IntervalBegins),
                        new SessionMark(TimeSpan.FromSeconds(40 + (60 * i)), MarkKind.IntervalEnds),
                    }),
                ],
                mode: WalkMode.Hill),
        };
        foreach (var session in AnySession.Some(12))
        {
            sessions[$"odd {sessions.Count}"] = session;
        }

        return sessions;
    }

    private async Task DecodeAsync(string folder)
    {
        using var files = new TemporaryFolder();
        var names = new Dictionary<string, string>();
        foreach (var (name, session) in Sessions)
        {
            foreach (var format in Enum.GetValues<ExportFormat>())
            {
                string path = files[$"{name}.{ExportFormats.NameOf(format)}"];
                await File.WriteAllBytesAsync(path, KeptSessions.Exported(session, format),
                    TestContext.Current.CancellationToken);
                names.Add(path, name);
            }

            _understood.Add(name, []);
        }

        foreach (string line in (await RunAsync(folder, names.Keys)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var understood = JsonDocument.Parse(line).RootElement;
            _understood[names[understood.GetProperty("file").GetString()!]].Add(
                understood.GetProperty("decoder").GetString()!, understood);
        }
    }

    internal static Task<string> RunAsync(string folder, IEnumerable<string> paths) =>
        NodeTools.RunAsync(Path.Combine(folder, "decode.mjs"), paths);

    /// <summary>Beside the tests in the source tree, or null when node or the packages are missing.</summary>
    internal static string? DecoderFolder() => NodeTools.Folder("exports-by-others");
}
