using Backstep.Gait;
using Backstep.Link;
using Backstep.Protocol;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Board;
using Backstep.VirtualSensor.Walker;
using Backstep.Walks;
using Backstep.Walks.Events;
using Backstep.Walks.Rails;
using Backstep.Walks.Sessions;

namespace Backstep.Rehearsal;

/// <summary>
/// A body that walks, a virtual chip on its shoe and perhaps one on its wrist, the sensor's real program behind each,
/// and the air between them and whoever follows: everything from the foot to the radio, in virtual time.
/// </summary>
public sealed class SimulatedWalk : IDisposable
{
    /// <summary>The scenario whose link is dropped in mid-walk.</summary>
    public const string DropoutScenario = "dropout";

    private const string ShoeAddress = "simulated shoe";
    private const string WristAddress = "simulated wrist";

    // Long enough to lose dozens of strides, short enough to see them come back.
    private static readonly TimeSpan LongestDropout = TimeSpan.FromSeconds(20);

    // Strides that were complete at the end may still be on their way; after a dropout they must first be asked for.
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan AfterwardsAtMost = TimeSpan.FromSeconds(60);

    /// <summary>Whoever follows it waits for so long at once. Ours: a screen drawn twenty times a second.</summary>
    public static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    private readonly VirtualDevice _shoe;
    private readonly VirtualDevice? _wrist;
    private readonly TimeSpan? _outFrom;
    private readonly TimeSpan? _outUntil;

