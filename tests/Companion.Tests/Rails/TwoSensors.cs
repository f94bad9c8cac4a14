using System.Globalization;
using Backstep.Companion.Commands;
using Backstep.Link;
using Backstep.Protocol;
using Backstep.Rehearsal;
using Backstep.Terminal;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Board;
using Backstep.VirtualSensor.Walker;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Companion.Tests.Rails;

/// <summary>
/// A walker's shoe and wrist, each with the sensor's real program, a chip and a clock of its own, and a companion that
/// talks to both. One fake clock: whoever waits on it goes on when it has come so far, on the thread that moves it.
/// </summary>
public sealed class TwoSensors
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly DateTimeOffset Day = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly MemoryVolume _shoe = ConfiguredVolume.Of(Placement.RightShoe, "Shoe");
    private readonly MemoryVolume _wrist = ConfiguredVolume.Of(Placement.Wrist, "Wrist");

    /// <summary>Runs a command while the walker walks; the sensors keep what is in their flash from one to the
    /// next.</summary>
    public async Task<CommandRun> RunAsync(Walker walker, TimeSpan limit, params string[] args)
    {
        var time = new FakeTimeProvider(Day);
        using var shoe = new VirtualDevice(walker,
            new VirtualDeviceOptions { Seed = 1, Volume = _shoe, Chip = new ChipOptions { ClockError = -0.008 } });
        using var wrist = new VirtualDevice(Arm.Of(walker, 5),
            new VirtualDeviceOptions { Seed = 2, Volume = _wrist, Chip = new ChipOptions { ClockError = 0.01 } });
        var devices = new Dictionary<string, VirtualDevice> { ["AA"] = shoe, ["BB"] = wrist };
        long start = time.GetTimestamp();
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var environment = new CommandEnvironment
        {
            Out = output,
            Error = error,
            Culture = CultureInfo.InvariantCulture,
            Time = time,
            OpenBluetooth = _ => Task.FromResult<IBluetooth>(new InMemoryBluetooth(devices, WaitAsync)),
        };

        // Without the test's own scheduler, what waits goes on at once when the clock lets it.
        int exitCode =
            await Task.Run(
                () => Play(ConsoleProgram.RunAsync(() => Root.Build(environment), args, environment), time, limit));
        return new CommandRun(exitCode, output.ToString(), error.ToString());

        Task WaitAsync(TimeSpan elapsed, CancellationToken cancellationToken)
        {
            var ahead = elapsed - time.GetElapsedTime(start);
            return ahead > TimeSpan.Zero ? Task.Delay(ahead, time, cancellationToken) : Task.CompletedTask;
        }
    }

    private static int Play(Task<int> run, FakeTimeProvider time, TimeSpan limit)
    {
        for (var passed = TimeSpan.Zero; !run.IsCompleted && passed < limit; passed += Step)
        {
            time.Advance(Step);
        }

        // its last words are handed from one thread to another
        Assert.True(run.Wait(Patience), "the command does not end");
        return run.GetAwaiter().GetResult();
    }
}
