using Backstep.Gait;
using Backstep.Protocol.Tests.Support;
using CsCheck;

namespace Backstep.Protocol.Tests.Properties;

/// <summary>What is in range comes back as it was; what is not comes back in range.</summary>
public sealed class RoundTripProperties
{
    // Any int at all, with the interesting ones often.
    private static readonly Gen<int> Wild = Gen.OneOf(
        Gen.Int, Gen.Int[-300, 300],
        Sampling.Pick(Message.Missing, int.MinValue + 1, int.MaxValue, -1, 0, 254, 255, 256, 65534, 65535, 65536,
            0x7FFE, 0x7FFF, 0xFFFFFE, 0xFFFFFF));

    [Fact]
    public void Strides() => ComesBack("Stride", StrideOf(
        U32, Sampling.Pick(Enum.GetValues<Direction>()), Sampling.Pick(Enum.GetValues<Landing>()),
        Sampling.Pick(Enum.GetValues<Posture>()),
        Gen.Int[0, 100], OrMissing(-126, 126), OrMissing(1, 65534), Gen.Int[1, 65534], OrMissing(0, 65534),
        OrMissing(0, 254), Gen.Int[0, 254].Select(n => n * 10))
        .Where(s => s.StrideMilliseconds == Stride.Missing || s.StrideMilliseconds >= s.SwingMilliseconds));

    [Fact]
    public void Wild_strides() => IsTamed("Stride", StrideOf(
        U32, Gen.Byte.Select(b => (Direction)b), Gen.Byte.Select(b => (Landing)b), Gen.Byte.Select(b => (Posture)b),
        Wild, Wild, Wild, Wild, Wild, Wild, Wild));

    [Fact]
    public void Sessions() => ComesBack("Session", SessionOf(
        Sampling.Pick(Enum.GetValues<SessionState>()), Gen.Int[0, 65535], OrMissing(0, 100), OrMissing(0, 254),
        OrMissing(0, 0xFFFFFE), OrMissing(-127, 127)).Where(s => s.ActiveSeconds <= s.ElapsedSeconds));

    [Fact]
    public void Wild_sessions() =>
        IsTamed("Session", SessionOf(Gen.Byte.Select(b => (SessionState)b), Wild, Wild, Wild, Wild, Wild));

    [Fact]
    public void Wild_session_totals() =>
        IsTamed("LogSessionTotals", SessionOf(Gen.Byte.Select(b => (SessionState)b), Wild, Wild, Wild, Wild, Wild));

    [Fact]
    public void Rsc_measurements() => ComesBack("RscMeasurement", Gen.Select(
        Gen.Int[0, 65535], Gen.Int[0, 255], OrMissing(0, 65535),
        Gen.OneOf(U32.Select(n => (long)n), Gen.Const((long)Message.Missing)), Gen.Bool,
        (speed, cadence, length, distance, running) => new RscMeasurement(speed, cadence, length, distance, running)));

    [Fact]
    public void Wild_rsc_measurements() => IsTamed("RscMeasurement", Gen.Select(
        Wild, Wild, Wild, Gen.OneOf(Gen.Long, Wild.Select(n => (long)n)), Gen.Bool,
        (speed, cadence, length, distance, running) => new RscMeasurement(speed, cadence, length, distance, running)));

    [Fact]
    public void Treadmill_records() => ComesBack("TreadmillData", Gen.Select(
        OrMissing(0, 65535), OrMissing(0, 65535), OrMissing(0, 0xFFFFFF), OrMissing(-32768, 32766),
        OrMissing(-32768, 32766), OrMissing(0, 65535),
        (speed, average, distance, inclination, ramp, elapsed) => new TreadmillData(speed, average, distance,
            inclination, ramp, elapsed)));

    [Fact]
    public void Wild_treadmill_records() => IsTamed("TreadmillData", Gen.Select(
        Wild, Wild, Wild, Wild, Wild, Wild,
        (speed, average, distance, inclination, ramp, elapsed) => new TreadmillData(speed, average, distance,
            inclination, ramp, elapsed)));

    [Fact]
    public void Log_ranges() => ComesBack("LogBegin", Gen.Select(
        U32, Wild, U32, U32, (flash, run, first, last) => new LogBegin(new LogRange(flash, run, first, last))));

    [Fact]
    public void Log_ends() =>
        ComesBack("LogEnd",
            Gen.Select(Sampling.Pick(Enum.GetValues<ControlResult>()), U32,
                (result, next) => new LogEnd(result, next)));

