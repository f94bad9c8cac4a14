using System.Buffers.Binary;
using System.Reflection;
using Backstep.Gait;
using Backstep.Sensor.Imu;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Cost;

/// <summary>One sample in; true when a stride came out of it.</summary>
public delegate bool FeedSample(in RawMotion sample);

/// <summary>
/// What the firmware does with every sample: <see cref="MotionFeed.Feed"/> unpacks the FIFO's bytes and hands them to the gait engine, which takes a
/// stride when it is told of one. Here two samples are a burst, what the device finds after each of its 20 ms: the first costs nothing then and the second pays
/// for both, so the worst "sample" is the worst pair.
/// </summary>
public static class MotionPath
{
    /// <summary>The assemblies of the program, each after what it refers to.</summary>
    public static IReadOnlyList<Assembly> Assemblies { get; } = [typeof(GaitEngine).Assembly, typeof(Protocol.Message).Assembly, typeof(MotionFeed).Assembly];

    /// <summary>The same assemblies, counting.</summary>
    public static CountedCode Count(DeviceCalls calls) => CountedCode.Load(calls, [.. Assemblies.Select(a => a.Location)]);

    /// <summary>The firmware as it is.</summary>
    public static FeedSample Plain(Mount mount)
    {
        var listener = new Listener();
        var feed = new MotionFeed(listener);
        feed.Use(mount, FootSide.Right, GaitEngine.DefaultToeLandingHalfDegrees, GaitEngine.DefaultHeelLandingHalfDegrees);
        return Bytes(feed.Feed, () => listener.Strides);
    }

    /// <summary>The firmware as rewritten to count.</summary>
    /// <param name="code">That code.</param>
    /// <param name="mount">How the chip sits.</param>
    /// <param name="railBaselines">Whether the walker has calibrated the rails, so that every stride is compared.</param>
    public static FeedSample Counted(CountedCode code, Mount mount, bool railBaselines = false)
    {
        var gait = code.Assembly(typeof(GaitEngine).Assembly.GetName().Name!);
        var sensor = code.Assembly(typeof(MotionFeed).Assembly.GetName().Name!);
        object mountThere = Activator.CreateInstance(
            gait.GetType(typeof(Mount).FullName!, true)!, mount.XX, mount.XY, mount.XZ, mount.YX, mount.YY, mount.YZ, mount.ZX, mount.ZY, mount.ZZ)!;
        object sideThere = Enum.ToObject(gait.GetType(typeof(FootSide).FullName!, true)!, (byte)FootSide.Right);
        object listener = DispatchProxy.Create(sensor.GetType(typeof(IStrideListener).FullName!, true)!, typeof(ListenerThere));
        object feed = Activator.CreateInstance(sensor.GetType(typeof(MotionFeed).FullName!, true)!, listener)!;
        feed.GetType().GetMethod(nameof(MotionFeed.Use))!.Invoke(
            feed, [mountThere, sideThere, GaitEngine.DefaultToeLandingHalfDegrees, GaitEngine.DefaultHeelLandingHalfDegrees]);
        if (railBaselines)
        {
            object Baseline(int percent) => Activator.CreateInstance(gait.GetType(typeof(RailBaseline).FullName!, true)!, 36, percent, percent, percent, percent)!;
            object backward = Enum.ToObject(gait.GetType(typeof(Direction).FullName!, true)!, (byte)Direction.Backward);
            object baselines = Activator.CreateInstance(gait.GetType(typeof(RailBaselines).FullName!, true)!, backward, 700, 50, Baseline(300), Baseline(600))!;
            object rails = feed.GetType().GetProperty(nameof(MotionFeed.Rails))!.GetValue(feed)!;
            object estimator = rails.GetType().GetProperty(nameof(RailWatch.Estimator))!.GetValue(rails)!;
            estimator.GetType().GetMethod(nameof(RailEstimator.Use))!.Invoke(estimator, [baselines]);
        }

        var method = feed.GetType().GetMethod(nameof(MotionFeed.Feed), [typeof(byte[]), typeof(int)])!;
        return Bytes(method.CreateDelegate<Action<byte[], int>>(feed), () => ((ListenerThere)listener).Strides);
    }

    private static FeedSample Bytes(Action<byte[], int> feed, Func<int> strides)
    {
        byte[] bytes = new byte[2 * MotionChip.SampleBytes];
        int held = 0;
        return (in RawMotion sample) =>
        {
            var at = bytes.AsSpan(held * MotionChip.SampleBytes);
            BinaryPrimitives.WriteInt16BigEndian(at, sample.Ax);
            BinaryPrimitives.WriteInt16BigEndian(at[2..], sample.Ay);
            BinaryPrimitives.WriteInt16BigEndian(at[4..], sample.Az);
            BinaryPrimitives.WriteInt16BigEndian(at[6..], sample.Gx);
            BinaryPrimitives.WriteInt16BigEndian(at[8..], sample.Gy);
            BinaryPrimitives.WriteInt16BigEndian(at[10..], sample.Gz);
            held = 1 - held;
            if (held == 1)
            {
                return false;
            }

            int before = strides();
            feed(bytes, 2);
            return strides() != before;
        };
    }

    private sealed class Listener : IStrideListener
    {
        internal int Strides { get; private set; }

        public void OnStride(Stride stride) => Strides++;
    }

    /// <summary>Implements the rewritten assembly's own <see cref="IStrideListener"/>, which no type here can name. Public for <see cref="DispatchProxy"/>.</summary>
    public class ListenerThere : DispatchProxy
    {
        internal int Strides { get; private set; }

        /// <inheritdoc/>
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Strides++;
            return null;
        }
    }
}
