using Backstep.Store;
using Backstep.Walks.Programme;
using Backstep.Walks.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Companion.Tests.Sessions;

/// <summary>The sessions from which follows what stays without cues: those, what is in them, and no others.</summary>
public sealed class CuedSessionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SessionStore _store;
    private readonly long _ann;

    public CuedSessionTests()
    {
        _store = SessionStore.Open(_folder["data"], new FakeTimeProvider(Kept.Morning));
        _ann = _store.WalkerNamed("Ann").Id;
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Only_those_of_the_walker_of_the_time_and_of_the_kind_with_marks_of_cues()
    {
        var (from, until) = (Kept.Morning.AddDays(-1), Kept.Morning.AddDays(1));
        Keep(Kept.Header(_ann, from), MarkKind.CuesOn);
        Keep(Kept.Header(_ann, until), MarkKind.CuesQuiet);
        Keep(Kept.Header(_ann, Kept.Morning, simulated: true), MarkKind.CuesOn);
        Keep(Kept.Header(_ann, Kept.Morning.AddHours(1)), MarkKind.Paused);
        Keep(Kept.Header(_ann, Kept.Morning.AddHours(2)));
        Keep(Kept.Header(_ann, from.AddMilliseconds(-1)), MarkKind.CuesOn);
        Keep(Kept.Header(_ann, until.AddMilliseconds(1)), MarkKind.CuesOn);
        Keep(Kept.Header(_ann, Kept.Morning.AddHours(3)) with { IsStartUnknown = true }, MarkKind.CuesOn);
        Keep(Kept.Header(_store.WalkerNamed("Bob").Id, Kept.Morning.AddHours(4)), MarkKind.CuesOn);

        Assert.Equal([from, until], Found(ofSimulated: false));
        Assert.Equal([Kept.Morning], Found(ofSimulated: true));

        IEnumerable<DateTimeOffset> Found(bool ofSimulated) =>
            _store.Cued(_ann, ofSimulated, from, until).Select(session => session.At).Order();
    }

    [Fact]
    public void Each_is_what_the_whole_session_is()
    {
        long id = Keep(Kept.Header(_ann), MarkKind.CuesOn, MarkKind.Paused, MarkKind.Resumed, MarkKind.CuesQuiet);
        Keep(Kept.Header(_ann, Kept.Morning.AddHours(1)), MarkKind.CuesOn);
        var whole = _store.Find(id)!;
        var cued = _store.Cued(_ann, ofSimulated: false, Kept.Morning, Kept.Morning.AddHours(1))
            .Single(session => session.At == Kept.Morning);
        Assert.Equal(whole.Summary.Header.StartedAt.Offset, cued.At.Offset);
        Assert.Equal(whole.Summary.Header.Sensors, cued.Sensors);
        Assert.Equal(whole.Marks, cued.Marks.OrderBy(mark => mark.At));
        Assert.Equal(whole.Strides.Select(kept => (kept.Sensor, kept.Run, kept.At, kept.Rails, kept.Stride.Sequence)),
            cued.Strides.OrderBy(kept => kept.At)
                .Select(kept => (kept.Sensor, kept.Run, kept.At, kept.Rails, kept.Stride.Sequence)));
        var day = RetentionDay.Of(cued)!;
        Assert.Equal(new ToeFirst(20, 20), day.WithCues); // ten more lie in the pause
        Assert.Equal(new ToeFirst(10, 10), day.Quiet);
    }

    // Forty strides, the marks ten strides apart, the first before all.
    private long Keep(SessionHeader header, params MarkKind[] marks)
    {
        long id = _store.Begin(header).Id;
        _store.Add(id, Kept.Strides(40));
        for (int i = 0; i < marks.Length; i++)
        {
            _store.Add(id, new SessionMark(TimeSpan.FromMilliseconds((i * 14_000) + (i == 0 ? 0 : 700)), marks[i]));
        }

        _store.Close(id);
        return id;
    }
}
