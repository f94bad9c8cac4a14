using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Backstep.Benchmarks.Gym;

/// <summary><c>streams</c>: opens more event streams than a server serves, all at once, each a socket of its own, and
/// says what each was told, what the server took, and whether it still serves.</summary>
internal static class StreamsVerb
{
    // Pages/PagesOptions.cs: MostStreams.
    private const int Served = 10_000;
    private const int Beyond = 200;

    // Connecting waits for the server's backlog; more at once are cut off by the system, not by the server.
    private const int AtOnce = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs it.</summary>
    /// <returns>0 when all but those beyond the most are served, and those are refused kindly; else 1.</returns>
    public static async Task<int> RunAsync()
    {
        string folder = Directory.CreateTempSubdirectory("backstep-streams-").FullName;
        int port = SiegeParts.FreePort();
        using var server = new SiegeProcess("server",
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [typeof(Backstep.Gym.Commands.GymRoot).Assembly.Location, "serve", "--no-gateway", "--data", folder,
                "--port", port.ToString(CultureInfo.InvariantCulture), "--mqtt-port",
                SiegeParts.FreePort().ToString(CultureInfo.InvariantCulture)], folder);
        server.Start();
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = Patience };
        await UntilItServesAsync(http).ConfigureAwait(false);
        server.Look();
        double before = server.Mebibytes;
        var open = new ConcurrentBag<Socket>();
        var told = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var clock = Stopwatch.StartNew();
        try
        {
            await Parallel.ForAsync(0, Served + Beyond, new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
                async (_, stop) => told.AddOrUpdate(await AskAsync(port, open, stop).ConfigureAwait(false), 1,
                    (_, count) => count + 1)).ConfigureAwait(false);
            double opened = clock.Elapsed.TotalSeconds;
            clock.Restart();
            string wall = await http.GetStringAsync(new Uri("/", UriKind.Relative)).ConfigureAwait(false);
            double page = clock.Elapsed.TotalSeconds;
            server.Look();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{Served + Beyond} streams in {opened:F1} s: ")
                + string.Join(", ", told.OrderBy(one => one.Key).Select(one =>
                    string.Create(CultureInfo.InvariantCulture, $"{one.Value} times \"{one.Key}\""))));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"meanwhile the wall, {wall.Length} characters, came in {page:F2} s; the server took ")
                + string.Create(CultureInfo.InvariantCulture, $"{before:F0} MiB before, {server.Mebibytes:F0} then"));
        }
        finally
        {
            foreach (var socket in open)
            {
                socket.Dispose();
            }
        }

        string after = await AgainAsync(port).ConfigureAwait(false);
        Console.WriteLine($"after all of them have gone: \"{after}\"");
        server.End(Patience);
        Directory.Delete(folder, recursive: true);
        return told.GetValueOrDefault("200") == Served && told.GetValueOrDefault("503, again in 10 s") == Beyond
            && after == "200" ? 0 : 1;
    }

    private static async Task UntilItServesAsync(HttpClient http)
    {
        for (int tries = 0; ; tries++)
        {
            try
            {
                (await http.GetAsync(new Uri("/health/ready", UriKind.Relative)).ConfigureAwait(false))
                    .EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException) when (tries < 60)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(500)).ConfigureAwait(false);
            }
        }
    }

    // The server notices within a moment that they have gone.
    private static async Task<string> AgainAsync(int port)
    {
        string told = "";
        for (int tries = 0; tries < 20 && told != "200"; tries++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500)).ConfigureAwait(false);
            var one = new ConcurrentBag<Socket>();
            told = await AskAsync(port, one, CancellationToken.None).ConfigureAwait(false);
            foreach (var socket in one)
            {
                socket.Dispose();
            }
        }

        return told;
    }

    /// <summary>Asks for the events; the stream stays open. What it was told, in a word.</summary>
    private static async Task<string> AskAsync(int port, ConcurrentBag<Socket> open, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        open.Add(socket);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, patience.Token).ConfigureAwait(false);
            await socket.SendAsync(Encoding.ASCII.GetBytes(
                $"GET /events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/event-stream\r\n\r\n"),
                SocketFlags.None, patience.Token).ConfigureAwait(false);
            byte[] bytes = new byte[4096];
            int count = await socket.ReceiveAsync(bytes, SocketFlags.None, patience.Token).ConfigureAwait(false);
            string[] head = Encoding.ASCII.GetString(bytes, 0, count).Split("\r\n");
            string status = head[0].Split(' ') is [_, var code, ..] ? code : "nothing";
            return head.FirstOrDefault(line => line.StartsWith("Retry-After: ", StringComparison.Ordinal)) is { } again
                ? $"{status}, again in {again.Split(' ')[1]} s" : status;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return e is SocketException socketTrouble ? socketTrouble.SocketErrorCode.ToString() : "no answer";
        }
    }
}
