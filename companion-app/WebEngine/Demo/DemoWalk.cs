using Backstep.Link;
using Backstep.Rehearsal;
using Backstep.Walks.Events;
using Backstep.Walks.Live;
using Backstep.Walks.Sessions;
using Backstep.WebEngine.Looks;

namespace Backstep.WebEngine.Demo;

/// <summary>
/// A simulated walk: body, chip, the sensor's own program, radio and client, as <c>backstep demo</c> has them, but all
/// on one thread. Virtual time passes when it is told to.
/// </summary>
public sealed class DemoWalk : IDisposable
{
    private readonly SimulatedWalk _simulated;
    private readonly int _seed;
    private readonly TimeSpan _length;
    private readonly SessionRecorder _walk;
    private readonly WalkLook _look;
    private readonly SensorGroup _sensors;
    private readonly DemoRecorder _recorder;
    private TimeSpan _due;
    private DemoJson? _truth;
    private bool _isDisposed;

    /// <summary>Switches the sensor on and connects to it.</summary>
    /// <param name="scenario">What the walker does.</param>
    /// <param name="seed">Every random number follows from it.</param>
    /// <param name="length">How long.</param>
    /// <param name="setup">What is known before the first step.</param>
    /// <param name="archive">Where to keep.</param>
    /// <param name="real">Real time.</param>
    /// <exception cref="Walks.BadRequestException">There is no such scenario.</exception>
    public DemoWalk(string scenario, int seed, TimeSpan length, LiveSetup setup, IWalkArchive archive,
        TimeProvider real)
    {
        (_seed, _length) = (seed, length);
        _simulated = SimulatedWalk.Create(scenario, seed, length, hasOneThread: true);
        var time = new RebasedTime(_simulated.Time, real.GetUtcNow());
        _walk = new SessionRecorder(archive, _simulated.HeaderOf(setup.Mode, setup.Target), time, real);
        _look = new WalkLook(setup, _walk, time, isHeard: true);
        var air = _simulated.Air();
        Done(air.SearchAsync(_ => { }, CancellationToken.None));
        _sensors = new SensorGroup(air, _simulated.Sensors, _simulated.Time,
            _ => new FollowOptions { WithRails = true });
        _recorder = new DemoRecorder(_simulated);
        _sensors.Sensors[0].Received += _recorder.Apply;
        _sensors.Received += (sensor, received) => _look.Apply(received, 0, sensor.Placement, isLeader: true);
        Done(_sensors.ConnectAsync(CancellationToken.None));
        _due = _simulated.Elapsed;
    }

    /// <summary>Whether the time is over.</summary>
    public bool HasEnded => _truth != null || _simulated.Elapsed >= _length;

    /// <summary>Key of the session in the archive; null when there was none.</summary>
    public long? Session => _walk.Session is { Id: > 0 and var id } ? id : null;

    /// <summary>Lets so much virtual time pass, at most to the end. However it is cut, the walk is the same.</summary>
    public void Pass(TimeSpan time)
    {
        _due += time;
        while (!HasEnded && _simulated.Elapsed < _due)
        {
            var rest = _length - _simulated.Elapsed;
            Pump(rest < SimulatedWalk.Slice ? rest : SimulatedWalk.Slice);
            _walk.Work();
            _look.Watch();
        }
    }

    /// <summary>What there is now.</summary>
    public LookJson Look() => _look.Take(HasEnded ? "ended" : null);

    /// <summary>Ends it: what is under way is let come, and what came is held against what the walker truly did, as
    /// <c>backstep demo --json</c> does.</summary>
    public DemoJson End()
    {
        if (_truth == null)
        {
            _walk.Stop();
            double seconds = Math.Min(_simulated.Elapsed.TotalSeconds, _length.TotalSeconds);
            Done(_simulated.LetArriveAsync(_sensors));
            _walk.Close();
            _truth = _recorder.Summarise(_seed, seconds, _walk.Totals, _walk.MeasuredIncline);
            Dispose();
        }

        return _truth;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (_truth == null)
        {
            _walk.Close();
        }

        Done(_sensors.DisposeAsync().AsTask());
        _look.Dispose();
        _simulated.Dispose();
    }

    private void Pump(TimeSpan patience) => Done(_sensors.PumpAsync(patience, CancellationToken.None));

    /// <summary>Nothing here waits for anything but virtual time, so whatever could be waited for is done.</summary>
    private static void Done(Task task)
    {
        if (!task.IsCompleted)
        {
            throw new InvalidOperationException("a simulated walk waits for nothing real");
        }

        task.GetAwaiter().GetResult();
    }
}
