using Backstep.Files.Recording;
using Backstep.Gait;
using Backstep.Link;
using Backstep.Protocol;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Walker;
using Backstep.Walks.Events;
using Backstep.Walks.Rails;

namespace Backstep.Rehearsal;

/// <summary>A second unit, on the wrist of a simulated walker: the sensor's real program on a board of its own, and a
/// client that follows it.</summary>
public sealed class SimulatedWrist : IDisposable
{
    private const double StepSeconds = 20;
    private const double SettlingSeconds = 3;

    private readonly VirtualDevice _device;

    /// <summary>Switched on.</summary>
    /// <param name="walker">Whose wrist.</param>
    /// <param name="seed">Every random number follows from it.</param>
    /// <param name="time">The clock of the client.</param>
    public SimulatedWrist(Walker walker, int seed, TimeProvider time)
    {
        _device = new VirtualDevice(Arm.Of(walker, seed), new VirtualDeviceOptions { Seed = seed + 1 });
        Client = new SensorClient(new InMemorySensorLink(_device), time, new FollowOptions { WithRails = true });
        Baseline = Calibrate(walker, seed);
    }

    /// <summary>The companion's end.</summary>
    public SensorClient Client { get; }

    /// <summary>What <c>calibrate rails --wrist</c> would find of this arm.</summary>
    public WristBaseline Baseline { get; }

    /// <summary>The program's fault, or null.</summary>
    public Exception? Fault => _device.Fault;

    /// <summary>Waits until it is in the air, connects, and tells it where it is worn.</summary>
    /// <param name="now">How far the shoe is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task StartAsync(TimeSpan now, CancellationToken cancellationToken)
    {
        Advance(now);
        await Client.ConnectAsync(cancellationToken).ConfigureAwait(false);
        Client.Send(ControlCommand.SetPlacement(Placement.Wrist));
        await Client.WorkAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets its time come as far as the shoe's.</summary>
    public async Task AdvanceToAsync(TimeSpan until, bool isInRange, CancellationToken cancellationToken)
    {
        _device.Radio.InRange = isInRange;
        Advance(until);
        await Client.WorkAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Client.Dispose();
        _device.Dispose();
    }

    private void Advance(TimeSpan until)
    {
        if (until > _device.Elapsed)
        {
            _device.Advance(until - _device.Elapsed);
        }
    }

    private static WristBaseline Calibrate(Walker walker, int seed)
    {
        var arm = Arm.Of(walker, seed,
            [new ArmSegment(ArmPose.OnRail, StepSeconds), new ArmSegment(ArmPose.Swinging, StepSeconds)]);
        var records = new WristRecords();
        var chip = new ChipQuantiser();
        var window = new WristWindow();
        var calibration = new WristCalibration();
        for (int sample = 0; sample < 2 * StepSeconds * MotionScale.SampleRateHertz; sample++)
        {
            double at = sample / (double)MotionScale.SampleRateHertz;
            var m = arm.At(at);
            if (records.Add(chip.Quantise([m.AxG, m.AyG, m.AzG, m.GxDps, m.GyDps, m.GzDps])) is { } record
                && window.Add(record) is { } features && at % StepSeconds > SettlingSeconds)
            {
                calibration.Add(features, at < StepSeconds);
            }
        }

        return calibration.Found() ?? throw new InvalidOperationException("twenty seconds of each are enough");
    }
}