    [Fact]
    public void Log_session_starts() => ComesBack("LogSessionStart", Gen.Select(
        Wild, U32, U32, U32, Wild, Wild, (id, start, first, last, run, incline) =>
            new LogSessionStart(id, start, first, last, run, incline)));

    [Fact]
    public void Control_commands() => ComesBack("ControlCommand", Gen.OneOf(
        Sampling.Pick(ControlOperation.Start, ControlOperation.Pause, ControlOperation.Stop, ControlOperation.Reset,
            ControlOperation.Forget).Select(ControlCommand.Of),
        U32.Select(ControlCommand.SetClock),
        U32.Select(ControlCommand.ReplayLog),
        Gen.UInt[0, ControlCommand.LargestPasskey].Select(ControlCommand.SetPasskey),
        Gen.Const(ControlCommand.ClearPasskey()),
        Gen.Byte.Select(b => ControlCommand.SetPlacement((Placement)b)),
        Gen.Byte.Select(b => ControlCommand.CalibrateMount((MountStep)b)),
        Gen.Byte.Select(b => ControlCommand.CalibrateRails((RailStep)b)),
        Gen.Bool.Select(ControlCommand.RawStream)));

    [Fact]
    public void Control_replies() => ComesBack("ControlReply", Gen.OneOf(
        Gen.Select(Gen.Byte, Sampling.Pick(Enum.GetValues<ControlResult>()),
            (operation, result) => new ControlReply(operation, result)),
        Wild.Select(ControlReply.Started),
        U32.Select(ControlReply.ClockSet),
        Gen.Select(Gen.Byte[0, 12], Gen.Bool, Wild,
            (operation, done, percent) => ControlReply.Calibration((ControlOperation)operation, done, percent)),
        Gen.Select(Gen.Bool, U32, Wild, U32, U32,
            (held, flash, run, first, last) => ControlReply.Replay(held, new LogRange(flash, run, first, last)))));

    [Fact]
    public void Sc_requests() => ComesBack("ScRequest", Gen.OneOf(
        U32.Select(ScRequest.SetCumulativeValue), Gen.Byte.Select(b => ScRequest.UpdateLocation((SensorLocation)b)),
        Gen.Const(ScRequest.RequestLocations()), Gen.Const(ScRequest.StartCalibration())));

    [Fact]
    public void Sc_responses() => ComesBack("ScResponse", Gen.OneOf(
        Gen.Select(Gen.Byte.Where(b => b != (byte)ScOperation.RequestLocations),
            Sampling.Pick(Enum.GetValues<ScResult>()), (operation, result) => new ScResponse(operation, result)),
        Gen.Byte.Array[0, 30].Select(bytes => ScResponse.WithLocations([.. bytes.Select(b => (SensorLocation)b)]))));

    [Fact]
    public void Fitness_machines()
    {
        ComesBack("FitnessMachineFeature",
            Gen.Select(U32, U32, (features, targets) => new FitnessMachineFeature(features, targets)));
        ComesBack("FitnessMachineServiceData",
            Gen.Select(Gen.Bool, Wild, (available, types) => new FitnessMachineServiceData(available, types)));
    }

    [Fact]
    public void Training_statuses() => ComesBack("TrainingStatus", Gen.Select(
        Sampling.Pick(Enum.GetValues<TrainingState>()), Gen.OneOf(Names, Gen.Const((string)null!)),
        (state, text) => new TrainingStatus(state, text)));

    [Fact]
    public void Configurations_with_any_rotation()
    {
        var codec = Codecs.Named("Configuration");
        var gen = Gen.Select(
            Sampling.Pick(Enum.GetValues<Placement>()), Sampling.Pick(Enum.GetValues<CadenceConvention>()),
            Gen.Int[-126, 0], Gen.Int[0, 126], Rotations, Names,
            (placement, cadence, toe, heel, mount, name) => new Configuration(placement, cadence, toe, heel, mount,
                name));
        Sampling.ForAll(gen, Sampling.RoundTrips, sent =>
        {
            Assert.Equal(ConfigurationField.None, sent.Check());
            var got = (Configuration)codec.TryDecode(codec.Encode(sent), out _)!;
            Assert.NotNull(got);
            Assert.Equal(
                (sent.Placement, sent.Cadence, sent.ToeLandingHalfDegrees, sent.HeelLandingHalfDegrees, sent.Name),
                (got.Placement, got.Cadence, got.ToeLandingHalfDegrees, got.HeelLandingHalfDegrees, got.Name));

            // Q14: half a step of 1/16384.
            Assert.All(Elements(sent.Mount).Zip(Elements(got.Mount)),
                pair => Assert.Equal(pair.First, pair.Second, 0.5f / 16384 + 1e-6f));
        });
        ComesBack("Configuration", gen.Select(c => (Configuration)codec.TryDecode(codec.Encode(c), out _)!));
    }

