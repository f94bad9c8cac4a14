using System.Diagnostics;
using Backstep.NanoHost;

namespace Backstep.VirtualSensor.Processing;

/// <summary>
/// Runs the firmware's program on a thread of its own and hands the turn to and fro: the firmware runs until it sleeps,
/// the owner of the device runs until it advances time; never both. Handlers of events run on the firmware's thread
/// while it sleeps.
/// </summary>
internal sealed class ThreadProcessor(Timeline timeline) : Processor(timeline), IDisposable
{
    /// <summary>Real time, against an endless loop that never sleeps.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private SemaphoreSlim _turn = new(0);
    private SemaphoreSlim _back = new(0);
    private Thread? _thread;
    private TimeSpan _wake;
    private bool _sleeping;

    /// <inheritdoc/>
    public override TimeSpan OwnersTime => Timeline.Now;

    /// <inheritdoc/>
    public override void Advance(TimeSpan until, Func<bool>? done = null)
    {
        Debug.Assert(Thread.CurrentThread != _thread, "the firmware cannot advance its own time");
        while (done?.Invoke() != true)
        {
            Timeline.Horizon = until;
            if (Timeline.RunDueEvent())
            {
                continue;
            }

            if (IsRunning && (_wake <= Timeline.Now || (_sleeping && HasHandlers)))
            {
                GiveTurn();
                continue;
            }

            if (Timeline.Now >= until)
            {
                return;
            }

            var next = Timeline.NextEvent < until ? Timeline.NextEvent : until;
            Timeline.MoveTo(IsRunning && _wake < next ? _wake : next);
        }
    }

    /// <inheritdoc/>
    public override void Stop()
    {
        IsStopping = true;
        if (IsRunning)
        {
            GiveTurn();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Stop();

    /// <inheritdoc/>
    protected override void Begin(Machine machine, DeviceProgram program)
    {
        var (turn, back) = (new SemaphoreSlim(0), new SemaphoreSlim(0));
        (_turn, _back, _wake, _sleeping) = (turn, back, Timeline.Now, false);
        using (machine.Enter())
        {
            _thread = new Thread(() => Main(program.Run, turn, back)) { IsBackground = true, Name = "firmware" };
            _thread.Start();
        }
    }

    private void Main(Action program, SemaphoreSlim turn, SemaphoreSlim back)
    {
        turn.Wait();
        try
        {
            if (!IsStopping)
            {
                program();
                Fault ??= new InvalidOperationException("The firmware's program returned; it must run for ever.");
            }
        }
        catch (Exception fault)
        {
            if (!IsStopping)
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

    /// <inheritdoc/>
    protected override void WaitUntil(TimeSpan until, bool sleeping)
    {
        if (Thread.CurrentThread != _thread)
        {
            throw new InvalidOperationException(
                "Only the program's own thread, and the handlers of its events, may wait on a virtual device.");
        }

        while (true)
        {
            if (IsStopping)
            {
                throw Stopped();
            }

            if (sleeping && RunHandler())
            {
                continue;
            }

            if (Timeline.Now >= until || Timeline.TryMoveTo(until))
            {
                return;
            }

            (_wake, _sleeping) = (until, sleeping);
            _back.Release();
            _turn.Wait();
        }
    }

    /// <inheritdoc/>
    protected override void GiveUpStopping()
    {
        IsRunning = false;
        _back.Release();
        Thread.Sleep(Timeout.Infinite);
    }
}
