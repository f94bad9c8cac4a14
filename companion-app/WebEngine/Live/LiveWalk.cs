using Backstep.Link;
using Backstep.Protocol;
using Backstep.Walks.Events;
using Backstep.Walks.Live;
using Backstep.Walks.Rails;
using Backstep.Walks.Sessions;
using Backstep.WebEngine.Keeping;
using Backstep.WebEngine.Looks;

namespace Backstep.WebEngine.Live;

/// <summary>A walk with a real sensor: what it tells is counted, kept, shown and heard, until the walker ends
/// it.</summary>
public sealed class LiveWalk : IAsyncDisposable
{
    /// <summary>The clock moves that often at least; what comes over the air is taken at once.</summary>
    public static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(100);

    // The sensor answers within a pass of its loop; a link in trouble shall not keep anybody from leaving.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _time;
    private readonly SessionRecorder _walk;
    private readonly SensorGroup _sensors;
    private readonly WalkLook _look;
    private readonly CancellationTokenSource _stop = new();
    private string? _state = "connecting";
    private string? _notice;
    private bool _isDisposed;

    /// <summary>Nothing happens before <see cref="ConnectAsync"/>.</summary>
    /// <param name="bluetooth">Where the sensor is.</param>
    /// <param name="sensor">The sensor.</param>
    /// <param name="setup">What is known before the first step.</param>
    /// <param name="isHeard">Whether cues are to be heard.</param>
    /// <param name="archive">Where to keep.</param>
    /// <param name="time">The clock of the walk.</param>
    public LiveWalk(IBluetooth bluetooth, SensorSighting sensor, LiveSetup setup, bool isHeard, IWalkArchive archive,
        TimeProvider time)
    {
        _time = time;
        var template = new SessionHeader
        {
            StartedAt = default, // when it begins
            WalkerId = PageArchive.Walker,
            Mode = setup.Mode,
            Target = setup.Target,
            Sensors = [new SessionSensor(sensor.Name ?? sensor.Address, sensor.Address, Placement.Unknown)],
        };
        // A page may be gone at any moment, and a browser's store takes a stride at a time.
        _walk = new SessionRecorder(archive, template, time, time, writeAfter: TimeSpan.Zero);
        _look = new WalkLook(setup, _walk, time, isHeard);
        _sensors = new SensorGroup(bluetooth, [sensor], time,
            one => _walk.Wanted(one.Address) with { WithRails = true, MayBeUnpaired = true });
        _sensors.Received += Apply;
    }

    /// <summary>Whether the walker has ended it.</summary>
    public bool HasEnded => _state == "ended";

    /// <summary>Connects.</summary>
    /// <exception cref="SensorLinkException">The sensor is out of reach, or refuses.</exception>
    public async Task ConnectAsync()
    {
        await _sensors.ConnectAsync(_stop.Token).ConfigureAwait(false);
        _walk.Rails.Trust = await RailTrustAsync().ConfigureAwait(false);
        _state = null;
    }

    /// <summary>Waits for something to come, at most a <see cref="Slice"/>, and does what is due.</summary>
    public async Task PumpAsync()
    {
        await _sensors.PumpAsync(Slice, _stop.Token).ConfigureAwait(false);
        _walk.Work();
        _look.Watch();
    }

    /// <summary>What there is now.</summary>
    public LookJson Look() => _look.Take(_state, _notice);

    /// <summary>The walker pauses, or goes on.</summary>
    public void TogglePause()
    {
        _walk.TogglePause();
        _sensors.Leader.Send(ControlCommand.Of(_walk.IsPaused ? ControlOperation.Pause : ControlOperation.Start));
    }

    /// <summary>The walker marks a moment.</summary>
    public void Mark() => _look.Model.Mark();

    /// <summary>The walker ends it: the sensor is told, what is under way is let come, the session is closed.</summary>
    /// <returns>The key of the session in the archive; null when there was none.</returns>
    public async Task<long?> EndAsync()
    {
        if (!HasEnded)
        {
            bool isConnected = _state == null;
            _state = "ended";
            _walk.Stop();
            if (isConnected)
            {
                _sensors.Leader.Send(ControlCommand.Of(ControlOperation.Stop));
                for (long since = _time.GetTimestamp();
                    !_look.Model.HasEnded && _time.GetElapsedTime(since) < StopPatience;)
                {
                    await PumpAsync().ConfigureAwait(false);
                }
            }

            await DisposeAsync().ConfigureAwait(false);
            _walk.Close();
        }

        return _walk.Session is { Id: > 0 and var id } ? id : null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _sensors.DisposeAsync().ConfigureAwait(false);
        _look.Dispose();
        _stop.Dispose();
    }

    private void Apply(FollowedSensor sensor, SensorEvent received)
    {
        _look.Apply(received, 0, sensor.Placement, isLeader: true);
        if (received is CommandRefused { Operation: ControlOperation.ReplayLog or ControlOperation.SetClock })
        {
            _notice = PageRadioText.WithoutCommands;
        }
    }

    /// <summary>Whose baselines the shoe compares with: a page has none, so what the shoe says of the rails counts only
    /// where it compares with nobody's.</summary>
    private async Task<RailTrust> RailTrustAsync()
    {
        try
        {
            var (owner, _) = await _sensors.Leader.SettleRailBaselinesAsync(null, _stop.Token).ConfigureAwait(false);
            return owner == BaselineOwner.SomebodyElse ? RailTrust.WristOnly : RailTrust.Everything;
        }
        catch (SensorLinkException)
        {
            return RailTrust.WristOnly;
        }
    }
}
