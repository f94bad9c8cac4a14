using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Store;
using Backstep.Walks.Events;
using Backstep.Walks.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Companion.Tests.Sessions;

public sealed class SessionStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Kept.Morning);

    public void Dispose() => _folder.Dispose();

    private SessionStore Open() => SessionStore.Open(_folder["data"], _time);

    [Fact]
    public void What_was_kept_is_there_after_opening_again()
    {
        long id;
        using (var store = Open())
        {
            var walker = store.WalkerNamed("Ann");
            id = store.Begin(Kept.Header(walker.Id)).Id;
            store.Add(id, Kept.Strides(30, rails: Posture.Held));
            store.Add(id, new SessionMark(TimeSpan.FromSeconds(12), MarkKind.Walker));
            store.Note(new PainNote(walker.Id, id, Kept.Morning, PainMoment.Before, 3));
            store.Close(id);
        }

        using var again = Open();
        var session = again.Find(id)!;
        Assert.Equal("Ann", session.Walker.Name);
        Assert.Equal(Kept.Header(session.Walker.Id) with { Id = id, Sensors = session.Summary.Header.Sensors },
            session.Summary.Header);
        Assert.Equal(Kept.Morning.Offset, session.Summary.Header.StartedAt.Offset);
        Assert.Equal(Kept.Header(1).Sensors, session.Summary.Header.Sensors);
        Assert.True(session.Summary.IsComplete);
        Assert.False(session.Summary.IsOpen);
        Assert.Equal(30, session.Summary.Totals.BackwardStrides);
        Assert.Equal(30, session.Summary.Totals.HeldStrides);
        Assert.Equal(30, session.Strides.Count);
        Assert.All(session.Strides.Zip(Kept.Strides(30, rails: Posture.Held)),
            pair => AssertSame(pair.Second, pair.First));
        Assert.Equal([new SessionMark(TimeSpan.FromSeconds(12), MarkKind.Walker)], session.Marks);
        Assert.Equal([new PainNote(session.Walker.Id, id, Kept.Morning, PainMoment.Before, 3)], session.Pain);
        Assert.Equal(session.Summary.Totals, Assert.Single(again.Summaries()).Totals);
    }

    [Fact]
    public void A_stride_that_comes_twice_is_kept_once_and_a_late_one_finds_its_place()
    {
        using var store = Open();
        long id = store.Begin(Kept.Header(store.LastWalker().Id)).Id;
        store.Add(id, Kept.Strides(5));
        store.Add(id, Kept.Strides(5, first: 11));
        store.Add(id, Kept.Strides(12, first: 3));
        Assert.Equal(Enumerable.Range(1, 15).Select(number => (uint)number),
            store.Find(id)!.Strides.Select(stride => stride.Stride.Sequence));
    }

    [Fact]
    public void The_same_number_after_a_restart_of_the_sensor_is_another_stride()
    {
        using var store = Open();
        long id = store.Begin(Kept.Header(store.LastWalker().Id)).Id;
        store.Add(id, Kept.Strides(2, run: 3));
        store.Add(id, Kept.Strides(2, run: 4));
        Assert.Equal(4, store.Find(id)!.Strides.Count);
    }

    [Fact]
    public void An_open_session_shows_the_totals_so_far_and_is_closed_as_incomplete_when_abandoned()
    {
        using var store = Open();
        long id = store.Begin(Kept.Header(store.LastWalker().Id)).Id;
        store.Add(id, Kept.Strides(10));
        var open = Assert.Single(store.Summaries());
        Assert.True(open.IsOpen);
        Assert.False(open.IsComplete);
        Assert.Equal(10, open.Totals.BackwardStrides);

        _time.Advance(TimeSpan.FromSeconds(50));
        store.Touch(id);
        _time.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal(0, store.CloseAbandoned(TimeSpan.FromMinutes(1)));

        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(1, store.CloseAbandoned(TimeSpan.FromMinutes(1)));
        var closed = Assert.Single(store.Summaries());
        Assert.False(closed.IsOpen);
        Assert.False(closed.IsComplete);
        Assert.Equal(open.Totals, closed.Totals);

        store.Reopen(id);
        Assert.True(Assert.Single(store.Summaries()).IsOpen);
    }

    [Fact]
    public void Sessions_are_listed_newest_first_and_by_walker_since_and_number()
    {
        using var store = Open();
        var ann = store.WalkerNamed("Ann");
        var bo = store.WalkerNamed("Bo");
        _time.Advance(TimeSpan.FromDays(30));
        for (int day = 0; day < 4; day++)
        {
            store.Begin(Kept.Header(day % 2 == 0 ? ann.Id : bo.Id, Kept.Morning.AddDays(day)));
        }

        Assert.Equal([4, 3, 2, 1], store.Summaries().Select(session => session.Header.Id));
        Assert.Equal([3, 1], store.Summaries(ann.Id).Select(session => session.Header.Id));
        Assert.Equal([4, 3], store.Summaries(since: Kept.Morning.AddDays(2)).Select(session => session.Header.Id));
        Assert.Equal([4], store.Summaries(atMost: 1).Select(session => session.Header.Id));
        Assert.All(store.Summaries(), session => Assert.Single(session.Header.Sensors));
    }

    [Fact]
    public void The_last_walker_is_who_walked_or_noted_last()
    {
        using var store = Open();
        Assert.Equal(WalkerProfile.DefaultName, store.LastWalker().Name);
        var ann = store.WalkerNamed("Ann");
        var bo = store.WalkerNamed("Bo");
        Assert.Equal(ann, store.WalkerNamed(" ANN "));
        store.Begin(Kept.Header(ann.Id));
        Assert.Equal("Ann", store.LastWalker().Name);
        store.Note(new PainNote(bo.Id, null, Kept.Morning, PainMoment.NextMorning, 2));
        Assert.Equal("Bo", store.LastWalker().Name);
    }

    [Fact]
    public void Walkers_are_renamed_and_removed_with_all_that_is_theirs()
    {
        using var store = Open();
        var ann = store.WalkerNamed("Ann");
        var bo = store.WalkerNamed("Bo");
        long id = store.Begin(Kept.Header(ann.Id)).Id;
        store.Add(id, Kept.Strides(3));
        store.Keep(ann.Id, "units", "us");
        Assert.False(store.Rename(ann.Id, "bo"));
        Assert.True(store.Rename(ann.Id, "ann"));
        Assert.Equal(["ann", "Bo"], store.Walkers().Select(walker => walker.Name));
        store.Remove(ann.Id);
        Assert.Null(store.Find(id));
        Assert.Null(store.Setting(ann.Id, "units"));
        Assert.Equal([bo], store.Walkers());
    }

    [Fact]
    public void A_second_note_for_the_same_moment_stands_beside_the_first()
    {
        using var store = Open();
        long walker = store.LastWalker().Id;
        long id = store.Begin(Kept.Header(walker)).Id;
        var before = Kept.Morning.AddDays(-3);
        store.Note(new PainNote(walker, id, before, PainMoment.After, 4));
        store.Note(new PainNote(walker, id, before.AddMinutes(1), PainMoment.After, 2));
        store.Note(new PainNote(walker, null, before, PainMoment.NextMorning, 1));
        store.Note(new PainNote(walker, null, before.AddDays(1), PainMoment.NextMorning, 0));
        Assert.Equal([4, 1, 2, 0], store.Pain(walker).Select(note => note.Level));
    }

    [Fact]
    public void Settings_are_set_changed_and_forgotten()
    {
        using var store = Open();
        long walker = store.LastWalker().Id;
        Assert.Null(store.Setting(walker, "units"));
        store.Keep(walker, "units", "us");
        store.Keep(walker, "units", "metric");
        Assert.Equal("metric", store.Setting(walker, "units"));
        store.Keep(walker, "units", null);
        Assert.Null(store.Setting(walker, "units"));
    }

    [Fact]
    public void A_whole_session_is_kept_at_once_under_new_keys()
    {
        using var store = Open();
        var ann = store.WalkerNamed("Ann");
        long id = store.Begin(Kept.Header(ann.Id)).Id;
        store.Add(id, Kept.Strides(4));
        store.Note(new PainNote(ann.Id, id, Kept.Morning, PainMoment.After, 2));
        store.Close(id);
        var session = store.Find(id)!;

        using var other = SessionStore.InMemory(_time);
        var bo = other.WalkerNamed("Bo");
        other.WalkerNamed("Cy");
        var kept =
            other.Keep(
                session with
                {
                    Summary = session.Summary with { Header = session.Summary.Header with { WalkerId = bo.Id } },
                });
        var copy = other.Find(kept.Id)!;
        Assert.Equal(bo, copy.Walker);
        Assert.Equal(session.Summary.Totals, copy.Summary.Totals);
        Assert.True(copy.Summary.IsComplete);
        Assert.Equal(4, copy.Strides.Count);
        Assert.Equal((bo.Id, kept.Id), (copy.Pain[0].WalkerId, copy.Pain[0].SessionId));
    }

    [Fact]
    public void Deleting_a_session_leaves_nothing_of_it()
    {
        using var store = Open();
        long walker = store.LastWalker().Id;
        long id = store.Begin(Kept.Header(walker)).Id;
        store.Add(id, Kept.Strides(4));
        store.Note(new PainNote(walker, id, Kept.Morning, PainMoment.After, 2));
        Assert.True(store.Delete(id));
        Assert.False(store.Delete(id));
        Assert.Null(store.Find(id));
        Assert.Empty(store.Pain(walker));
        Assert.NotEqual(id, store.Begin(Kept.Header(walker)).Id); // a number once told is not given to another
    }

    [Fact]
    public void A_sensors_session_is_found_by_its_own_number_and_its_strides_up_to_the_first_gap()
    {
        using var store = Open();
        long walker = store.LastWalker().Id;
        Assert.Null(store.LastWithoutGap("aa:bb:cc:00:00:01"));
        long first = store.Begin(Kept.Header(walker)).Id;
        store.Add(first, Kept.Strides(5));
        Assert.Equal(new StrideMark(3, 5), store.LastWithoutGap("aa:bb:cc:00:00:01"));
        long second = store.Begin(Kept.Header(walker, Kept.Morning.AddHours(1), number: 8)).Id;
        store.Add(second, Kept.Strides(4, first: 20));
        store.Add(second, Kept.Strides(4, first: 30));
        Assert.Equal(new StrideMark(3, 23), store.LastWithoutGap("AA:BB:CC:00:00:01"));
        Assert.Equal([first], store.OfSensor("aa:bb:cc:00:00:01", 7).Select(session => session.Header.Id));
        Assert.Equal([second], store.OfSensor("AA:BB:CC:00:00:01", 8).Select(session => session.Header.Id));
        Assert.Empty(store.OfSensor("AA:BB:CC:00:00:01", 9));
        Assert.Empty(store.OfSensor("AA:BB:CC:00:00:02", 7));
    }

    [Fact]
    public void No_stride_takes_the_place_of_another_and_none_is_kept_twice()
    {
        using var store = Open();
        long id = store.Begin(Kept.Header(store.LastWalker().Id)).Id;
        var first = Kept.Strides(45, run: 0);
        store.Add(id, first);

        // Started anew after 45 strides: the sensor's clock begins at a minute and a half of the session.
        var second = Kept.Strides(85, run: 0)
            .Select(stride => stride with { At = stride.At + TimeSpan.FromSeconds(90) }).ToArray();
        second = [.. second.Select(one => one with { Stride = Tests.Strides.Make(one.Stride.Sequence, meters: 0.8) })];
        store.Add(id, second);
        store.Add(id, first);
        store.Add(id, second);
        var kept = store.Find(id)!.Strides;
        Assert.Equal(130, kept.Count);
        Assert.Equal(45, kept.Count(stride => stride.Run == 0));
        Assert.Equal(85, kept.Count(stride => stride.Run == KeptStride.FirstRunToldApart));
        Assert.Null(store.LastWithoutGap("AA:BB:CC:00:00:01"));

        // A sensor that counts its starts, and another flash under the same number: kept beside it.
        var third = new KeptStride(0, 3, TimeSpan.FromSeconds(300), Tests.Strides.Make(7), Posture.Unknown);
        var fourth = third with { Stride = Tests.Strides.Make(7, meters: 1) };
        store.Add(id, [third with { Run = 4, Stride = Tests.Strides.Make(7, meters: 0.5) }]);
        store.Add(id, [fourth with { Run = 4 }]);
        store.Add(id, [fourth with { Run = 4 }]);
        Assert.Equal(132, store.Find(id)!.Strides.Count);
    }

    [Fact]
    public void A_store_of_the_first_layout_is_brought_up_to_date_with_all_that_is_in_it()
    {
        using (var old = StoreFile.Open(SessionStore.PathIn(_folder["data"]), [StoreLayout.Steps[0]]))
        {
            old.Run("INSERT INTO walker (name, created_at, used_at) VALUES ('Ann', 1, 1)");
            old.Run("INSERT INTO session (walker_id, started_at, offset_minutes, is_start_unknown, mode, is_simulated, "
                + "state, touched_at) VALUES (1, 1000, 0, 0, 0, 0, 1, 0)");
            old.Run("INSERT INTO sensor VALUES (1, 0, 'Shoe', 'AA:BB:CC:00:00:01', 0, 7)");
        }

        using var store = Open();
        var sensor = Assert.Single(store.Find(1)!.Summary.Header.Sensors);
        Assert.Equal((7, null), (sensor.SessionNumber, sensor.Flash));
        long id = store.Begin(Kept.Header(1) with { Sensors = [sensor with { Flash = uint.MaxValue }] }).Id;
        Assert.Equal(uint.MaxValue, store.Find(id)!.Summary.Header.Sensors[0].Flash);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_was_noted_under_an_older_layout_is_still_there_and_notes_go_on(int layout)
    {
        using (var old = StoreFile.Open(SessionStore.PathIn(_folder["data"]), [.. StoreLayout.Steps.Take(layout)]))
        {
            old.Run("INSERT INTO walker (name, created_at, used_at) VALUES ('Ann', 1, 1)");
            old.Run("INSERT INTO session (walker_id, started_at, offset_minutes, is_start_unknown, mode, is_simulated, "
                + "state, touched_at) VALUES (1, 1000, 0, 0, 0, 0, 1, 0)");
            old.Run("INSERT INTO pain (walker_id, session_id, at, offset_minutes, moment, level) VALUES "
                + "(1, 1, 2000, 60, 1, 8), (1, NULL, 3000, 0, 0, 2)");
        }

        using var store = Open();
        Assert.Equal([(1L, 8), (null, 2)], store.Pain(1).Select(note => (note.SessionId, note.Level)));
        Assert.Equal(TimeSpan.FromHours(1), store.Pain(1)[0].At.Offset);
        store.Note(new PainNote(1, 1, Kept.Morning, PainMoment.After, 1));
        store.Note(new WalkerNote(1, Kept.Morning.AddDays(-9)) { Walked = TimeSpan.FromMinutes(4) });
        Assert.Equal(3, store.Pain(1).Count);
        Assert.Equal(4, store.Undo(1)!.Note!.Walked!.Value.TotalMinutes);
        Assert.Equal([1, 2, 8], new[] { store.Undo(1), store.Undo(1), store.Undo(1) }.Select(one => one!.Pain!.Level));
        Assert.Null(store.Undo(1));
    }

    [Fact]
    public void A_record_keeps_every_value_that_a_stride_can_hold()
    {
        using var store = Open();
        long id = store.Begin(Kept.Header(store.LastWalker().Id)).Id;
        var odd = new KeptStride(
            0,
            65535,
            TimeSpan.FromMilliseconds(-250),
            new Stride(uint.MaxValue, uint.MaxValue, Direction.Unknown, Landing.Unknown, Posture.Unknown, 0,
                Stride.Missing, Stride.Missing, Stride.Missing, 1, Stride.Missing, Stride.Missing, 2540),
            Posture.Free);
        store.Add(id, [odd]);
        AssertSame(odd, Assert.Single(store.Find(id)!.Strides));
    }

    private static void AssertSame(KeptStride expected, KeptStride actual)
    {
        Assert.Equal((expected.Sensor, expected.Run, expected.At, expected.Rails),
            (actual.Sensor, actual.Run, actual.At, actual.Rails));
        byte[] one = new byte[StrideCodec.Length];
        byte[] other = new byte[StrideCodec.Length];
        StrideCodec.Encode(expected.Stride, one, 0);
        StrideCodec.Encode(actual.Stride, other, 0);
        Assert.Equal(one, other);
    }
}