    private static Gen<uint> U32 => Gen.OneOf(Gen.UInt, Sampling.Pick(0u, 1u, uint.MaxValue));

    // Names of up to 20 bytes, of letters of one to four bytes.
    private static Gen<string> Names =>
        Sampling.Pick("a", "Z", " ", "\u00e4", "\u20ac", "\ud83d\udc5f").Array[0, 5].Select(string.Concat);

    private static Gen<Mount> Rotations =>
        Gen.Select(Gen.Double[-1, 1], Gen.Double[-1, 1], Gen.Double[-1, 1], Gen.Double[-1, 1])
        .Where((w, x, y, z) => (w * w) + (x * x) + (y * y) + (z * z) > 0.01)
        .Select((w, x, y, z) =>
        {
            var m =
                System.Numerics.Matrix4x4.CreateFromQuaternion(
                    System.Numerics.Quaternion.Normalize(new((float)x, (float)y, (float)z, (float)w)));
            return new Mount(m.M11, m.M12, m.M13, m.M21, m.M22, m.M23, m.M31, m.M32, m.M33);
        });

    private static float[] Elements(Mount m) => [m.XX, m.XY, m.XZ, m.YX, m.YY, m.YZ, m.ZX, m.ZY, m.ZZ];

    private static Gen<int> OrMissing(int lowest, int highest) =>
        Gen.Frequency((8, Gen.Int[lowest, highest]), (1, Sampling.Pick(lowest, highest)),
            (1, Gen.Const(Message.Missing)));

    private static Gen<Stride> StrideOf(
        Gen<uint> number, Gen<Direction> direction, Gen<Landing> landing, Gen<Posture> posture, Gen<int> confidence,
        Gen<int> angle,
        Gen<int> time, Gen<int> swing, Gen<int> length, Gen<int> impact, Gen<int> decision) =>
        Gen.Select(
            Gen.Select(number, number, direction, landing, posture),
            Gen.Select(confidence, angle, angle, time, swing),
            Gen.Select(length, impact, decision),
            (a, b, c) => new Stride(a.Item1, a.Item2, a.Item3, a.Item4, a.Item5, b.Item1, b.Item2, b.Item3, b.Item4,
                b.Item5, c.Item1, c.Item2, c.Item3));

    private static Gen<Session> SessionOf(Gen<SessionState> state, Gen<int> count, Gen<int> share, Gen<int> cadence,
        Gen<int> distance, Gen<int> incline) =>
        Gen.Select(
            Gen.Select(state, Gen.Bool, count, count, count),
            Gen.Select(count, count, count, share, share),
            Gen.Select(cadence, cadence, distance, Gen.Bool, incline),
            (a, b, c) => new Session(a.Item1, a.Item2, a.Item3, a.Item4, a.Item5, b.Item1, b.Item2, b.Item3, b.Item4,
                b.Item5, c.Item1, c.Item2, c.Item3, c.Item4, c.Item5));

    private static void ComesBack<T>(string name, Gen<T> messages)
        where T : class
    {
        var codec = Codecs.Named(name);
        Sampling.ForAll(messages, Sampling.RoundTrips, message =>
        {
            var decoded = codec.TryDecode(codec.Encode(message), out var error);
            Assert.Equal(DecodeError.None, error);
            Assert.Equal(Facts.Of(message), Facts.Of(decoded!));
        });
    }

    private static void IsTamed<T>(string name, Gen<T> messages)
        where T : class
    {
        var codec = Codecs.Named(name);
        Sampling.ForAll(messages, Sampling.RoundTrips, message =>
        {
            var bytes = codec.Encode(message);
            var decoded = codec.TryDecode(bytes, out var error);
            Assert.True(error == DecodeError.None, $"{error}: {Hex.Text(bytes)}");
            Assert.Equal(bytes, codec.Encode(decoded!));
        });
    }
}
