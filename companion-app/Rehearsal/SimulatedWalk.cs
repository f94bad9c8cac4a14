using Backstep.Gait;
using Backstep.Link;
using Backstep.Protocol;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Walker;
using Backstep.Walks;
using Backstep.Walks.Events;

namespace Backstep.Rehearsal;

/// <summary>
/// A body that walks, a virtual chip on its shoe, the sensor's real program behind it, and a client that follows it
/// over the in-memory radio: everything from the foot to the event stream, in virtual time.
/// </summary>
public sealed class SimulatedWalk : IDisposable
{
    /// <summary>The scenario whose link is dropped in mid-walk.</summary>
    public const string DropoutScenario = "dropout";

    // From power to advertising; much more means that the program does not run.
    private static readonly TimeSpan BootPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BootStep = TimeSpan.FromMilliseconds(10);

    // Long enough to lose dozens of strides, short enough to see them come back.
    private static readonly TimeSpan LongestDropout = TimeSpan.FromSeconds(20);

    private readonly TimeSpan? _outFrom;
    private readonly TimeSpan? _outUntil;

    private SimulatedWalk(Scenario scenario, Walker walker, int seed, TimeSpan length, bool withRawMotion,
        bool withWrist)
    {
        Scenario = scenario;
        Walker = walker;
        Device = new VirtualDevice(walker, new VirtualDeviceOptions { Seed = seed });
        Time = new VirtualTime(Device);
        Client = new SensorClient(new InMemorySensorLink(Device), Time,
            new FollowOptions { WithRawMotion = withRawMotion });
        Wrist = withWrist ? new SimulatedWrist(walker, seed, Time) : null;
        if (scenario.Name == DropoutScenario)
        {
            _outFrom = length * 0.4;
            _outUntil = _outFrom + (length * 0.2 < LongestDropout ? length * 0.2 : LongestDropout);
        }
    }

    /// <summary>What is played.</summary>
    public Scenario Scenario { get; }

    /// <summary>The body, and the truth about it.</summary>
    public Walker Walker { get; }

    /// <summary>The sensor.</summary>
    public VirtualDevice Device { get; }

    /// <summary>Its clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>The companion's end.</summary>
    public SensorClient Client { get; }

    /// <summary>A second unit on the wrist, or null.</summary>
    public SimulatedWrist? Wrist { get; }

    /// <summary>Virtual time since the sensor was switched on.</summary>
    public TimeSpan Elapsed => Device.Elapsed;

    /// <summary>Makes the walk of a scenario.</summary>
    /// <param name="name">A scenario's name.</param>
    /// <param name="seed">Every random number follows from it.</param>
    /// <param name="length">How long it will be followed.</param>
    /// <param name="withRawMotion">Whether raw motion is streamed too.</param>
    /// <param name="withWrist">Whether there is a second unit on the wrist.</param>
    /// <exception cref="BadRequestException">There is no such scenario.</exception>
    public static SimulatedWalk Create(string name, int seed, TimeSpan length, bool withRawMotion = false,
        bool withWrist = false)
    {
        if (!Scenarios.TryGet(name, seed, out var walker))
        {
            string names = string.Join(", ", Scenarios.All.Select(scenario => scenario.Name));
            throw new BadRequestException($"there is no scenario '{OneLine.Of(name)}'. Choose one of: {names}.");
        }

        var found =
            Scenarios.All.First(scenario => string.Equals(scenario.Name, name, StringComparison.OrdinalIgnoreCase));
        return new SimulatedWalk(found, walker, seed, length, withRawMotion, withWrist);
    }

    /// <summary>Waits until the sensor advertises, connects, and tells it where it is worn.</summary>
    /// <exception cref="SensorException">The sensor's program does not come up, or refuses.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        while (Device.Radio.Advertisement == null && Elapsed < BootPatience)
        {
            Device.Advance(BootStep);
            ThrowIfDead();
        }

        try
        {
            await Client.ConnectAsync(cancellationToken).ConfigureAwait(false);
            await (Wrist?.StartAsync(Elapsed, cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
        }
        catch (SensorLinkException e)
        {
            throw new SensorException(
                $"the virtual sensor cannot be connected to: {OneLine.Of(e.Message)} This is a fault in backstep: "
                + $"please report it.", e);
        }

        Client.Send(
            ControlCommand.SetPlacement(
                Walker.Settings.Side == FootSide.Left ? Placement.LeftShoe : Placement.RightShoe));
        await Client.WorkAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets virtual time pass up to a moment.</summary>
    /// <exception cref="SensorException">The sensor's program has died.</exception>
    public async Task AdvanceToAsync(TimeSpan until, CancellationToken cancellationToken)
    {
        if (until > Elapsed)
        {
            bool isInRange = !(until > _outFrom && until <= _outUntil);
            Device.Radio.InRange = isInRange;
            Device.Advance(until - Elapsed);
            await (Wrist?.AdvanceToAsync(Elapsed, isInRange, cancellationToken) ?? Task.CompletedTask).ConfigureAwait(
                false);
        }

        ThrowIfDead();
        await Client.WorkAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Wrist?.Dispose();
        Client.Dispose();
        Device.Dispose();
    }

    private void ThrowIfDead()
    {
        if ((Device.Fault ?? Wrist?.Fault) is { } fault)
        {
            throw new SensorException(
                $"the sensor's program has stopped: {fault.GetType().Name}: {OneLine.Of(fault.Message)} This is a "
                + $"fault in backstep: please report it.", fault);
        }
    }
}
