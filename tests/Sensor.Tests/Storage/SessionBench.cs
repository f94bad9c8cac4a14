using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Sensor.Imu;
using Backstep.Sensor.Session;
using Backstep.Sensor.Storage;
using Backstep.VirtualSensor.Board;

namespace Backstep.Sensor.Tests.Storage;

/// <summary>The storage of sessions alone, fed with strides: what the firmware's loop does with it, without a chip and
/// a radio.</summary>
internal sealed class SessionBench
{
    private const int PassMilliseconds = 20;

    private readonly TimeOfDay _timeOfDay;
    private uint _sequence;

    public SessionBench(IVolume volume, int run = 1)
    {
        Log = new WalkLog(volume);
        Journal = new SessionJournal(Log, run);
        Session = new SessionTracker(Journal, Journal.LastId);
        _timeOfDay = new TimeOfDay(new MotionFeed(new Nobody()));
    }

    public WalkLog Log { get; }

    public SessionJournal Journal { get; }

    public SessionTracker Session { get; }

    public uint NowMilliseconds { get; private set; }

    /// <summary>Strides counted into a session so far, with the time when they were.</summary>
    public List<(uint Sequence, uint Milliseconds)> Counted { get; } = [];

    public void SetClock(uint unixSeconds) => _timeOfDay.Set(unixSeconds);

    public void Walk(int strides, int strideMilliseconds = 1200)
    {
        for (var i = 0; i < strides; i++)
        {
            Rest(strideMilliseconds / 1000.0);
            var stride = A.Stride(++_sequence, NowMilliseconds / 1000.0, strideMilliseconds: strideMilliseconds);
            var id = Session.Id;
            Session.Add(stride);
            if (Session.LastStride == _sequence)
            {
                // A session that starts itself does so with its third stride.
                var first = Session.Id == id ? _sequence : _sequence - 2;
                Counted.AddRange(
                    Enumerable.Range((int)first, (int)(_sequence - first + 1))
                        .Select(sequence => ((uint)sequence, NowMilliseconds)));
            }

            Work();
        }
    }

    public void Rest(double seconds)
    {
        for (var end = NowMilliseconds
            + (uint)(seconds * 1000); NowMilliseconds < end; NowMilliseconds += PassMilliseconds)
        {
            Work();
        }
    }

    public IReadOnlyList<StoredSession> Stored() => Stored(out _);

    public IReadOnlyList<StoredSession> Stored(out bool isFaulty)
    {
        var reader = new SessionReader(Log, Journal);
        reader.Rewind();
        var sessions = new List<StoredSession>();
        var steps = 0;
        while (!reader.IsAtEnd)
        {
            Assert.True(++steps < 100_000, "the reader does not come to an end");
            reader.Find();
            if (!reader.HasSession)
            {
                continue;
            }

            var start = reader.Start(_timeOfDay);
            var strides = new List<Stride>();
            while (reader.HasSession)
            {
                reader.Advance();
                while (reader.Waiting > 0)
                {
                    var bytes = new byte[3 * StrideCodec.Length];
                    var count = reader.Copy(bytes, 3);
                    reader.Take(count);
                    strides.AddRange(LogStrides.Decode(bytes[..(count * StrideCodec.Length)], out var error));
                    Assert.Equal(DecodeError.None, error);
                }
            }

            var totals = new byte[LogSessionTotals.Length];
            reader.CopyTotals(totals);
            var decoded = LogSessionTotals.Decode(totals, out var totalsError);
            Assert.Equal(DecodeError.None, totalsError);
            sessions.Add(new StoredSession(start, strides, decoded));
        }

        isFaulty = reader.IsFaulty;
        return sessions;
    }

    private void Work()
    {
        Session.Tick(NowMilliseconds);
        Journal.Work(NowMilliseconds, Session, _timeOfDay);
    }
}

/// <summary>Who does not care.</summary>
internal sealed class Nobody : IStrideListener
{
    public void OnStride(Stride stride)
    {
    }
}

/// <summary>A session as the log gives it.</summary>
internal sealed record StoredSession(LogSessionStart Start, IReadOnlyList<Stride> Strides, Protocol.Session Totals)
{
    /// <summary>What must hold of every session, whatever happened: its strides in order, its totals those of its
    /// strides, its first and last the ones that it has.</summary>
    public void AssertConsistent()
    {
        Assert.Equal(Start.Id, Totals.Id);
        Assert.Equal(Strides.Count, Totals.BackwardStrides + Totals.ForwardStrides + Totals.UnknownStrides);
        Assert.Equal(Strides.Select(s => s.Sequence).Order().Distinct(), Strides.Select(s => s.Sequence));
        Assert.Equal(Strides.Count == 0 ? 0 : Strides[0].Sequence, Start.FirstSequence);
        Assert.Equal(Strides.Count == 0 ? 0 : Strides[^1].Sequence, Start.LastSequence);
    }
}
