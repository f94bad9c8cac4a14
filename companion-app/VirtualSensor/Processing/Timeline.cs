namespace Backstep.VirtualSensor.Processing;

/// <summary>Virtual time and what is due in it. Events of one instant run in the order in which they were planned, so
/// that two runs are alike to the byte.</summary>
internal sealed class Timeline
{
    private readonly PriorityQueue<Action, (long Ticks, long Order)> _events = new();
    private long _order;

    /// <summary>Time since the power was first switched on.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>Nobody may move time beyond this.</summary>
    public TimeSpan Horizon { get; set; }

    /// <summary>When the next event is due.</summary>
    public TimeSpan NextEvent =>
        _events.TryPeek(out _, out var due) ? TimeSpan.FromTicks(due.Ticks) : TimeSpan.MaxValue;

    /// <summary>Plans an event; one in the past is due now.</summary>
    public void At(TimeSpan when, Action action) =>
        _events.Enqueue(action, (Math.Max(when.Ticks, Now.Ticks), _order++));

    /// <summary>Plans an event from now.</summary>
    public void In(TimeSpan delay, Action action) => At(Now + delay, action);

    /// <summary>Moves time. Never backwards.</summary>
    public void MoveTo(TimeSpan time)
    {
        if (time > Now)
        {
            Now = time;
        }
    }

    /// <summary>Moves time when nothing else is due until then.</summary>
    public bool TryMoveTo(TimeSpan time)
    {
        if (time > Horizon || time >= NextEvent)
        {
            return false;
        }

        MoveTo(time);
        return true;
    }

    /// <summary>Runs one event that is due now. False when none is.</summary>
    public bool RunDueEvent()
    {
        if (NextEvent > Now)
        {
            return false;
        }

        _events.Dequeue()();
        return true;
    }
}
