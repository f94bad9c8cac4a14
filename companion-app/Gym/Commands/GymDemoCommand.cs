using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Backstep.Gym.Gateway;
using Backstep.Gym.Keeping;
using Backstep.Gym.Mqtt;
using Backstep.Rehearsal.Room;
using Backstep.Terminal;
using Backstep.Walks;

namespace Backstep.Gym.Commands;

/// <summary><c>backstep-gym demo</c>: a room of simulated belts, with everything that a real one has.</summary>
public static class GymDemoCommand
{
    private const int UsualBelts = 12;

    // What a wall shows at most.
    private const int MostBelts = Board.RoomDesk.MostBelts;

    /// <summary>Builds it.</summary>
    public static Command Build(ProgramEnvironment environment)
    {
        var belts = NumberOption.Whole("--belts", "How many belts.", UsualBelts, MostBelts);
        var port = NumberOption.WholeWithin("--port",
            $"Port of the board on this computer. Default: {ServeOptions.UsualPort}, or any that is free.", 1,
            ushort.MaxValue);
        var seconds = NumberOption.PositiveOrNone("--seconds", "How long. Default: until Ctrl+C.", 24 * 60 * 60);
        var seed = NumberOption.Seed("Another seed, other walkers.");
        var check = new Option<bool>("--check") { Description = "At the end say whether every belt was seen walking; "
            + "end with 6 if one was not." };
        var command = new Command("demo", "A room of simulated belts on this computer: gateway, broker, server, board. "
            + "Nothing to install, nothing is kept.") { belts, port, seconds, seed, check };
        command.SetAction((result, _) => RunAsync(environment, result.GetValue(belts) ?? UsualBelts,
            result.GetValue(port), result.GetValue(seconds) is { } length ? TimeSpan.FromSeconds(length) : null,
            result.GetValue(seed), result.GetValue(check)));
        HelpWithExamples.Attach(
            command,
            [
                ("Twelve belts; open the address that it prints", "backstep-gym demo"),
                ("A full wall", "backstep-gym demo --belts 60"),
                ("For a script: half a minute, and whether all belts were seen walking",
                    "backstep-gym demo --belts 4 --seconds 40 --check"),
            ],
            notes: "What is shown is simulated: no person walks. Each belt has the clip's own program, which is "
                + "followed as a real one is; only the air between is in memory.");
        return command;
    }

    private static async Task<int> RunAsync(ProgramEnvironment environment, int belts, int? port, TimeSpan? length,
        int seed, bool checks)
    {
        string folder = Directory.CreateTempSubdirectory("backstep-gym-").FullName;
        try
        {
            await LayOutAsync(folder, belts, environment).ConfigureAwait(false);
            using var room = new SimulatedRoom(belts, seed, environment.Time);
            var host = GymHost.Create(Options(folder, room, belts, port), environment.Time, LogLevel.Warning);
            await using var close = host.ConfigureAwait(false);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(environment.Stop);
            var walks = room.RunAsync(end.Token);
            var runs = host.RunAsync(ready => Welcome(environment, ready, belts), end.Token);
            var seen = new HashSet<int>();
            var watches = WatchAsync(host, seen, environment.Time, end.Token);
            await Task.WhenAny(walks, runs, Task.Delay(length ?? Timeout.InfiniteTimeSpan, environment.Time, end.Token))
                .ConfigureAwait(false);
            await end.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(walks, watches).ConfigureAwait(walks.IsFaulted ? ConfigureAwaitOptions.None
                : ConfigureAwaitOptions.SuppressThrowing);
            await runs.ConfigureAwait(false);
            return environment.Stop.IsCancellationRequested ? environment.StopExitCode
                : checks ? Say(environment, belts, seen) : ExitCode.Ok;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ServeOptions Options(string folder, SimulatedRoom room, int belts, int? port) => new()
    {
        DataFolder = folder,
        Port = port ?? (IsFree(ServeOptions.UsualPort) ? ServeOptions.UsualPort : 0),
        MqttPort = IsFree(BrokerAddress.PlainPort) ? BrokerAddress.PlainPort : 0,
        Gateway = new GatewayPart(
            new GatewayOptions("gym", "demo") { DataFolder = folder, IsSimulated = true, LinksPerAdapter = belts },
            (time, log) => [new RadioAdapter("simulated", _ => Task.FromResult(room.Air()), time, log)]),
    };

    /// <summary>A belt for each clip, and the clip on it, before anybody looks.</summary>
    private static async Task LayOutAsync(string folder, int belts, ProgramEnvironment environment)
    {
        var store = GymStores.Open(null, folder, environment.Time);
        await using var close = store.ConfigureAwait(false);
        await store.PrepareAsync(environment.Stop).ConfigureAwait(false);
        for (int number = 1; number <= belts; number++)
        {
            await store.KeepBeltAsync(new RoomBelt(number, Board.RoomDesk.Secret()), environment.Stop)
                .ConfigureAwait(false);
            await store.KeepClipAsync(new RoomClip(ClipName.Of(SimulatedRoom.AddressOf(number)), number, null,
                number, null, true, null, null, null), environment.Stop).ConfigureAwait(false);
        }
    }

    private static void Welcome(ProgramEnvironment environment, GymHost host, int belts)
    {
        var text = environment.Out;
        text.WriteLine(FormattableString.Invariant($"A room of {belts} belts, simulated: no person walks."));
        text.WriteLine();
        text.WriteLine($"  the wall   {host.Address}");
        text.WriteLine($"  staff      {new Uri(host.Address, "staff")}");
        text.WriteLine(FormattableString.Invariant(
            $"  messages   mosquitto_sub -V 5 -i looker -p {host.Broker.Port} -t 'backstep/v1/#' -v"));
        text.WriteLine();
        text.WriteLine("The first walkers step on within half a minute. Ctrl+C ends it; nothing is kept.");
        text.Flush();
    }

    private static async Task WatchAsync(GymHost host, HashSet<int> seen, TimeProvider time, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
        {
            seen.UnionWith(host.Board.Belts().Where(belt => belt.View.State == "active")
                .Select(belt => belt.View.Number));
        }
    }

    private static int Say(ProgramEnvironment environment, int belts, HashSet<int> seen)
    {
        int[] missing = [.. Enumerable.Range(1, belts).Except(seen)];
        environment.Out.WriteLine(missing.Length == 0
            ? FormattableString.Invariant($"all {belts} belts were seen walking")
            : $"never seen walking: {string.Join(", ", missing)}");
        return missing.Length == 0 ? ExitCode.Ok : ExitCode.TargetMissed;
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
