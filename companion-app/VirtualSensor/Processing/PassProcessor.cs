using Backstep.NanoHost;

namespace Backstep.VirtualSensor.Processing;

/// <summary>
/// Runs the firmware's program on its owner's own thread, pass by pass, where there is no other: in a browser. A pass
/// cannot be left in the middle, so a wait inside one (a transfer to the chip, some ms) is not cut short where the
/// owner has advanced time only up to there. What the owner does then comes to the firmware so much later than with
/// <see cref="ThreadProcessor"/>; nothing else differs.
/// </summary>
internal sealed class PassProcessor(Timeline timeline) : Processor(timeline)
{
    private Machine? _machine;
    private Func<Func<int>>? _build;
    private Func<int>? _pass;
    private TimeSpan _wake;
    private bool _isInFirmware;
    private Func<bool>? _done;
    private TimeSpan? _reached; // what was waited for
    private TimeSpan? _ownersTime; // null while time is advanced

    /// <inheritdoc/>
    public override TimeSpan OwnersTime => _ownersTime ?? Timeline.Now;

    /// <inheritdoc/>
    public override void Advance(TimeSpan until, Func<bool>? done = null)
    {
        (_done, _reached, _ownersTime) = (done, null, null);
        while (!IsReached())
        {
            if (Timeline.RunDueEvent() || TakeTurn())
            {
                continue;
            }

            if (Timeline.Now >= until)
            {
                break;
            }

            var next = Timeline.NextEvent < until ? Timeline.NextEvent : until;
            Timeline.MoveTo(IsRunning && _wake < next ? _wake : next);
        }

        (_ownersTime, _done) = (_reached ?? (Timeline.Now < until ? Timeline.Now : until), null);
    }

    /// <inheritdoc/>
    public override void Stop()
    {
        IsStopping = true;
        IsRunning &= _isInFirmware; // then its wait throws
    }

    /// <inheritdoc/>
    protected override void Begin(Machine machine, DeviceProgram program) =>
        (_machine, _build, _pass, _wake) = (machine, program.Build, null, Timeline.Now);

    /// <inheritdoc/>
    protected override void WaitUntil(TimeSpan until, bool sleeping)
    {
        if (!_isInFirmware)
        {
            throw new InvalidOperationException(
                "Only the program itself, and the handlers of its events, may wait on a virtual device.");
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

            if (Timeline.Now >= until)
            {
                return;
            }

            Timeline.MoveTo(Timeline.NextEvent < until ? Timeline.NextEvent : until);
            while (Timeline.RunDueEvent() && !IsStopping)
            {
                IsReached();
            }
        }
    }

    /// <inheritdoc/>
    protected override void GiveUpStopping() => throw new InvalidOperationException(
        "The firmware's program catches what should end it, and cannot be stopped.");

    /// <summary>Lets the firmware do what is due. False when nothing is.</summary>
    private bool TakeTurn()
    {
        if (!IsRunning || !(_wake <= Timeline.Now || HasHandlers))
        {
            return false;
        }

        _isInFirmware = true;
        try
        {
            using (_machine!.Enter())
            {
                RunHandlers();
                if (_wake <= Timeline.Now && !IsStopping)
                {
                    _pass ??= _build!();
                    int milliseconds = _pass();
                    _wake = Timeline.Now + (milliseconds > 0 ? TimeSpan.FromMilliseconds(milliseconds) : Yield);
                    RunHandlers();
                }
            }
        }
        catch (Exception fault)
        {
            Fault = IsStopping ? Fault : fault;
            IsStopping = true;
        }

        _isInFirmware = false;
        IsRunning &= !IsStopping;
        return true;
    }

    private void RunHandlers()
    {
        while (!IsStopping && RunHandler())
        {
        }
    }

    /// <summary>Notes when the owner would have had its turn, had the firmware a thread of its own.</summary>
    private bool IsReached()
    {
        if (_reached == null && _done?.Invoke() == true)
        {
            _reached = Timeline.Now;
        }

        return _reached != null;
    }
}
