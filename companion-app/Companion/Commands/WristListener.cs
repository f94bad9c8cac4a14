using Backstep.Link;
using Backstep.Protocol;
using Backstep.Terminal;
using Backstep.Walks.Rails;

namespace Backstep.Companion.Commands;

/// <summary>Hears a second unit, on the wrist, while the shoe is being talked to.</summary>
internal sealed class WristListener(SensorConversation wrist) : IAsyncDisposable
{
    private readonly WristWindow _window = new();
    private readonly WristCalibration _calibration = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private Task _listening = Task.CompletedTask;
    private bool? _held;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await wrist.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var configuration = await wrist.ReadConfigurationAsync(cancellationToken).ConfigureAwait(false);
        if (configuration.Placement != Placement.Wrist)
        {
            throw new CommandException(ExitCode.Sensor,
                $"{wrist.Name} is not set to be worn on the wrist. Set it: backstep configure --sensor "
                + $"\"{wrist.Name}\" --placement wrist.");
        }

        await wrist.SubscribeAsync(Uuids.WristMotion, OnRecord, cancellationToken).ConfigureAwait(false);
        _listening = ListenAsync();
    }

    /// <summary>What comes from now on is with the rails held, free, or nothing of either.</summary>
    public void Take(bool? held)
    {
        lock (_lock)
        {
            _held = held;
        }
    }

    public WristBaseline? Found()
    {
        lock (_lock)
        {
            return _calibration.Found();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await wrist.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task ListenAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            await wrist.PauseAsync(TimeSpan.FromSeconds(1), _stop.Token).ConfigureAwait(false);
        }
    }

    private void OnRecord(byte[] value)
    {
        lock (_lock)
        {
            if (WristMotion.Decode(value, out _) is { } record && _window.Add(record) is { } features
                && _held is { } held)
            {
                _calibration.Add(features, held);
            }
        }
    }
}
