using Backstep.Protocol;
using Backstep.Walks.Events;

namespace Backstep.Link;

/// <summary>
/// Sensors that one walker wears: both shoes, or a shoe and a wrist. One stream of events, each with the sensor that
/// told it; all of them come out of <see cref="PumpAsync"/>, on its caller's flow. One sensor in trouble does not hold
/// up the others.
/// </summary>
public sealed class SensorGroup : IAsyncDisposable
{
    private readonly TimeProvider _time;

    /// <summary>Nothing happens before <see cref="ConnectAsync"/>.</summary>
    /// <param name="bluetooth">Where they are.</param>
    /// <param name="sensors">Which; at least one.</param>
    /// <param name="time">The clock of retries.</param>
    /// <param name="options">What to want of each; null for what everybody wants.</param>
    public SensorGroup(IBluetooth bluetooth, IEnumerable<SensorSighting> sensors, TimeProvider time,
        Func<SensorSighting, FollowOptions?>? options = null)
    {
        _time = time;
        Sensors = [.. sensors.Select(sensor => new FollowedSensor(bluetooth, sensor, time, options?.Invoke(sensor)))];
        foreach (var sensor in Sensors)
        {
            if (Sensors.Count(one => one.Name == sensor.Name) > 1)
            {
                sensor.Label = $"{sensor.Name} ({sensor.Address})";
            }

            sensor.Received += received => Received?.Invoke(sensor, received);
            sensor.Waiting += why => Waiting?.Invoke(sensor, why);
        }
    }

    /// <summary>The stream.</summary>
    public event Action<FollowedSensor, SensorEvent>? Received;

    /// <summary>See <see cref="FollowedSensor.Waiting"/>.</summary>
    public event Action<FollowedSensor, string>? Waiting;

    /// <summary>All of them, in the order in which they were asked for.</summary>
    public IReadOnlyList<FollowedSensor> Sensors { get; }

    /// <summary>The one whose strides make the session: the first that is not worn on a wrist. Settled before the first
    /// event comes.</summary>
    public FollowedSensor Leader => Sensors.FirstOrDefault(sensor => sensor.Placement != Placement.Wrist) ?? Sensors[0];

    /// <summary>Connects to each for the first time, one after another: adapters set up one link at a time.</summary>
    /// <exception cref="SensorLinkException">A sensor is out of reach, or refuses; the message names it when there are
    /// several.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        foreach (var sensor in Sensors)
        {
            try
            {
                await sensor.ConnectQuietlyAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (SensorLinkException e) when (Sensors.Count > 1)
            {
                throw new SensorLinkException($"{sensor.Label}: {e.Message}", e);
            }
        }

        Drain();
    }

    /// <summary>Waits for something to come from any of them, at most so long; then hands on all that came.</summary>
    public async Task PumpAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        await FollowedSensor.AnyAsync([.. Sensors.Select(sensor => sensor.TakeTurn(patience))], patience, _time,
            cancellationToken).ConfigureAwait(false);
        Drain();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var sensor in Sensors)
        {
            await sensor.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void Drain()
    {
        foreach (var sensor in Sensors)
        {
            sensor.Drain();
        }
    }
}
