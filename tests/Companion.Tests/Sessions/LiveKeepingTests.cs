using System.Globalization;
using Backstep.Companion.Commands;
using Backstep.Link;
using Backstep.Rehearsal;
using Backstep.Store;
using Backstep.Terminal;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Walker;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Tests.Sessions;

/// <summary>`live` over the sensor's own program in memory, and what is kept of it.</summary>
public sealed class LiveKeepingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly VirtualDevice _device = new(new Walker(
        [new Stand(3), new Walk(WalkParameters.Backward(0.8), 80), new Stand(150),
            new Walk(WalkParameters.Backward(0.8), 40), new Stand(400)], new WalkerSettings()));

    public void Dispose()
    {
        _device.Dispose();
        _folder.Dispose();
    }

    private async Task LiveAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var environment = new CommandEnvironment
        {
            Out = output,
            Error = error,
            Culture = CultureInfo.InvariantCulture,
            DataFolder = _folder["data"],
            Time = new VirtualTime(_device),
            OpenBluetooth = _ =>
                Task.FromResult<IBluetooth>(
                    new InMemoryBluetooth(new Dictionary<string, VirtualDevice> { ["A1"] = _device })),
        };
        Assert.Equal((ExitCode.Ok, ""),
            (await ConsoleProgram.RunAsync(() => Root.Build(environment),
                ["live", "--anyway", "--sensor", "A1", .. args],
                environment), error.ToString()));
    }

    private KeptSession[] Sessions()
    {
        using var store = SessionStore.OpenForReading(_folder["data"], TimeProvider.System);
        return [.. store.Summaries().Reverse().Select(summary => store.Find(summary.Header.Id)!)];
    }

    private static void AssertWithoutGap(KeptSession session)
    {
        uint first = session.Strides[0].Stride.Sequence;
        Assert.Equal(session.Strides.Select((_, i) => first + (uint)i),
            session.Strides.Select(stride => stride.Stride.Sequence));
        Assert.All(session.Strides.Skip(1).Zip(session.Strides), pair => Assert.Equal(
            pair.First.Stride.ContactMilliseconds - pair.Second.Stride.ContactMilliseconds,
            (pair.First.At - pair.Second.At).TotalMilliseconds, 60.0));
    }

    [Fact]
    public async Task Nothing_is_lost_between_two_lives_nor_of_what_was_walked_without_one()
    {
        await LiveAsync("--seconds", "30");
        int before = Assert.Single(Sessions()).Strides.Count;
        Assert.InRange(before, 10, 25);

        _device.Advance(TimeSpan.FromSeconds(10)); // somebody walks on
        await LiveAsync("--seconds", "15");
        var resumed = Assert.Single(Sessions());
        Assert.InRange(resumed.Strides.Count, before + 10, before + 22);
        AssertWithoutGap(resumed);
        Assert.True(resumed.Summary.IsComplete);
        Assert.Equal("A1", resumed.Summary.Header.Sensors[0].Address);

        _device.Advance(TimeSpan.FromSeconds(400)); // to the end of this walk, and another, with nobody there
        await LiveAsync("--seconds", "20");
        var sessions = Sessions();
        Assert.Equal(2, sessions.Length);
        Assert.All(sessions, AssertWithoutGap);
        Assert.All(sessions, session => Assert.True(session.Summary.IsComplete));
        Assert.InRange(sessions[0].Summary.Totals.Elapsed.TotalSeconds, 75, 82);
        Assert.InRange(sessions[1].Summary.Totals.Elapsed.TotalSeconds, 35, 42);
        Assert.False(sessions[1].Summary.Header.IsStartUnknown);
        Assert.InRange((sessions[1].Summary.Header.StartedAt - sessions[0].Summary.Header.StartedAt).TotalSeconds, 225,
            235);

        await LiveAsync("--seconds", "20");
        Assert.Equal(sessions.Select(session => session.Strides.Count),
            Sessions().Select(session => session.Strides.Count));
    }

    [Fact]
    public async Task What_shall_not_be_kept_is_not()
    {
        await LiveAsync("--seconds", "20", "--no-keep");
        Assert.Empty(_folder.Names);
    }
}
