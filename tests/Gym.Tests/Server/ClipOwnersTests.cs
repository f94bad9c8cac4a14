using Backstep.Gym.Keeping;
using Backstep.Gym.Messages;
using Backstep.Gym.Server;
using Backstep.Gym.Tests.Keeping;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Gym.Tests.Server;

/// <summary>Who may speak for a clip.</summary>
public sealed class ClipOwnersTests : IDisposable
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private readonly FakeTimeProvider _time = new(Told.Noon);
    private readonly GymMetrics _metrics = new();

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public async Task The_first_owns_it_and_another_only_when_that_one_is_silent_offline_or_released()
    {
        await using var test = await TestStore.OpenAsync(TestStore.Sqlite, _time);
        var owners = await OwnersAsync(test);
        Assert.True(await LiveAsync(owners, "east"));
        Assert.False(await LiveAsync(owners, "west"));
        _time.Advance(ClipOwners.Patience - TimeSpan.FromSeconds(1));
        Assert.True(await LiveAsync(owners, "east"));
        _time.Advance(ClipOwners.Patience);
        Assert.False(await LiveAsync(owners, "west"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await LiveAsync(owners, "west")); // silent for longer than it may be
        Assert.False(await LiveAsync(owners, "east"));
        Assert.Equal(ClipVoice.Former, await owners.HearAsync("clip-1", "east", true, isNow: false, Stop));
        Assert.Equal(ClipVoice.Stranger, await owners.HearAsync("clip-1", "north", true, isNow: false, Stop));

        owners.Hear(Status("west", GatewayStatus.Offline));
        Assert.Equal(ClipVoice.Former, await owners.HearAsync("clip-1", "east", true, isNow: false, Stop));
        Assert.True(await LiveAsync(owners, "north")); // the owner is offline
        owners.Hear(Status("west", GatewayStatus.Online));
        Assert.False(await LiveAsync(owners, "west"));

        var clip = (await test.Store.ClipsAsync(Stop))[0];
        await test.Store.KeepClipAsync(clip with { Gateway = null }, Stop);
        await owners.RefreshAsync(Stop);
        Assert.True(await LiveAsync(owners, "west")); // staff released it
    }

    [Fact]
    public async Task Servers_agree_and_a_restart_forgets_nothing()
    {
        await using var test = await TestStore.OpenAsync(TestStore.Sqlite, _time);
        var (one, two) = (await OwnersAsync(test), await OwnersAsync(test));
        Assert.True(await LiveAsync(one, "east"));
        Assert.False(await LiveAsync(two, "west")); // two had not heard of it: the store had
        var three = await OwnersAsync(test);
        Assert.Equal(ClipVoice.Stranger, three.VoiceOf("clip-1", "west"));
        _time.Advance(ClipOwners.Patience * 2);
        Assert.True(await LiveAsync(three, "west"));
        var four = await OwnersAsync(test);
        Assert.Equal(ClipVoice.Former, four.VoiceOf("clip-1", "east"));
        Assert.Equal(ClipVoice.Owner, four.VoiceOf("clip-1", "west"));
    }

    [Fact]
    public async Task What_a_clip_tells_is_written_now_and_then_and_leaves_what_staff_set()
    {
        await using var test = await TestStore.OpenAsync(TestStore.Sqlite, _time);
        var owners = await OwnersAsync(test);
        await LiveAsync(owners, "east", battery: 90);
        var clip = (await test.Store.ClipsAsync(Stop))[0];
        Assert.Equal((1, "Shoe", 90, "east"), (clip.Number, clip.Name, clip.BatteryPercent, clip.Gateway));
        await test.Store.KeepClipAsync(clip with { Number = 7, Belt = 3 }, Stop);
        _time.Advance(TimeSpan.FromSeconds(9));
        await LiveAsync(owners, "east", battery: 89);
        Assert.Equal(90, (await test.Store.ClipsAsync(Stop))[0].BatteryPercent);
        _time.Advance(TimeSpan.FromSeconds(2));
        await LiveAsync(owners, "east", battery: 88);
        clip = (await test.Store.ClipsAsync(Stop))[0];
        Assert.Equal((7, 3, 88), (clip.Number, clip.Belt, clip.BatteryPercent));
        Assert.Equal([("up", 1)], owners.CountByLink());
        _time.Advance(ClipOwners.Patience * 2);
        Assert.Equal([("silent", 1)], owners.CountByLink());
    }

    private async Task<ClipOwners> OwnersAsync(TestStore test)
    {
        var owners = new ClipOwners(test.Store, test.Store, _time, _metrics, NullLogger.Instance);
        await owners.RefreshAsync(Stop);
        return owners;
    }

    private Task<bool> LiveAsync(ClipOwners owners, string gateway, int? battery = null) =>
        owners.HearAsync(Live(gateway, battery), Stop);

    private ClipLive Live(string gateway, int? battery) => new(
        Gateway: gateway,
        Clip: "clip-1",
        Name: "Shoe",
        At: _time.GetUtcNow(),
        Simulated: true,
        Link: ClipLive.Up,
        SignalDbm: null,
        BatteryPercent: battery,
        Firmware: null,
        Placement: null,
        Flash: null,
        Session: null,
        State: null,
        ElapsedSeconds: null,
        ActiveSeconds: null,
        BackwardStrides: null,
        ForwardStrides: null,
        UnknownStrides: null,
        ToeFirstPercent: null,
        RailsHeldPercent: null,
        CadenceStepsPerMinute: null,
        MeanCadenceStepsPerMinute: null,
        DistanceMeters: null,
        InclinePercent: null,
        IsRhythmSettled: null,
        LacksStrides: null,
        Rails: null);

    private static GatewayStatus Status(string gateway, string state) =>
        new(gateway, state, null, null, null, null, null, null, null, null);
}
