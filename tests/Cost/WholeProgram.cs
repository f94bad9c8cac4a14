using System.Reflection;
using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Sensor;
using Backstep.Sensor.Board;
using Backstep.Sensor.Owner;
using Backstep.Sensor.Storage;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Board;
using Backstep.VirtualSensor.Radio;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Cost;

/// <summary>One call of the program into a library of nanoFramework whose body is not here: its own ops are not counted, only entering it is.</summary>
/// <param name="Name">The method.</param>
/// <param name="CallsPerSecond">How often.</param>
public sealed record LibraryCall(string Name, double CallsPerSecond);

/// <summary>What the whole program costs the device in a second.</summary>
/// <param name="MeanOps">Executed ops, on the average.</param>
/// <param name="WorstOps">In the dearest second.</param>
/// <param name="MeanBytes">What the program puts on the device's heap, on the average.</param>
/// <param name="TransferBytes">Of these, the structs around I2C transfers.</param>
/// <param name="Strides">Strides told.</param>
/// <param name="Notifications">Notifications a second.</param>
/// <param name="Methods">Where it goes, over all seconds.</param>
/// <param name="Library">What is not in it.</param>
public sealed record WholeSecond(
    double MeanOps,
    long WorstOps,
    double MeanBytes,
    double TransferBytes,
    int Strides,
    double Notifications,
    IReadOnlyList<MethodOps> Methods,
    IReadOnlyList<LibraryCall> Library);

/// <summary>
/// The whole program, rewritten to count, on the virtual board: somebody who has calibrated the rails walks backward, and a central with an MTU of 247 has switched on every
/// characteristic that notifies except raw motion and the log. Counted is all IL of Gait, Protocol and Sensor, event handlers and waiting passes included. Not
/// counted are the bodies of nanoFramework's own libraries; the calls into them are, and are listed.
/// </summary>
public static class WholeProgram
{
    /// <summary>Most ops a second.</summary>
    public const double BudgetOps = 80_000;

    /// <summary>Most bytes that the program allocates a second; the inside of libraries (a notification makes its objects there) is not counted.</summary>
    public const double BudgetBytes = 2048;

    /// <summary>Seconds that are measured.</summary>
    public const int Seconds = 60;

    private const int SettlingSeconds = 15;
    private const int PassMilliseconds = 20;

    /// <summary>Counts it, by code of <see cref="MotionPath.Count"/>. Only the first such code of a process will do: .NET makes proxies of its interfaces only.</summary>
    public static WholeSecond Measure(CountedCode code)
    {
        var sensor = code.Assembly(typeof(ShoeSensor).Assembly.GetName().Name!);
        var walker = new Walker(
            [new Stand(3), new Walk(WalkParameters.Backward(0.7), SettlingSeconds + Seconds + 5)], new WalkerSettings { Seed = 1, HeadingDegrees = 180 });
        using var device = new VirtualDevice(walker, new VirtualDeviceOptions { Volume = Calibrated() }, (clock, volume) => Run(sensor, clock, volume));
        device.Advance(TimeSpan.FromSeconds(1));
        if (device.Fault is { } atStart)
        {
            throw new InvalidOperationException("the counted program did not start: " + atStart, atStart);
        }

        int strides = 0, notifications = 0;
        var central = Connect(device, characteristic =>
        {
            notifications++;
            strides += characteristic == Uuids.Stride ? 1 : 0;
        });
        device.Advance(TimeSpan.FromSeconds(SettlingSeconds));
        code.Reset();
        (strides, notifications) = (0, 0);
        long worst = 0, before = 0;
        for (int i = 0; i < Seconds; i++)
        {
            device.Advance(TimeSpan.FromSeconds(1));
            (worst, before) = (Math.Max(worst, code.Ops - before), code.Ops);
        }

        if (device.Fault is { } fault || !central.IsConnected)
        {
            throw new InvalidOperationException("the counted program stopped, or lost its central", device.Fault);
        }

        var methods = code.Methods();
        long transfers = methods.Where(m => m.Name.StartsWith("Backstep.Sensor.Imu.MotionChip.", StringComparison.Ordinal)).Sum(m => m.Bytes);
        return new WholeSecond(
            (double)code.Ops / Seconds,
            worst,
            (double)code.Bytes / Seconds,
            (double)transfers / Seconds,
            strides,
            (double)notifications / Seconds,
            methods,
            [.. code.Unknown().Select(u => new LibraryCall(u.Name, (double)u.Calls / Seconds)).OrderByDescending(u => u.CallsPerSecond)]);
    }

