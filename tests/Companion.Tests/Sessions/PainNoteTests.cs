using Backstep.Store;
using Backstep.Walks.Programme;
using Backstep.Walks.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Companion.Tests.Sessions;

/// <summary>A clock that was ahead when pain was noted neither puts an alarm off nor keeps it for ever.</summary>
public sealed class PainNoteTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(Kept.Morning.AddDays(10));
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private DateTimeOffset Now => _time.GetUtcNow();

    private static PainNote Note(int level, DateTimeOffset at) => new(1, null, at, PainMoment.Before, level);

    [Fact]
    public void A_note_from_the_future_was_made_by_now()
    {
        var dated = PainNote.Dated(Now, [Note(2, Now.AddDays(-3)), Note(8, Now.AddDays(400))]);
        Assert.Equal([2, 8], dated.Select(note => note.Level));
        Assert.Equal(Now, dated[1].At);
    }

    [Fact]
    public void It_was_made_before_the_next_one_which_can_lift_it()
    {
        var dated = PainNote.Dated(Now, [Note(8, Now.AddDays(400)), Note(1, Now.AddDays(-1))]);
        Assert.Equal([8, 1], dated.Select(note => note.Level));
        Assert.True(dated[0].At < dated[1].At);
    }

    [Fact]
    public void Old_notes_that_a_file_brought_later_lift_nothing()
    {
        var dated = PainNote.Dated(Now,
            [Note(3, Now.AddDays(-5)), Note(8, Now.AddDays(400)), Note(1, Now.AddDays(-300))]);
        Assert.Equal([1, 3, 8], dated.Select(note => note.Level));
    }

    [Fact]
    public void The_order_of_noting_outlasts_a_note_that_is_given_anew()
    {
        using var store = SessionStore.Open(_folder["data"], _time);
        long walker = store.LastWalker().Id;
        long session = store.Begin(Kept.Header(walker)).Id;
        store.Note(new PainNote(walker, session, Now.AddHours(-3), PainMoment.After, 2));
        store.Note(new PainNote(walker, null, Now.AddHours(-2), PainMoment.NextMorning, 1));
        store.Note(new PainNote(walker, session, Now.AddDays(400), PainMoment.After, 9));
        Assert.Equal([2, 1, 9], store.Pain(walker).Select(note => note.Level));
    }

    [Fact]
    public void A_note_from_the_future_stops_at_once_and_is_lifted_on_a_later_day()
    {
        PainNote[] notes = [Note(8, Now.AddDays(400)), Note(1, Now), Note(1, Now.AddDays(1))];
        Assert.Equal(Advice.Stop, On(0));
        Assert.Equal(Advice.Walk, On(1));

        Advice On(int day) => Planner.For([], PainNote.Dated(Now.AddDays(day), notes[..(day + 2)]),
            DateOnly.FromDateTime(Now.AddDays(day).DateTime)).Advice;
    }

    [Fact]
    public void Stop_is_said_after_a_note_from_the_future_and_stands_for_the_day()
    {
        string data = _folder["data"];
        using (var ahead = SessionStore.Open(data, TimeProvider.System))
        {
            long walker = ahead.LastWalker().Id;
            ahead.Note(new PainNote(walker, null, TimeProvider.System.GetUtcNow().AddDays(300), PainMoment.Before, 8));
        }

        Assert.Contains("STOP", CommandRun.In(data, "plan").Out, StringComparison.Ordinal);
        Assert.Contains("STOP", CommandRun.In(data, "log", "pain", "1").Out, StringComparison.Ordinal);
        Assert.Contains("STOP", CommandRun.In(data, "plan").Out, StringComparison.Ordinal);
    }
}