    private SimulatedWalk(Scenario scenario, Walker walker, int seed, TimeSpan length, bool withWrist,
        bool hasOneThread)
    {
        Scenario = scenario;
        Walker = walker;
        Side = walker.Settings.Side == FootSide.Left ? Placement.LeftShoe : Placement.RightShoe;
        // Whoever walks on level ground has no use for an incline, and its calibration takes a second of this computer.
        _shoe = Worn(walker, seed, walker.Settings.InclinePercent == 0 ? ConfiguredVolume.Of(Side)
            : CalibratedVolume.Of(walker.Settings, seed, Side, hasOneThread), hasOneThread);
        _wrist = withWrist
            ? Worn(Arm.Of(walker, seed), seed + 1, ConfiguredVolume.Of(Placement.Wrist), hasOneThread) : null;
        Baseline = withWrist ? SimulatedWrist.Calibrate(walker, seed) : null;
        Time = new VirtualTime(_shoe);
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

    /// <summary>The shoe that wears the sensor.</summary>
    public Placement Side { get; }

    /// <summary>What <c>calibrate rails --wrist</c> would find of this arm; null without a wrist.</summary>
    public WristBaseline? Baseline { get; }

    /// <summary>The clock of the walk.</summary>
    public TimeProvider Time { get; }

    /// <summary>Virtual time since the sensors were switched on.</summary>
    public TimeSpan Elapsed => _shoe.Elapsed;

    /// <summary>The sensors, the shoe's first.</summary>
    public IReadOnlyList<SensorSighting> Sensors =>
    [
        new(_shoe.Radio.DeviceName, ShoeAddress, null, null, false),
        .. _wrist == null ? Array.Empty<SensorSighting>()
            : [new(_wrist.Radio.DeviceName, WristAddress, null, null, false)],
    ];

    /// <summary>Makes the walk of a scenario.</summary>
    /// <param name="name">A scenario's name.</param>
    /// <param name="seed">Every random number follows from it.</param>
    /// <param name="length">How long it will be followed.</param>
    /// <param name="withWrist">Whether there is a second unit on the wrist.</param>
    /// <param name="hasOneThread">See <see cref="VirtualDeviceOptions.HasOneThread"/>.</param>
    /// <exception cref="BadRequestException">There is no such scenario.</exception>
    public static SimulatedWalk Create(string name, int seed, TimeSpan length, bool withWrist = false,
        bool hasOneThread = false)
    {
        if (!Scenarios.TryGet(name, seed, out var walker))
        {
            string names = string.Join(", ", Scenarios.All.Select(scenario => scenario.Name));
            throw new BadRequestException($"there is no scenario '{OneLine.Of(name)}'. Choose one of: {names}.");
        }

        var found =
            Scenarios.All.First(scenario => string.Equals(scenario.Name, name, StringComparison.OrdinalIgnoreCase));
        return new SimulatedWalk(found, walker, seed, length, withWrist, hasOneThread);
    }

    /// <summary>The air around the sensors. Their time passes while somebody waits for the shoe; the wrist keeps up
    /// with it.</summary>
    /// <param name="pace">Called with the time of the walk whenever some has passed, to hold it back; null for as fast
    /// as possible.</param>
    public IBluetooth Air(Func<TimeSpan, CancellationToken, Task>? pace = null)
    {
        var devices = new Dictionary<string, VirtualDevice> { [ShoeAddress] = _shoe };
        if (_wrist != null)
        {
            devices[WristAddress] = _wrist;
        }

        return new AirOfTheWalk(this, devices, pace);
    }

    /// <summary>Follows the shoe up to a moment, and no further.</summary>
    /// <param name="received">Takes its events.</param>
    /// <param name="until">The moment.</param>
    /// <param name="passed">Called whenever time has passed.</param>
    /// <param name="options">What is wanted of it; null for what everybody wants.</param>
    /// <param name="stop">Ends it.</param>
    public async Task FollowAsync(Action<SensorEvent> received, TimeSpan until, Action? passed = null,
        FollowOptions? options = null, CancellationToken stop = default)
    {
        var air = Air();
        await using var closeAir = air.ConfigureAwait(false);
        await air.SearchAsync(_ => { }, stop).ConfigureAwait(false);
        var sensor = new FollowedSensor(air, Sensors[0], Time, options);
        await using var letGo = sensor.ConfigureAwait(false);
        sensor.Received += received;
        await sensor.ConnectAsync(stop).ConfigureAwait(false);
        while (Elapsed < until)
        {
            await sensor.PumpAsync(Slice, stop).ConfigureAwait(false);
            passed?.Invoke();
        }
    }

    /// <summary>What is known of its session before it begins.</summary>
    /// <param name="mode">Where and how.</param>
    /// <param name="target">The time that was set, if any.</param>
    public SessionHeader HeaderOf(WalkMode mode, TimeSpan? target) => new()
    {
        StartedAt = default, // when it begins
        IsSimulated = true,
        Mode = mode,
        Target = target,
        Sensors =
        [
            new SessionSensor($"simulated: {Scenario.Name}", null, Side),
            .. _wrist == null ? Array.Empty<SessionSensor>()
                : [new SessionSensor($"simulated wrist: {Scenario.Name}", null, Placement.Wrist)],
        ],
    };

    /// <summary>Lets come what is under way at the end.</summary>
    public async Task LetArriveAsync(SensorGroup sensors)
    {
        var end = Elapsed;
        while (Elapsed < end + Afterwards || (!sensors.Leader.IsComplete && Elapsed < end + AfterwardsAtMost))
        {
            await sensors.PumpAsync(Slice, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _wrist?.Dispose();
        _shoe.Dispose();
    }

    private static VirtualDevice Worn(IMotionSource motion, int seed, MemoryVolume flash, bool hasOneThread) =>
        new(motion, new VirtualDeviceOptions { Seed = seed, Volume = flash, HasOneThread = hasOneThread });

    private void Pass(VirtualDevice device, TimeSpan time)
    {
        var until = _shoe.Elapsed + (device == _shoe ? time : TimeSpan.Zero);
        device.Radio.InRange = !(until > _outFrom && until <= _outUntil);
        if (until > device.Elapsed)
        {
            device.Advance(until - device.Elapsed);
        }

        if (device.Fault is { } fault)
        {
            throw new SensorException(
                $"the sensor's program has stopped: {fault.GetType().Name}: {OneLine.Of(fault.Message)} This is a "
                + $"fault in backstep: please report it.", fault);
        }
    }

    private sealed class AirOfTheWalk(SimulatedWalk walk, IReadOnlyDictionary<string, VirtualDevice> devices,
        Func<TimeSpan, CancellationToken, Task>? pace) : InMemoryBluetooth(devices, pace)
    {
        protected override void Pass(VirtualDevice device, TimeSpan time) => walk.Pass(device, time);
    }
}
