using Backstep.NanoHost;

namespace Backstep.VirtualSensor.Processing;

/// <summary>
/// Runs the firmware's program in virtual time: the firmware runs until it waits, the owner of the device runs until it
/// advances time; never both. Handlers of events (a GATT write, a button) run while the firmware sleeps. That is what
/// the device does but for one thing: there they may also cut in between any two statements of a program that works
/// longer than its quantum of 20 ms.
/// </summary>
internal abstract class Processor(Timeline timeline)
{
    private const int PatienceWithCatchers = 100;

    /// <summary>What a Sleep(0) costs, so that a loop of them ends.</summary>
    protected static readonly TimeSpan Yield = TimeSpan.FromMicroseconds(100);

    private readonly Queue<Action> _handlers = new();
    private bool _handlersDead;
    private int _stopsThrown;

    /// <summary>A program is running (or asleep).</summary>
    public bool IsRunning { get; protected set; }

    /// <summary>What ended the program, or a handler; null while all is well.</summary>
    public Exception? Fault { get; protected set; }

    /// <summary>The time as the owner of the device knows it: up to where it has advanced it.</summary>
    public abstract TimeSpan OwnersTime { get; }

    /// <summary>Virtual time.</summary>
    protected Timeline Timeline { get; } = timeline;

    /// <summary>Whether the program is to end at its next wait.</summary>
    protected bool IsStopping { get; set; }

    /// <summary>Whether a handler waits for its turn.</summary>
    protected bool HasHandlers => _handlers.Count > 0;

    /// <summary>Starts a program; it gets its first turn when time is advanced.</summary>
    public void Start(Machine machine, DeviceProgram program)
    {
        (IsStopping, _handlersDead, _stopsThrown, Fault) = (false, false, 0, null);
        _handlers.Clear();
        IsRunning = true;
        Begin(machine, program);
    }

    /// <summary>Lets a handler run as the firmware as soon as it sleeps. Without a program it is never run.</summary>
    public void Post(Action handler)
    {
        if (IsRunning && !IsStopping && !_handlersDead)
        {
            _handlers.Enqueue(handler);
        }
    }

    /// <summary>Lets everything happen up to a time, or until <paramref name="done"/>. Called by the owner.</summary>
    public abstract void Advance(TimeSpan until, Func<bool>? done = null);

    /// <summary>The program sleeps; handlers run meanwhile. Called by the firmware.</summary>
    public void Sleep(TimeSpan time) => WaitUntil(Timeline.Now + (time > TimeSpan.Zero ? time : Yield), sleeping: true);

    /// <summary>The processor is held; no managed code runs meanwhile. Called by the firmware.</summary>
    public void Hold(TimeSpan time) => WaitUntil(Timeline.Now + time, sleeping: false);

    /// <summary>Ends the program from inside: deep sleep, reboot, loss of power. Does not return.</summary>
    public Exception StopFromInside()
    {
        IsStopping = true;
        return Stopped();
    }

    /// <summary>Ends the program from outside: its next wait throws.</summary>
    public abstract void Stop();

    /// <summary>Begins with a program.</summary>
    protected abstract void Begin(Machine machine, DeviceProgram program);

    /// <summary>Waits as the firmware does.</summary>
    protected abstract void WaitUntil(TimeSpan until, bool sleeping);

    /// <summary>The program catches whatever should end it.</summary>
    protected abstract void GiveUpStopping();

    /// <summary>Runs the next handler. False when none waits. An exception that leaves it ends the device's event
    /// thread: no event is ever handled again.</summary>
    protected bool RunHandler()
    {
        if (!_handlers.TryDequeue(out var handler))
        {
            return false;
        }

        try
        {
            handler();
        }
        catch (Exception fault) when (!IsStopping)
        {
            Fault = fault;
            _handlersDead = true;
            _handlers.Clear();
        }

        return true;
    }

    /// <summary>What the firmware's wait throws. A program that catches everything is told again and again; one that
    /// cannot be stopped so is given up.</summary>
    protected PowerOffException Stopped()
    {
        if (++_stopsThrown > PatienceWithCatchers)
        {
            GiveUpStopping();
        }

        return new PowerOffException();
    }
}
