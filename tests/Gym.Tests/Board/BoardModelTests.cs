using Backstep.Gait;
using Backstep.Gym.Board;
using Backstep.Gym.Keeping;
using Backstep.Gym.Messages;
using Backstep.Gym.Tests.Support;
using Backstep.Walks.Coaching;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Gym.Tests.Board;

/// <summary>Messages in, what a belt shows out.</summary>
public sealed class BoardModelTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 18, 0, 0, TimeSpan.Zero));
    private readonly RoomMaker _room;

    public BoardModelTests() => _room = new RoomMaker(_time, belts: 2);

    private BeltView Belt(int number = 1)
    {
        _room.Model.Tick();
        return _room.Model.Belt(number)!;
    }

    private void Walk(int strides, Landing landing = Landing.Toe, int millimeters = 600, int walked = 60)
    {
        for (int i = 0; i < strides; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1.25));
            Assert.True(_room.Model.Apply(_room.Live(1, walked: walked)));
            Assert.True(_room.Model.Apply(_room.Next(1, landing, millimeters: millimeters)));
            Belt();
        }
    }

    [Fact]
    public void A_belt_shows_what_its_clip_tells()
    {
        Walk(25);
        var belt = Belt();
        Assert.Equal((60, 900, 840, 96, 92), (belt.WalkedSeconds, belt.LimitSeconds, belt.RemainingSeconds,
            belt.CadenceStepsPerMinute, belt.ToeFirstPercent));
        Assert.Equal(new string('T', 20), belt.Marks);
        Assert.Equal(0.48, belt.BeltMetersPerSecond);
        Assert.Equal("held", belt.Rails);
        Assert.True(belt.IsSimulated);
        Assert.Null(belt.Nickname);
        Assert.Equal(BeltView.Free, BeltWithoutClip().State);
    }

    private BeltView BeltWithoutClip()
    {
        _room.Desk.AssignAsync(RoomMaker.ClipOf(2), null, TestContext.Current.CancellationToken).GetAwaiter()
            .GetResult();
        return Belt(2);
    }

    [Fact]
    public void Safety_comes_before_form()
    {
        Walk(10, Landing.Heel);
        Assert.Equal(CueKind.HeelFirst, Belt().Cue!.Kind);
        Walk(10, Landing.Heel, millimeters: 1500);
        Assert.Equal((CueKind.TooFast, CueTone.Safety), (Belt().Cue!.Kind, Belt().Cue!.Tone));
    }

    [Fact]
    public void Without_a_target_fifteen_minutes_are_the_most()
    {
        Walk(10, walked: 899);
        Assert.NotEqual(CueKind.TargetReached, Belt().Cue!.Kind);
        Walk(2, walked: 901);
        Assert.Equal((CueKind.TargetReached, CueTone.Safety), (Belt().Cue!.Kind, Belt().Cue!.Tone));
        Assert.Equal(0, Belt().RemainingSeconds);
    }

    [Fact]
    public async Task With_a_target_time_is_up_then()
    {
        await _room.Desk.BeginWalkAsync(1, "Mo", TimeSpan.FromMinutes(5), isOnWall: false, "hash",
            TestContext.Current.CancellationToken);
        Walk(10, walked: 301);
        Assert.Equal((CueKind.TargetReached, CueTone.Enough), (Belt().Cue!.Kind, Belt().Cue!.Tone));
        Assert.Equal((300, 0), (Belt().TargetSeconds, Belt().RemainingSeconds));
    }

    [Fact]
    public async Task A_nickname_is_on_the_wall_only_when_its_walker_wants_it()
    {
        var stop = TestContext.Current.CancellationToken;
        var walk = await _room.Desk.BeginWalkAsync(1, "Mo", null, isOnWall: false, "hash", stop);
        Walk(1);
        Assert.Null(Belt().Nickname);
        await _room.Desk.ChangeWalkAsync(walk with { IsOnWall = true }, stop);
        Assert.Equal("Mo", Belt().Nickname);
        await _room.Desk.EndWalkAtAsync(1, stop);
        Assert.Null(Belt().Nickname);
    }

    [Fact]
    public void Late_strides_count_and_correct_nobody()
    {
        _room.Model.Apply(_room.Live(1));
        for (int i = 0; i < 12; i++)
        {
            Assert.True(_room.Model.Apply(_room.Next(1, Landing.Heel, ago: TimeSpan.FromSeconds(60 - i))));
        }

        Assert.Equal(new string('H', 12), Belt().Marks);
        Assert.NotEqual(CueKind.HeelFirst, Belt().Cue!.Kind);
    }

    [Fact]
    public void A_gateway_whose_clock_is_wrong_makes_nothing_late()
    {
        var wrong = TimeSpan.FromHours(2);
        for (int i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1.25));
            var live = _room.Live(1);
            Assert.True(_room.Model.Apply(live with { At = live.At - wrong }));
            Assert.True(_room.Model.Apply(_room.Next(1, Landing.Heel, ago: wrong)));
            Belt();
        }

        Assert.Equal(CueKind.HeelFirst, Belt().Cue!.Kind);
    }

    [Fact]
    public void What_is_sent_again_changes_nothing()
    {
        Walk(3);
        var before = _room.Live(1, walked: 60);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_room.Model.Apply(_room.Live(1, walked: 61)));
        Assert.False(_room.Model.Apply(before));
        _room.Model.Apply(_room.Batch(1, 3));
        Assert.Equal((61, "TTT"), (Belt().WalkedSeconds, Belt().Marks));
    }

    [Fact]
    public void What_was_recorded_long_ago_and_is_sent_again_changes_nothing()
    {
        var old = _room.Live(1, walked: 7);
        for (int i = 0; i < 60; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            _room.Model.Apply(_room.Live(2, walked: 60 + i)); // the gateway goes on; clip 1 is silent
        }

        Assert.False(_room.Model.Apply(old));
        Assert.True(Belt().IsStale);
        Assert.Null(Belt().WalkedSeconds);
    }

    [Fact]
    public void A_gateway_that_is_not_the_clips_is_not_heard()
    {
        Walk(1);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(_room.Model.Apply(_room.Live(1, walked: 999) with { Gateway = "gw-2" }));
        Assert.False(_room.Model.Apply(_room.Next(1) with { Gateway = "gw-2" }));
        Assert.Equal((60, "T"), (Belt().WalkedSeconds, Belt().Marks));
    }

    [Fact]
    public void A_belt_without_news_is_stale_and_says_nothing_old()
    {
        Walk(10, Landing.Heel, millimeters: 1500);
        Assert.False(Belt().IsStale);
        _time.Advance(BoardOptions.Stale);
        Assert.True(Belt().IsStale);
        Assert.Null(Belt().Cue);
        Assert.Equal([(1, 5)], _room.Model.Silent().Where(one => one.Belt == 1));
    }

    [Fact]
    public void A_new_session_begins_with_nothing()
    {
        Walk(10, Landing.Heel);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_room.Model.Apply(_room.Live(1, walked: 1) with { Session = 2 }));
        _room.Model.Apply(_room.Next(1, Landing.Heel)); // of session 1, which is over
        Assert.Equal("", Belt().Marks);
        Assert.NotEqual(CueKind.HeelFirst, Belt().Cue?.Kind);
    }

    public static TheoryData<string> Nonsense => new(
        "clip/x", "percent", "seconds", "state", "link", "nan", "flash", "name", "rails", "cadence");

    [Theory]
    [MemberData(nameof(Nonsense))]
    public void Nonsense_changes_nothing(string what)
    {
        Walk(1);
        var before = Belt();
        _time.Advance(TimeSpan.FromSeconds(1));
        var good = _room.Live(1, walked: 70);
        Assert.False(_room.Model.Apply(what switch
        {
            "clip/x" => good with { Clip = "clip/x" },
            "percent" => good with { ToeFirstPercent = 101 },
            "seconds" => good with { ActiveSeconds = -1 },
            "state" => good with { State = "<b>" },
            "link" => good with { Link = "maybe" },
            "nan" => good with { InclinePercent = double.NaN },
            "flash" => good with { Flash = "zzzzzzzz" },
            "name" => good with { Name = new string('x', 5000) },
            "rails" => good with { Rails = "bitten" },
            _ => good with { CadenceStepsPerMinute = int.MaxValue },
        }));
        Assert.Equal(before, Belt());
        Assert.False(_room.Model.Apply(_room.Next(1) with { Strides = [] }));
        var batch = _room.Next(1);
        Assert.False(_room.Model.Apply(batch with { Strides = [batch.Strides[0] with { Direction = "up" }] }));
        Assert.Equal(before, Belt());
    }

    [Fact]
    public void Any_bytes_at_all_are_survived()
    {
        var feed = new BoardFeed(_room.Model, new Mqtt.BrokerAddress("127.0.0.1", 1, false), "gym", "test", _time,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<BoardFeed>.Instance);
        string good = System.Text.Encoding.UTF8.GetString(
            GymMessage.Bytes(_room.Live(1), MessageJson.Default.ClipLive));
        (from cut in Gen.Int[0, good.Length - 1]
         from letter in Gen.Char[' ', '~']
         select good[..cut] + letter + good[(cut + 1)..]).Sample(json =>
         {
             feed.Take("backstep/v1/gym/clips/clip-1/live", System.Text.Encoding.UTF8.GetBytes(json));
             Belt();
         }, iter: 500, seed: "0000000000001");
        Assert.False(feed.Take("backstep/v1/gym/clips/clip-2/live", System.Text.Encoding.UTF8.GetBytes(good)));
        Assert.True(feed.Refused > 100);
    }

    [Fact]
    public async Task A_walk_ends_with_its_clips_session()
    {
        var stop = TestContext.Current.CancellationToken;
        _time.Advance(TimeSpan.FromSeconds(1));
        await _room.Desk.BeginWalkAsync(1, "Mo", null, isOnWall: true, "hash", stop);
        Walk(2);
        var last = _time.GetUtcNow();
        await _room.Desk.EndOverAsync(stop);
        Assert.NotNull(_room.Book.Room.WalkAt(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        _room.Model.Apply(_room.Live(1, state: "ended"));
        await _room.Desk.EndOverAsync(stop);
        Assert.Null(_room.Book.Room.WalkAt(1));
        Assert.Equal(last, (await _room.Store.WalkOfCodeAsync("hash", stop))!.EndedAt);
    }

    [Fact]
    public async Task A_clip_goes_to_one_belt_and_a_belt_has_one_clip()
    {
        var stop = TestContext.Current.CancellationToken;
        await _room.Desk.AssignAsync(RoomMaker.ClipOf(1), 2, stop);
        Assert.Equal([RoomMaker.ClipOf(1)], _room.Book.Room.ClipsOf(2).Select(clip => clip.Clip));
        Assert.Empty(_room.Book.Room.ClipsOf(1));
        await Assert.ThrowsAsync<Walks.BadRequestException>(() =>
            _room.Desk.NumberAsync(RoomMaker.ClipOf(1), 2, stop));
    }

    [Theory]
    [InlineData("  Mo  ", "Mo")]
    [InlineData("Mo\u202Eevil", "Moevil")]
    [InlineData("\u200B\u2060", null)]
    [InlineData("a\nb\u0007c", "a b c")]
    [InlineData("Z\u0351\u0352\u0357\u035Ba", "Z\u0351\u0352a")]
    [InlineData("0123456789012345678901234567890", "01234567890123456789")]
    public void A_name_is_short_and_shows_what_it_says(string typed, string? shown) =>
        Assert.Equal(shown, RoomText.Name(typed, RoomText.LongestNickname));
}
