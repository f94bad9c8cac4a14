using Backstep.NanoHost;
using Backstep.VirtualSensor.Processing;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Runtime.Native;

namespace Backstep.VirtualSensor.Board;

/// <summary>Deep sleep, its wake causes, and reboot.</summary>
internal sealed class VirtualPower(Timeline timeline, Processor processor, VirtualPins pins) : IPower
{
    /// <summary>How often the wake pins are looked at while the processor sleeps.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(1);

    private TimeSpan? _timer;
    private Func<bool>? _ext0;
    private Func<bool>? _ext1;
    private IReadOnlyList<int> _ext1Pins = [];

    /// <summary>The program ended itself: deep sleep when true, a reboot when false.</summary>
    public Action<bool>? Ended { get; set; }

    public Sleep.WakeupCause WakeCause { get; private set; }

    public Sleep.WakeupGpioPin WakePins { get; private set; }

    public void WakeByTimer(TimeSpan time) => _timer = time;

    public void WakeByPin(int pin, bool high) => _ext0 = () => pins.Level(pin) == high;

    public void WakeByPins(IReadOnlyList<int> wakePins, bool anyHigh)
    {
        _ext1Pins = wakePins;
        _ext1 = () => anyHigh ? wakePins.Any(pins.Level) : !wakePins.Any(pins.Level);
    }

    public void DeepSleep() => throw End(deepSleep: true);

    public void Reboot(RebootOption option) => throw End(deepSleep: false);

    public void LightSleep()
    {
        var until = _timer is { } time ? timeline.Now + time : TimeSpan.MaxValue;
        while (Cause(until) == Sleep.WakeupCause.Undefined)
        {
            processor.Hold(Poll);
        }

        (WakeCause, WakePins) = Found(until);
    }

    /// <summary>Looks for a wake cause from now on, and calls <paramref name="wake"/> once at the first.</summary>
    public void Watch(Action wake)
    {
        var until = _timer is { } time ? timeline.Now + time : TimeSpan.MaxValue;
        void Look()
        {
            if (processor.IsRunning)
            {
                return; // switched on by hand meanwhile
            }

            if (Cause(until) == Sleep.WakeupCause.Undefined)
            {
                timeline.In(Poll, Look);
                return;
            }

            (WakeCause, WakePins) = Found(until);
            Forget();
            wake();
        }

        timeline.In(Poll, Look);
    }

    /// <summary>After a reset or power-up no cause is known and none is set.</summary>
    public void Reset()
    {
        Forget();
        WakeCause = Sleep.WakeupCause.Undefined;
        WakePins = Sleep.WakeupGpioPin.None;
    }

    private Exception End(bool deepSleep)
    {
        var stop = processor.StopFromInside();
        timeline.In(TimeSpan.Zero, () => Ended?.Invoke(deepSleep));
        return stop;
    }

    private void Forget() => (_timer, _ext0, _ext1) = (null, null, null);

    private Sleep.WakeupCause Cause(TimeSpan until) =>
        _ext0?.Invoke() == true ? Sleep.WakeupCause.Ext0
        : _ext1?.Invoke() == true ? Sleep.WakeupCause.Ext1
        : timeline.Now >= until ? Sleep.WakeupCause.Timer
        : Sleep.WakeupCause.Undefined;

    private (Sleep.WakeupCause Cause, Sleep.WakeupGpioPin Pins) Found(TimeSpan until)
    {
        var cause = Cause(until);
        var woken = cause == Sleep.WakeupCause.Ext1
            ? _ext1Pins.Where(pins.Level).Aggregate(0UL, (bits, pin) => bits | (1UL << pin)) : 0;
        return (cause, (Sleep.WakeupGpioPin)woken);
    }
}
