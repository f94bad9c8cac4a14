using System.CommandLine;
using Backstep.Rehearsal.Room;
using Backstep.Terminal;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Gym.Commands;

/// <summary><c>backstep-gym room</c>: simulated clips for a gateway in another process.</summary>
public static class RoomCommand
{
    /// <summary>More belts than any board shows, and than two cores can walk. Ours.</summary>
    public const int MostBelts = 400;

    // A day and a night.
    private const int MostMinutes = 24 * 60;

    /// <summary>Builds it.</summary>
    public static Command Build(ProgramEnvironment environment, Option<bool> json)
    {
        var belts = NumberOption.Whole("--belts", "How many belts, a clip and a walker on each.", 12, MostBelts);
        var port = NumberOption.WholeWithin("--port", "Port on this computer's loopback. Default: any that is free.",
            1, ushort.MaxValue);
        var minutes = NumberOption.Whole("--minutes", "How long. Default: until Ctrl+C.", null, MostMinutes);
        var seed = NumberOption.Seed("Another seed, other walkers; the same seed gives the same steps.");
        var scenario = new Option<string[]>("--scenario") { Description = "Who walks, one after another; may be given "
            + "more than once. Default: a mixture, most of them as they should.", HelpName = "NAME",
            DefaultValueFactory = _ => [] };
        var rest = NumberOption.Whole("--rest", "Seconds between one walker and the next of a belt. Default: longer "
            + "than a session waits for its walker.", null, MostMinutes * 60);
        var truth = new Option<string?>("--truth") { Description = "At the end write what every clip has counted, as "
            + "JSON.", HelpName = "FILE" };
        var command = new Command("room", "Simulated clips, for 'gateway --room' in another process: what happens to "
            + "the gateway does not happen to them.") { belts, port, minutes, seed, scenario, rest, truth };
        command.SetAction((result, _) => RunAsync(environment, new Request(
            result.GetValue(belts) ?? 1,
            result.GetValue(port) ?? 0,
            result.GetValue(minutes) is { } given ? TimeSpan.FromMinutes(given) : null,
            result.GetValue(seed),
            result.GetValue(scenario) is { Length: > 0 } names ? names : null,
            result.GetValue(rest),
            result.GetValue(truth))));
        HelpWithExamples.Attach(
            command,
            [
                ("Two hundred clips for ten minutes", "backstep-gym room --belts 200 --minutes 10 --port 7300"),
                ("A gateway for them, in another terminal", "backstep-gym gateway --room 127.0.0.1:7300"),
            ],
            notes: "What they send is simulated: no person walks.");
        return command;
    }

    private static async Task<int> RunAsync(ProgramEnvironment environment, Request request)
    {
        foreach (string name in request.Scenarios ?? [])
        {
            if (!Scenarios.TryGet(name, request.Seed, out _))
            {
                throw new CommandException(ExitCode.Usage, $"there is no scenario '{Walks.OneLine.Of(name)}'. "
                    + $"Choose of: {string.Join(", ", Scenarios.All.Select(one => one.Name))}.");
            }
        }

        using var room = new SimulatedRoom(request.Belts, request.Seed, environment.Time, request.Scenarios,
            request.RestSeconds);
        using var door = new RoomServer(room, request.Port, environment.Time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(environment.Stop);
        await environment.Out.WriteLineAsync(FormattableString.Invariant(
            $"{request.Belts} simulated clips at {door.Address}. Ctrl+C ends it.")).ConfigureAwait(false);
        await environment.Out.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        using var still = new CancellationTokenSource();
        var walks = room.RunAsync(still.Token); // on, while every clip is asked what it counted
        var serves = door.RunAsync(end.Token);
        await Task.WhenAny(walks, Task.Delay(request.Length ?? Timeout.InfiniteTimeSpan, environment.Time, end.Token))
            .ConfigureAwait(false);
        await end.CancelAsync().ConfigureAwait(false);
        await serves.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (request.TruthFile is { } path && !walks.IsFaulted)
        {
            string told = (await RoomTruth.AskAsync(room, environment.Time, CancellationToken.None)
                .ConfigureAwait(false)).ToJson();
            using var file = Files.AtomicFile.Create(path, overwrite: true);
            file.Writer.Write(told);
            file.Commit();
        }

        await still.CancelAsync().ConfigureAwait(false);
        await walks.ConfigureAwait(walks.IsFaulted ? ConfigureAwaitOptions.None
            : ConfigureAwaitOptions.SuppressThrowing);
        return environment.Stop.IsCancellationRequested && request.Length != null ? environment.StopExitCode
            : ExitCode.Ok;
    }

    private sealed record Request(int Belts, int Port, TimeSpan? Length, int Seed, IReadOnlyList<string>? Scenarios,
        int? RestSeconds, string? TruthFile);
}
