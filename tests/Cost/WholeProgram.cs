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

/// <summary>One call of the program into a library of nanoFramework whose body is not here: its own ops are not
/// counted, only entering it is.</summary>
/// <param name="Name">The method.</param>
/// <param name="CallsPerSecond">How often.</param>
public sealed record LibraryCall(string Name, double CallsPerSecond);

/// <summary>What the whole program costs the device in a second.</summary>
/// <param name="Name">Who walked.</param>
/// <param name="Seconds">How long.</param>
/// <param name="MeanOps">Executed ops, on the average.</param>
/// <param name="WorstOps">In the dearest second.</param>
/// <param name="OwnBytes">What the program itself puts on the device's heap, on the average.</param>
/// <param name="Strides">Strides told.</param>
/// <param name="Notifications">Notifications a second.</param>
/// <param name="Methods">Where it goes, over all seconds.</param>
/// <param name="Library">Calls into libraries, whose ops are not counted.</param>
public sealed record WholeSecond(
    string Name,
    int Seconds,
    double MeanOps,
    long WorstOps,
    double OwnBytes,
    int Strides,
    double Notifications,
    IReadOnlyList<MethodOps> Methods,
    IReadOnlyList<LibraryCall> Library)
{
    /// <summary>What the libraries put there on its behalf, on the average.</summary>
    public double LibraryBytes => Library.Sum(Bytes);

    /// <summary>Both: what the device allocates a second.</summary>
    public double MeanBytes => OwnBytes + LibraryBytes;

    /// <summary>
    /// The part of it that transfers on the I2C bus take, the program's own structs for them included.
    /// </summary>
    public double TransferBytes =>
        Library.Where(call => call.Name.Contains(".I2cDevice.", StringComparison.Ordinal)).Sum(Bytes)
        + ((double)Methods.Where(m => IsOfTheWire(m.Name)).Sum(m => m.Bytes) / Seconds);

    private static double Bytes(LibraryCall call) => call.CallsPerSecond * Cost.LibraryBytes.Of(call.Name);

    private static bool IsOfTheWire(string method) =>
        method.StartsWith("Backstep.Sensor.Imu.MotionChip.", StringComparison.Ordinal)
        || method.StartsWith("Backstep.Sensor.Imu.MpuWire.", StringComparison.Ordinal);
}

/// <summary>
/// The whole program, rewritten to count, on the virtual board: somebody who has calibrated the rails walks, simulated
/// or recorded, and a central with an MTU of 247 has switched on every characteristic that notifies except raw motion
/// and the log. Counted is all IL of Gait, Protocol and Sensor, event handlers and waiting passes included. Not
/// counted are the bodies of nanoFramework's own libraries; the calls into them are, and are listed.
/// </summary>
public static class WholeProgram
{
    /// <summary>
    /// Most ops a second, on the average of a walk. The libraries' own code is not in it: about 7 % more, as measured
    /// on the 32-bit CLR.
    /// </summary>
    public const double BudgetOps = 80_000;

    /// <summary>Most bytes that the device allocates a second, those of the libraries included.</summary>
    public const double BudgetBytes = 5120;

    /// <summary>
    /// Counts it, by code of <see cref="MotionPath.Count"/>. Only the first such code of a process will do: .NET makes
    /// proxies of its interfaces only.
    /// </summary>
    public static WholeSecond Measure(CountedCode code, SecondCase walk)
    {
        using var device = Device(code, walk.Motion, new VirtualDeviceOptions { Volume = walk.Volume });
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
        device.Advance(TimeSpan.FromSeconds(SecondCase.SettlingSeconds) - device.Elapsed);
        code.Reset();
        (strides, notifications) = (0, 0);
        long worst = 0, before = 0;
        for (int i = 0; i < walk.Seconds; i++)
        {
            device.Advance(TimeSpan.FromSeconds(1));
            (worst, before) = (Math.Max(worst, code.Ops - before), code.Ops);
        }

        if (device.Fault is { } fault || !central.IsConnected)
        {
            throw new InvalidOperationException("the counted program stopped, or lost its central", device.Fault);
        }

        return new WholeSecond(
            walk.Name,
            walk.Seconds,
            (double)code.Ops / walk.Seconds,
            worst,
            (double)code.Bytes / walk.Seconds,
            strides,
            (double)notifications / walk.Seconds,
            code.Methods(),
            [
                .. code.Unknown().Select(u => new LibraryCall(u.Name, (double)u.Calls / walk.Seconds))
                    .OrderByDescending(u => u.CallsPerSecond),
            ]);
    }

    /// <summary>A virtual board that runs the rewritten program.</summary>
    public static VirtualDevice Device(CountedCode code, IMotionSource motion, VirtualDeviceOptions options)
    {
        var sensor = code.Assembly(typeof(ShoeSensor).Assembly.GetName().Name!);
        return new VirtualDevice(motion, options, (clock, volume) => Run(sensor, clock, volume));
    }

    /// <summary>The flash of a sensor whose walker has calibrated the rails, at the speed that is walked here: it has
    /// more to do than another.</summary>
    internal static MemoryVolume Calibrated()
    {
        var volume = new MemoryVolume();
        new RailStore(volume).Save(
            new RailBaselines(Direction.Backward, 700, 50, new RailBaseline(36, 150, 200, 80, 60),
                new RailBaseline(36, 450, 550, 200, 160)));
        return volume;
    }

    /// <summary>Switches on what notifies, but for the two that are only sent on request.</summary>
    public static VirtualCentral Connect(VirtualDevice device, Action<Guid> heard)
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

    /// <summary>Runs the rewritten program itself. It ends by what the clock's sleep throws.</summary>
    private static void Run(Assembly sensor, IClock clock, IVolume volume)
    {
        var clockThere = DispatchProxy.Create(sensor.GetType(typeof(IClock).FullName!, true)!, typeof(Forward));
        ((Forward)clockThere).Target = clock;
        ((Forward)clockThere).Counted = Activator.CreateInstance(sensor.GetType(typeof(DeviceClock).FullName!, true)!);
        var volumeThere = DispatchProxy.Create(sensor.GetType(typeof(IVolume).FullName!, true)!, typeof(Forward));
        ((Forward)volumeThere).Target = volume;
        sensor.GetType(typeof(Program).FullName!, true)!.GetMethod(nameof(Program.Run))!
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [clockThere, volumeThere], null);
    }

    /// <summary>
    /// Implements an interface of the rewritten assembly by an object of the program's own. Reading the clock goes to
    /// the device's own clock as rewritten, so that its ops count. Public for <see cref="DispatchProxy"/>.
    /// </summary>
    public class Forward : DispatchProxy
    {
        internal object Target { get; set; } = null!;

        internal object? Counted { get; set; }

        /// <inheritdoc/>
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            var self = Counted is not null
                && targetMethod!.Name == "get_" + nameof(IClock.NowMilliseconds) ? Counted : Target;
            var types = targetMethod!.GetParameters().Select(p => p.ParameterType).ToArray();
            var method = self.GetType().GetInterfaces().Single(i => i.FullName == targetMethod.DeclaringType!.FullName)
                .GetMethod(targetMethod.Name, types)!;
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
