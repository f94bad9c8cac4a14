using System.Globalization;
using Backstep.Companion.Live;
using Backstep.Companion.Output;
using Backstep.Link;
using Backstep.Protocol;
using Backstep.Terminal;
using Backstep.Walks;
using Backstep.Walks.Coaching;
using Backstep.Walks.Live;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;

namespace Backstep.Companion.Commands;

/// <summary>
/// The one way to follow a walk, whether its sensors are real or simulated: what they tell is counted, kept, shown and
/// heard, until the time is over or the walker leaves.
/// </summary>
internal sealed class WalkFollower : IDisposable
{
    /// <summary>A key is answered, and the clock moves, that often at least; what comes over the air is shown at
    /// once.</summary>
    public static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    private const int NameColumns = 12;

    // Ours: a shoe that can tell the incline has told it by then.
    private const int EnoughStrides = 40;

    private readonly CommandEnvironment _environment;
    private readonly SessionRecorder _walk;
    private readonly LiveSetup _setup;
    private readonly LiveModel _model;
    private readonly bool _isKept;
    private readonly bool _isQuiet;

    /// <summary>Nothing is followed yet.</summary>
    /// <param name="environment">Screen, keys, real time.</param>
    /// <param name="walk">What counts; the follower closes it.</param>
    /// <param name="setup">What is known before the first step.</param>
    /// <param name="time">The clock of the walk.</param>
    /// <param name="isKept">Whether what is counted outlasts the program.</param>
    /// <param name="isQuiet">Whether nothing is shown.</param>
    public WalkFollower(CommandEnvironment environment, SessionRecorder walk, LiveSetup setup, TimeProvider time,
        bool isKept, bool isQuiet)
    {
        (_environment, _walk, _setup, _isKept, _isQuiet) = (environment, walk, setup, isKept, isQuiet);
        _model = new LiveModel(setup, walk, time);
    }

    /// <summary>Something keeps the walk from being written, in words. What comes waits, and is tried again.</summary>
    public event Action<string>? Troubled;

    /// <summary>Keys of the sessions kept so far.</summary>
    public IReadOnlyList<long> Sessions => _isKept ? [.. _walk.Kept.Select(header => header.Id).Distinct()] : [];

    /// <summary>Connects to the sensors.</summary>
    /// <exception cref="SensorLinkException">One is out of reach, or refuses.</exception>
    public Task ConnectAsync(SensorGroup sensors)
    {
        var positions = sensors.Sensors.Index().ToDictionary(sensor => sensor.Item, sensor => sensor.Index);
        sensors.Received += (sensor, received) =>
            _model.Apply(received, positions[sensor], sensor.Placement, sensor == sensors.Leader);
        sensors.Waiting += (sensor, why) => SensorOptions.ReportWaiting(_environment, sensor.Label, why);
        return sensors.ConnectAsync(_environment.Stop);
    }

    /// <summary>Follows them.</summary>
    /// <param name="sensors">The sensors, connected.</param>
    /// <param name="announcer">What is heard.</param>
    /// <param name="elapsed">The time of the walk.</param>
    /// <param name="length">How long; null until the walker leaves.</param>
    /// <param name="noted">Called whenever time has passed.</param>
    public async Task FollowAsync(SensorGroup sensors, Announcer announcer, Func<TimeSpan> elapsed, TimeSpan? length,
        Action? noted = null)
    {
        using var stage = new LiveStage(_model, announcer, _isQuiet ? null : _environment.Terminal,
            _isQuiet ? null : _environment.Out, _environment.ReadKey, _setup.Units, _environment.Time);
        stage.Commanded += operation =>
        {
            foreach (var sensor in sensors.Sensors)
            {
                sensor.Send(ControlCommand.Of(operation));
            }
        };
        try
        {
            bool goesOn = true;
            while (goesOn && !(elapsed() >= length))
            {
                var rest = length - elapsed();
                await sensors.PumpAsync(rest < Slice ? rest.Value : Slice, _environment.Stop).ConfigureAwait(false);
                Work();
                noted?.Invoke();
                goesOn = stage.Show(elapsed());
            }
        }
        catch (OperationCanceledException) when (_environment.Stop.IsCancellationRequested)
        {
            // the summary still follows
        }
    }

    private void Work()
    {
        string? before = _walk.Trouble;
        _walk.Work();
        if (_walk.Trouble is { } now && before == null)
        {
            Troubled?.Invoke($"keeping waits: {now}");
        }
    }

    /// <summary>The walk is over.</summary>
    /// <exception cref="CommandException">The rest of it could not be written.</exception>
    public void Close()
    {
        try
        {
            _walk.Close();
        }
        catch (ExplainedException e)
        {
            throw new CommandException(ExitCode.Of(e), $"the end of the session could not be kept: {e.Message}", e);
        }
    }

    /// <summary>Says what was walked, as the store counts it, and what was kept.</summary>
    public void Summarise()
    {
        var lines = new SummaryWriter(_environment.Out, NameColumns);
        if (_walk.Totals is { Strides: > 0 } totals)
        {
            string way = totals.DistanceMeters is { } meters
                ? $", {SessionText.Way(meters, totals.BackwardMeters, _setup.Units)}" : "";
            lines.Line("walked", string.Create(CultureInfo.InvariantCulture,
                $"{SessionText.Clock(totals.Active)}{way}, {totals.Strides} strides{Incline()}"));
        }

        AdviseOnIncline();
        if (_isKept)
        {
            lines.Line("kept", Sessions is { Count: > 0 } kept
                ? string.Join("; ",
                    kept.Select(id => string.Create(CultureInfo.InvariantCulture, $"session {id}: backstep show {id}")))
                : "nothing: there was no session");
            if (_walk.LeftOut > 0)
            {
                SummaryWriter.Wrap(_environment.Out, string.Create(CultureInfo.InvariantCulture,
                    $"Not kept: {_walk.LeftOut} strides that belong to no session of this walker. A session begins "
                    + $"with the sensor's: after a few strides in a row."));
            }
        }
    }

    private string Incline() =>
        _walk.MeasuredIncline is { } incline ? $", {InclineText.Of(incline.Percent)} by the shoe" : "";

    /// <summary>What would have told the incline, where there was one to tell.</summary>
    private void AdviseOnIncline()
    {
        bool isOfUse = _setup is { IsSimulated: false, Mode: WalkMode.Treadmill or WalkMode.Hill };
        if (isOfUse && _walk.MeasuredIncline == null && _walk.Totals.BackwardStrides >= EnoughStrides)
        {
            SummaryWriter.Wrap(_environment.Out, "Incline: not measured. 'backstep calibrate mount' on a level floor, "
                + "in the room of the belt, lets the shoe tell it.");
        }
    }

    /// <summary>Closes the session even when the walk ended with an error: then that error is the one to
    /// tell.</summary>
    public void Dispose()
    {
        try
        {
            _walk.Close();
        }
        catch (ExplainedException)
        {
            // Close has told it, or something worse is being told.
        }
    }
}
