using System.Buffers.Binary;
using System.Reflection;
using Backstep.Gait;
using Backstep.Sensor.Imu;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Cost;

/// <summary>One sample in; true when a stride came out of it.</summary>
public delegate bool FeedSample(in MotionCounts sample);

/// <summary>
/// What the firmware does with every sample: <see cref="MotionFeed.Feed"/> unpacks the FIFO's bytes and hands them to
/// the gait engine, which takes a stride when it is told of one. Two samples are a burst, if not told otherwise, the
/// fewest that are worked on together: the first costs nothing then and the second pays for both, so the worst "sample"
/// is the worst pair. The device finds ten or twenty at a time, or one more or less.
/// </summary>
public static class MotionPath
{
    private const int PairSamples = 2;

    /// <summary>The assemblies of the program, each after what it refers to.</summary>
    public static IReadOnlyList<Assembly> Assemblies { get; } = [typeof(GaitEngine).Assembly,
        typeof(Protocol.Message).Assembly, typeof(MotionFeed).Assembly];

    /// <summary>The same assemblies, counting.</summary>
    public static CountedCode Count(DeviceCalls calls) =>
        CountedCode.Load(calls, [.. Assemblies.Select(a => a.Location)]);

    /// <summary>The firmware as it is.</summary>
    /// <param name="mount">How the chip sits.</param>
    /// <param name="rails">The walker's rail baselines, so that every stride is compared with them; null for a walker
    /// who has calibrated none.</param>
    /// <param name="burst">How many samples come at a time.</param>
    /// <param name="heard">Is told of every stride.</param>
    public static FeedSample Plain(Mount mount, RailBaselines? rails = null, int burst = PairSamples,
        Action<Stride>? heard = null)
    {
        var listener = new Listener(heard);
        var feed = new MotionFeed(listener);
        feed.Use(mount, FootSide.Right, GaitEngine.DefaultToeLandingHalfDegrees,
            GaitEngine.DefaultHeelLandingHalfDegrees);
        feed.Rails.Estimator.Use(rails);
        return Bytes(feed.Feed, () => listener.Strides, burst);
    }

    /// <summary>The firmware as rewritten to count.</summary>
    /// <param name="code">That code.</param>
    /// <param name="mount">How the chip sits.</param>
    /// <param name="rails">The walker's rail baselines, so that every stride is compared with them; null for a walker
    /// who has calibrated none.</param>
    /// <param name="burst">How many samples come at a time.</param>
    public static FeedSample Counted(CountedCode code, Mount mount, RailBaselines? rails = null,
        int burst = PairSamples)
    {
        var gait = code.Assembly(typeof(GaitEngine).Assembly.GetName().Name!);
        var sensor = code.Assembly(typeof(MotionFeed).Assembly.GetName().Name!);
        object mountThere = Activator.CreateInstance(
            gait.GetType(typeof(Mount).FullName!, true)!, mount.XX, mount.XY, mount.XZ, mount.YX, mount.YY, mount.YZ,
            mount.ZX, mount.ZY, mount.ZZ)!;
        object sideThere = Enum.ToObject(gait.GetType(typeof(FootSide).FullName!, true)!, (byte)FootSide.Right);
        object listener = DispatchProxy.Create(sensor.GetType(typeof(IStrideListener).FullName!, true)!,
            typeof(ListenerThere));
        object feed = Activator.CreateInstance(sensor.GetType(typeof(MotionFeed).FullName!, true)!, listener)!;
        feed.GetType().GetMethod(nameof(MotionFeed.Use))!.Invoke(
            feed,
            [mountThere, sideThere, GaitEngine.DefaultToeLandingHalfDegrees, GaitEngine.DefaultHeelLandingHalfDegrees]);
        if (rails is not null)
        {
            object watch = feed.GetType().GetProperty(nameof(MotionFeed.Rails))!.GetValue(feed)!;
            object estimator = watch.GetType().GetProperty(nameof(RailWatch.Estimator))!.GetValue(watch)!;
            estimator.GetType().GetMethod(nameof(RailEstimator.Use))!.Invoke(estimator, [There(gait, rails)]);
        }

        var method = feed.GetType().GetMethod(nameof(MotionFeed.Feed), [typeof(byte[]), typeof(int)])!;
        return Bytes(method.CreateDelegate<Action<byte[], int>>(feed), () => ((ListenerThere)listener).Strides, burst);
    }

    private static object There(Assembly gait, RailBaselines rails)
    {
        object Baseline(RailBaseline b) => Activator.CreateInstance(
            gait.GetType(typeof(RailBaseline).FullName!, true)!,
            b.Strides, b.StrideTimeHundredthsPercent, b.StanceTimeHundredthsPercent, b.FootStrikeHundredthsDegree,
            b.TiltHundredthsDegree)!;
        object direction = Enum.ToObject(gait.GetType(typeof(Direction).FullName!, true)!, (byte)rails.Direction);
        return Activator.CreateInstance(
            gait.GetType(typeof(RailBaselines).FullName!, true)!, direction, rails.BeltMillimetersPerSecond,
            rails.InclineTenthsPercent, Baseline(rails.Held), Baseline(rails.Free))!;
    }

    private static FeedSample Bytes(Action<byte[], int> feed, Func<int> strides, int burst)
    {
        byte[] bytes = new byte[burst * MotionChip.SampleBytes];
        int held = 0;
        return (in MotionCounts sample) =>
        {
            var at = bytes.AsSpan(held * MotionChip.SampleBytes);
            BinaryPrimitives.WriteInt16BigEndian(at, sample.Ax);
            BinaryPrimitives.WriteInt16BigEndian(at[2..], sample.Ay);
            BinaryPrimitives.WriteInt16BigEndian(at[4..], sample.Az);
            BinaryPrimitives.WriteInt16BigEndian(at[6..], sample.Gx);
            BinaryPrimitives.WriteInt16BigEndian(at[8..], sample.Gy);
            BinaryPrimitives.WriteInt16BigEndian(at[10..], sample.Gz);
            held++;
            if (held < burst)
            {
                return false;
            }

            int before = strides();
            feed(bytes, burst);
            held = 0;
            return strides() != before;
        };
    }

    private sealed class Listener(Action<Stride>? heard) : IStrideListener
    {
        internal int Strides { get; private set; }

        public void OnStride(Stride stride)
        {
            Strides++;
            heard?.Invoke(stride);
        }
    }

    /// <summary>Implements the rewritten assembly's own <see cref="IStrideListener"/>, which no type here can name.
    /// Public for <see cref="DispatchProxy"/>.</summary>
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
