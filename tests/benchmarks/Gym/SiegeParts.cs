using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Backstep.Gym.Gateway;

namespace Backstep.Benchmarks.Gym;

/// <summary>The processes of a siege: room, broker, database, server, gateway, in the order in which they
/// start.</summary>
internal sealed class SiegeParts : IDisposable
{
    // Nobody walks again before all has been counted.
    private const int RestSeconds = 3600;

    private const string PostgresFolder = "/usr/lib/postgresql";

    /// <summary>The gateway's name, and its user at the embedded broker.</summary>
    public const string GatewayName = "siege";

    private static readonly string[] Mosquittos = ["/usr/sbin/mosquitto", "/usr/bin/mosquitto"];

    private readonly string _folder;
    private readonly string _dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Lays everything out in a folder; nothing starts yet.</summary>
    /// <param name="program">Path of backstep-gym.dll.</param>
    /// <param name="options">What is asked.</param>
    /// <param name="folder">An empty one.</param>
    public SiegeParts(string program, SiegeOptions options, string folder)
    {
        _folder = folder;
        (RoomPort, HttpPort, MqttPort, DatabasePort) = (FreePort(), FreePort(), FreePort(), FreePort());
        TruthFile = Path.Combine(folder, "truth.json");
        string data = Path.Combine(folder, "server");
        string outbox = Path.Combine(folder, "gateway");
        string broker = FormattableString.Invariant($"mqtt://127.0.0.1:{MqttPort}");
        Room = Gym("room", program, "room", "--belts", Text(options.Clips), "--port", Text(RoomPort),
            "--seed", Text(options.Seed), "--scenario", options.Scenario, "--rest", Text(RestSeconds),
            "--truth", TruthFile);
        if (options.IsForeign)
        {
            Broker = Mosquitto();
            Database = Postgres();
            StoreText = FormattableString.Invariant(
                $"Host=127.0.0.1;Port={DatabasePort};Database=postgres;Username=postgres");
        }

        Server = Gym("server", program, [
            "serve", "--no-gateway", "--data", data, "--port", Text(HttpPort),
            .. options.IsForeign ? new[] { "--broker", broker, "--store", StoreText! }
                : ["--mqtt-port", Text(MqttPort)],
        ]);
        Adapters = (options.Clips + GatewayOptions.UsualLinks - 1) / GatewayOptions.UsualLinks;
        Gateway = Gym("gateway", program, ["gateway", "--name", GatewayName, "--broker", broker, "--data", outbox,
            "--broker-user", GatewayName, "--room", FormattableString.Invariant($"127.0.0.1:{RoomPort}"),
            .. Enumerable.Range(0, Adapters).SelectMany(one => new[] { "--adapter", $"simulated{Text(one)}" })]);
        SqliteFile = options.IsForeign ? null : Path.Combine(data, "gym.sqlite3");
    }

    public SiegeProcess Room { get; }

    public SiegeProcess? Broker { get; }

    public SiegeProcess? Database { get; }

    public SiegeProcess Server { get; }

    public SiegeProcess Gateway { get; }

    /// <summary>Simulated Bluetooth adapters, each with as many links as a gateway counts on.</summary>
    public int Adapters { get; }

    public int RoomPort { get; }

    public int HttpPort { get; }

    public int MqttPort { get; }

    public int DatabasePort { get; }

    /// <summary>What the clips have counted, once the room has ended.</summary>
    public string TruthFile { get; }

    /// <summary>PostgreSQL's connection string; null on SQLite.</summary>
    public string? StoreText { get; }

    /// <summary>SQLite's file; null on PostgreSQL.</summary>
    public string? SqliteFile { get; }

    public IEnumerable<SiegeProcess> All => new[] { Room, Broker, Database, Server, Gateway }.OfType<SiegeProcess>();

    /// <summary>Those that are killed: all but the room, which is no part of the product.</summary>
    public IReadOnlyList<SiegeProcess> Besieged => [.. All.Where(one => one != Room)];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var one in All.Reverse())
        {
            one.Dispose();
        }
    }

    private SiegeProcess Gym(string name, string program, params string[] arguments) =>
        new(name, _dotnet, [program, .. arguments], _folder,
            new Dictionary<string, string> { ["BACKSTEP_BROKER_PASSWORD"] = Password });

    /// <summary>Of the gateway; drawn for this siege.</summary>
    public string Password { get; } = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    private SiegeProcess Mosquitto()
    {
        string settings = Path.Combine(_folder, "mosquitto.conf");
        File.WriteAllText(settings, FormattableString.Invariant(
            $"listener {MqttPort} 127.0.0.1\nallow_anonymous true\npersistence false\nuser root\n"));
        string file = Mosquittos.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("needs apt install mosquitto");
        return new SiegeProcess("broker", file, ["-c", settings], _folder);
    }

    // PostgreSQL refuses to run as root.
    private SiegeProcess Postgres()
    {
        string bin = Directory.Exists(PostgresFolder)
            ? Directory.GetDirectories(PostgresFolder).Order(StringComparer.Ordinal).Select(one => $"{one}/bin").Last()
            : throw new InvalidOperationException("needs apt install postgresql");
        string data = Path.Combine(_folder, "database");
        Directory.CreateDirectory(data);
        bool isRoot = Environment.UserName == "root";
        if (isRoot)
        {
            Run("chown", "postgres", data);
            Run("chmod", "711", _folder);
        }

        string[] make = [$"{bin}/initdb", "-D", data, "-U", "postgres", "-A", "trust", "-N", "--locale=C.UTF-8"];
        Run(isRoot ? "runuser" : make[0], isRoot ? ["-u", "postgres", "--", .. make] : make[1..]);
        // Pages of a killed server's children stay in use for a moment: it is started until it stands.
        string serve = FormattableString.Invariant(
            $"for i in 1 2 3 4 5 6 7 8; do {bin}/postgres -D {data} -h 127.0.0.1 -p {DatabasePort} -k '' ")
            + "-c shared_buffers=64MB -c max_connections=60; sleep 0.5; done";
        return new SiegeProcess("database", isRoot ? "/usr/sbin/runuser" : "/bin/sh",
            isRoot ? ["-u", "postgres", "--", "/bin/sh", "-c", serve] : ["-c", serve], _folder);
    }

    private static void Run(string file, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{file} ends with {process.ExitCode}");
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A port of loopback that nobody listens on now.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
