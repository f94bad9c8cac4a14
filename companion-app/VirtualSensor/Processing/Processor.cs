using System.Diagnostics;
using Backstep.NanoHost;

namespace Backstep.VirtualSensor.Processing;

/// <summary>
/// Runs the firmware's program on a thread of its own and hands the turn to and fro: the firmware runs until it sleeps,
/// the owner of the device runs until it advances time; never both. Handlers of events (a GATT write, a button) run on
/// the firmware's thread while it sleeps. That is what the device does but for one thing: there they may also cut in
/// between any two statements of a program that works longer than its quantum of 20 ms.
/// </summary>
internal sealed class Processor(Timeline timeline) : IDisposable
{
    private const int PatienceWithCatchers = 100;

    /// <summary>Real time, against an endless loop that never sleeps.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>What a Sleep(0) costs, so that a loop of them ends.</summary>
    private static readonly TimeSpan Yield = TimeSpan.FromMicroseconds(100);

    private readonly Queue<Action> _handlers = new();
    private SemaphoreSlim _turn = new(0);
    private SemaphoreSlim _back = new(0);
    private Thread? _thread;
    private TimeSpan _wake;
    private bool _sleeping;
    private bool _stopping;
    private bool _handlersDead;
    private int _stopsThrown;

    /// <summary>A program is running (or asleep).</summary>
    public bool IsRunning { get; private set; }

    /// <summary>What ended the program, or a handler; null while all is well.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Starts a program; it gets its first turn when time is advanced.</summary>
    public void Start(Machine machine, Action program)
    {
        var (turn, back) = (new SemaphoreSlim(0), new SemaphoreSlim(0));
        (_turn, _back, _wake, _sleeping, _stopping, _handlersDead, _stopsThrown) = (turn, back, timeline.Now, false,
            false, false, 0);
        Fault = null;
        _handlers.Clear();
        IsRunning = true;
        using (machine.Enter())
        {
            _thread = new Thread(() => Main(program, turn, back)) { IsBackground = true, Name = "firmware" };
            _thread.Start();
        }
    }

    /// <summary>Lets a handler run on the firmware's thread as soon as it sleeps. Without a program it is never
    /// run.</summary>
    public void Post(Action handler)
    {
        if (IsRunning && !_stopping && !_handlersDead)
        {
            _handlers.Enqueue(handler);
        }
    }

    /// <summary>Lets everything happen up to a time, or until <paramref name="done"/>. Called by the owner.</summary>
    public void Advance(TimeSpan until, Func<bool>? done = null)
    {
        Debug.Assert(Thread.CurrentThread != _thread, "the firmware cannot advance its own time");
        while (done?.Invoke() != true)
        {
            timeline.Horizon = until;
            if (timeline.RunDueEvent())
            {
                continue;
            }

            if (IsRunning && (_wake <= timeline.Now || (_sleeping && _handlers.Count > 0)))
            {
                GiveTurn();
                continue;
            }

            if (timeline.Now >= until)
            {
                return;
            }

            var next = timeline.NextEvent < until ? timeline.NextEvent : until;
            timeline.MoveTo(IsRunning && _wake < next ? _wake : next);
        }
    }

    /// <summary>The program sleeps; handlers run meanwhile. Called by the firmware.</summary>
    public void Sleep(TimeSpan time) => WaitUntil(timeline.Now + (time > TimeSpan.Zero ? time : Yield), sleeping: true);

    /// <summary>The processor is held; no managed code runs meanwhile. Called by the firmware.</summary>
    public void Hold(TimeSpan time) => WaitUntil(timeline.Now + time, sleeping: false);

    /// <summary>Ends the program from inside: deep sleep, reboot, loss of power. Does not return.</summary>
    public Exception StopFromInside()
    {
        _stopping = true;
        return Stopped();
    }

    /// <summary>Ends the program from outside: its next wait throws.</summary>
    public void Stop()
    {
        _stopping = true;
        if (IsRunning)
        {
            GiveTurn();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Stop();

    private void Main(Action program, SemaphoreSlim turn, SemaphoreSlim back)
    {
        turn.Wait();
        try
        {
            if (!_stopping)
            {
                program();
                Fault ??= new InvalidOperationException("The firmware's program returned; it must run for ever.");
            }
        }
        catch (Exception fault)
        {
            if (!_stopping)
            {
                Fault = fault;
            }
        }
        finally
        {
            IsRunning = false;
            back.Release();
        }
    }

    private void GiveTurn()
    {
        _turn.Release();
        if (!_back.Wait(Debugger.IsAttached ? Timeout.InfiniteTimeSpan : Patience))
        {
            throw new TimeoutException(
                "The firmware has not slept for a minute of real time: an endless loop, "
                + "or a lock that nobody lets go.");
        }
    }

    private void WaitUntil(TimeSpan until, bool sleeping)
    {
        if (Thread.CurrentThread != _thread)
        {
            throw new InvalidOperationException(
                "Only the program's own thread, and the handlers of its events, may wait on a virtual device.");
        }

        while (true)
        {
            if (_stopping)
            {
                throw Stopped();
            }

            if (sleeping && _handlers.TryDequeue(out var handler))
            {
                Run(handler);
                continue;
            }

            if (timeline.Now >= until || timeline.TryMoveTo(until))
            {
                return;
            }

            (_wake, _sleeping) = (until, sleeping);
            _back.Release();
            _turn.Wait();
        }
    }

    // An exception that leaves a handler ends the device's event thread: no event is ever handled again.
    private void Run(Action handler)
    {
        try
        {
            handler();
        }
        catch (Exception fault) when (!_stopping)
        {
            Fault = fault;
            _handlersDead = true;
            _handlers.Clear();
        }
    }

    // A program that catches everything is told again and again; one that cannot be stopped so is left asleep for ever
    // on its background thread.
    private PowerOffException Stopped()
    {
        if (++_stopsThrown > PatienceWithCatchers)
        {
            IsRunning = false;
            _back.Release();
            Thread.Sleep(Timeout.Infinite);
        }

        return new PowerOffException();
    }
}
