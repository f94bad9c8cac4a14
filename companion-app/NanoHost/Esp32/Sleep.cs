using Backstep.NanoHost;

namespace nanoFramework.Hardware.Esp32;

/// <summary>Sleep modes and what ends them.</summary>
public class Sleep
{
    /// <summary>What ended the sleep.</summary>
    public enum WakeupCause
    {
        Undefined = 0,
        Ext0 = 2,
        Ext1 = 3,
        Timer = 4,
        TouchPad = 5,
        Ulp = 6,
        Gpio = 7,
        Uart = 8,
        Wifi = 9,
        CoCpu = 10,
        CoCpuTrapTrig = 11,
        Bt = 12,
    }

    /// <summary>How several pins combine.</summary>
    public enum WakeupMode
    {
        AllLow = 0,
        AnyHigh = 1,
    }

    /// <summary>Pins as bits.</summary>
    [Flags]
    public enum WakeupGpioPin : ulong
    {
        None = 0,
        Pin0 = 1,
        Pin1 = 2,
        Pin2 = 4,
        Pin3 = 8,
        Pin4 = 16,
        Pin5 = 32,
        Pin6 = 64,
        Pin7 = 128,
        Pin8 = 256,
        Pin9 = 512,
        Pin10 = 1024,
        Pin11 = 2048,
        Pin12 = 4096,
        Pin13 = 8192,
        Pin14 = 16384,
        Pin15 = 32768,
        Pin16 = 65536,
        Pin17 = 131072,
        Pin18 = 262144,
        Pin19 = 524288,
        Pin20 = 1048576,
        Pin21 = 2097152,
        Pin25 = 33554432,
        Pin26 = 67108864,
        Pin27 = 134217728,
        Pin32 = 4294967296,
        Pin33 = 8589934592,
        Pin34 = 17179869184,
        Pin35 = 34359738368,
        Pin36 = 68719476736,
        Pin37 = 137438953472,
        Pin38 = 274877906944,
        Pin39 = 549755813888,
    }

    /// <summary>Wake after a time.</summary>
    public static EspNativeError EnableWakeupByTimer(TimeSpan time)
    {
        if (time <= TimeSpan.Zero)
        {
            return EspNativeError.INVALID_ARG;
        }

        Machine.Current.Power.WakeByTimer(time);
        return EspNativeError.OK;
    }

    /// <summary>Wake when an RTC pin has a level (0 or 1).</summary>
    public static EspNativeError EnableWakeupByPin(WakeupGpioPin pin, int level)
    {
        if (level is not (0 or 1) || !ulong.IsPow2((ulong)pin) || ((ulong)pin & Machine.Current.PinMap.RtcPins) == 0)
        {
            return EspNativeError.INVALID_ARG;
        }

        Machine.Current.Power.WakeByPin(ulong.TrailingZeroCount((ulong)pin) is var number ? (int)number : 0,
            level == 1);
        return EspNativeError.OK;
    }

    /// <summary>Wake by several RTC pins.</summary>
    public static EspNativeError EnableWakeupByMultiPins(WakeupGpioPin pins, WakeupMode mode)
    {
        if (pins == WakeupGpioPin.None || ((ulong)pins & ~Machine.Current.PinMap.RtcPins) != 0)
        {
            return EspNativeError.INVALID_ARG;
        }

        Machine.Current.Power.WakeByPins([.. Enumerable.Range(0, 40).Where(i => ((ulong)pins >> i & 1) == 1)],
            mode == WakeupMode.AnyHigh);
        return EspNativeError.OK;
    }

    /// <summary>Stops the CPU until a wake cause; the program then goes on.</summary>
    public static EspNativeError StartLightSleep()
    {
        Machine.Current.Power.LightSleep();
        return EspNativeError.OK;
    }

    /// <summary>Ends the program; a wake cause starts it anew. On the device the call may return for a moment: let an
    /// endless Thread.Sleep follow it.</summary>
    public static void StartDeepSleep() => Machine.Current.Power.DeepSleep();

    /// <summary>Why the program runs.</summary>
    public static WakeupCause GetWakeupCause() => Machine.Current.Power.WakeCause;

    /// <summary>The pins of an ext1 wake.</summary>
    public static WakeupGpioPin GetWakeupGpioPin() => Machine.Current.Power.WakePins;
}