    /// <summary>The flash of a sensor whose walker has calibrated the rails, at the speed that is walked here: it has more to do than another.</summary>
    internal static MemoryVolume Calibrated()
    {
        var volume = new MemoryVolume();
        new RailStore(volume).Save(new RailBaselines(Direction.Backward, 700, 50, new RailBaseline(36, 150, 200, 80, 60), new RailBaseline(36, 450, 550, 200, 160)));
        return volume;
    }

    /// <summary>Switches on what notifies, but for the two that are only sent on request.</summary>
    internal static VirtualCentral Connect(VirtualDevice device, Action<Guid> heard)
    {
        const uint Notify = 0x10;
        var central = device.Radio.Connect();
        device.Advance(TimeSpan.FromSeconds(0.1));
        central.ExchangeMtu(247);
        central.Encrypt(authenticated: true, Passkey.Factory);
        foreach (var (service, characteristic, properties) in central.Characteristics)
        {
            if ((properties & Notify) != 0 && characteristic != Uuids.RawMotion && characteristic != Uuids.Log)
            {
                central.Subscribe(service, characteristic, _ => heard(characteristic));
            }
        }

        return central;
    }

    // What Program.Run does, on the rewritten types. Its own loop is two calls a pass: in the figures it does not show.
    private static void Run(Assembly sensor, IClock clock, IVolume volume)
    {
        var clockThere = DispatchProxy.Create(sensor.GetType(typeof(IClock).FullName!, true)!, typeof(Forward));
        ((Forward)clockThere).Target = clock;
        ((Forward)clockThere).Counted = Activator.CreateInstance(sensor.GetType(typeof(DeviceClock).FullName!, true)!);
        var volumeThere = DispatchProxy.Create(sensor.GetType(typeof(IVolume).FullName!, true)!, typeof(Forward));
        ((Forward)volumeThere).Target = volume;
        object shoe = Activator.CreateInstance(sensor.GetType(typeof(ShoeSensor).FullName!, true)!, clockThere, volumeThere)!;
        var pass = shoe.GetType().GetMethod(nameof(ShoeSensor.Pass))!.CreateDelegate<Action>(shoe);
        while (true)
        {
            pass();
            clock.Sleep(PassMilliseconds);
        }
    }

    /// <summary>
    /// Implements an interface of the rewritten assembly by an object of the program's own. Reading the clock goes to the device's own clock as rewritten,
    /// so that its ops count. Public for <see cref="DispatchProxy"/>.
    /// </summary>
    public class Forward : DispatchProxy
    {
        internal object Target { get; set; } = null!;

        internal object? Counted { get; set; }

        /// <inheritdoc/>
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            var self = Counted is not null && targetMethod!.Name == "get_" + nameof(IClock.NowMilliseconds) ? Counted : Target;
            var types = targetMethod!.GetParameters().Select(p => p.ParameterType).ToArray();
            var method = self.GetType().GetInterfaces().Single(i => i.FullName == targetMethod.DeclaringType!.FullName).GetMethod(targetMethod.Name, types)!;
            try
            {
                return method.Invoke(self, args);
            }
            catch (TargetInvocationException inner)
            {
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(inner.InnerException!);
                throw;
            }
        }
    }
}
