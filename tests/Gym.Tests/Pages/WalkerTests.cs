using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Backstep.Files.Export;
using Backstep.Gym.Board;
using Backstep.Gym.Keeping;
using Backstep.Gym.Messages;
using Backstep.Gym.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Gym.Tests.Pages;

/// <summary>A walker's way: from the QR code to the code at the end, and to a file or to nothing.</summary>
public sealed partial class WalkerTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 18, 0, 0, TimeSpan.Zero));
    private readonly RoomMaker _room;
    private readonly string _belt = $"/belt/1/{RoomMaker.KeyOf(1)}";
    private PagesHost _host = null!;
    private HttpClient _phone = null!;

    public WalkerTests() => _room = new RoomMaker(_time, belts: 2);

    public async ValueTask InitializeAsync()
    {
        _host = await PagesHost.StartAsync(_room, _time);
        _phone = _host.Browser();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private Task<HttpResponseMessage> DoAsync(string action, params (string, string)[] fields) =>
        PagesHost.SendFormAsync(_phone, _belt, $"{_belt}/{action}", fields);

    private async Task<string> WalkAsync()
    {
        using var begun = await DoAsync("begin", ("nickname", "Mo"), ("minutes", "5"), ("wall", "yes"));
        for (uint i = 1; i <= 30; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1.25));
            _room.Store.Strides.Add(new RoomStride(RoomMaker.ClipOf(1), "00000001", 1, 1, Simulated: true,
                _time.GetUtcNow(), RoomMaker.Stride(i)));
        }

        using var stopped = await DoAsync("stop");
        return Code().Match(await _phone.GetStringAsync(_belt)).Value;
    }

    [Fact]
    public async Task From_start_to_stop_the_clip_is_told()
    {
        Assert.DoesNotContain("checked", await _phone.GetStringAsync(_belt), StringComparison.Ordinal);
        string code = await WalkAsync();
        Assert.Matches("^[a-z2-9-]{19}$", code);
        Assert.Equal([ClipCommand.Start, ClipCommand.Stop], _host.Sent.All.Select(one => one.Command));
        Assert.Empty(_room.Book.Room.Walks);
    }

    [Fact]
    public async Task A_walk_changes_pauses_and_goes_on()
    {
        using var begun = await DoAsync("begin");
        Assert.Equal((null, null, false), (_room.Book.Room.WalkAt(1)!.Nickname, _room.Book.Room.WalkAt(1)!.Target,
            _room.Book.Room.WalkAt(1)!.IsOnWall));
        using var changed = await DoAsync("change", ("nickname", "Jo"), ("minutes", "30"), ("wall", "yes"));
        var walk = _room.Book.Room.WalkAt(1)!;
        Assert.Equal(("Jo", TimeSpan.FromMinutes(30), true), (walk.Nickname, walk.Target, walk.IsOnWall));
        using var paused = await DoAsync("pause");
        using var resumed = await DoAsync("resume");
        Assert.Equal(["start", "pause", "start"], _host.Sent.All.Select(one => one.Command));
    }

    [Theory]
    [InlineData("2")]
    [InlineData("31")]
    [InlineData("-5")]
    [InlineData("1e9")]
    public async Task Minutes_that_nobody_walks_are_refused(string minutes)
    {
        using var answer = await DoAsync("begin", ("minutes", minutes));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(_room.Book.Room.Walks);
    }

    [Fact]
    public async Task Another_phone_cannot_stop_a_walk_and_may_take_the_belt_over()
    {
        using var begun = await DoAsync("begin", ("nickname", "Mo"));
        var other = _host.Browser();
        using var stopped = await PagesHost.SendFormAsync(other, _belt, $"{_belt}/stop");
        Assert.NotNull(_room.Book.Room.WalkAt(1));
        string html = await other.GetStringAsync(_belt);
        Assert.Contains("Somebody walks here already", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Mo<", html, StringComparison.Ordinal);
        using var taken = await PagesHost.SendFormAsync(other, _belt, $"{_belt}/begin", ("nickname", "Jo"));
        Assert.Equal("Jo", _room.Book.Room.WalkAt(1)!.Nickname);
        Assert.Contains("Your code", await _phone.GetStringAsync(_belt), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_codes_holder_gets_the_companions_own_files()
    {
        string code = await WalkAsync();
        using var found = await PagesHost.SendFormAsync(_phone, "/walk", "/walk", ("code", code.ToUpperInvariant()));
        Assert.Contains("<dd>30</dd>", await found.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var json = await PagesHost.SendFormAsync(_phone, "/walk", "/walk/json", ("code", code));
        var session = SessionFile.Read(await json.Content.ReadAsStreamAsync(), "walk.json");
        Assert.Equal((30, "Mo", true), (session.Strides.Count, session.Walker.Name,
            session.Summary.Header.IsSimulated));
        using var csv = await PagesHost.SendFormAsync(_phone, "/walk", "/walk/csv", ("code", code));
        Assert.Equal(31, (await csv.Content.ReadAsStringAsync()).Trim().Split('\n').Length);
        Assert.StartsWith("attachment", csv.Content.Headers.ContentDisposition!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_codes_holder_deletes_it_for_good()
    {
        string code = await WalkAsync();
        using var asked = await PagesHost.SendFormAsync(_phone, "/walk", "/walk/delete", ("code", code));
        Assert.Equal(30, _room.Store.Strides.Count);
        using var deleted = await PagesHost.SendFormAsync(_phone, "/walk", "/walk/delete", ("code", code),
            ("sure", "yes"));
        Assert.Empty(_room.Store.Strides);
        using var gone = await PagesHost.SendFormAsync(_phone, "/walk", "/walk", ("code", code));
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task The_api_tells_every_key_and_its_schema()
    {
        _room.Model.Apply(_room.Live(1));
        _host.Hub.Pulse();
        using var all = JsonDocument.Parse(await _phone.GetStringAsync("/api/v1/belts"));
        Assert.Equal("backstep.gym.belts/1", all.RootElement.GetProperty("schema").GetString());
        Assert.Equal(2, all.RootElement.GetProperty("belts").GetArrayLength());
        using var one = JsonDocument.Parse(await _phone.GetStringAsync("/api/v1/belts/1"));
        Assert.Equal("backstep.gym.belt/1", one.RootElement.GetProperty("schema").GetString());
        string[] keys = [.. one.RootElement.EnumerateObject().Select(key => key.Name)];
        Assert.Equal(23, keys.Length);
        using var none = await _phone.GetAsync("/api/v1/belts/99");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        string page = await File.ReadAllTextAsync(Path.Combine(Repository.Root,
            "companion-app/Gym/Pages/README.md"));
        Assert.All(keys, key => Assert.Contains($"| `{key}` |", page, StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_walker_keeps_to_themselves_no_message_and_no_view_has() => Assert.DoesNotContain(
        new[] { typeof(ClipLive), typeof(StrideBatch), typeof(ClipSession), typeof(BeltView), typeof(BeltWalk) }
            .SelectMany(type => type.GetProperties()).Select(property => property.Name),
        name => name.Contains("Pain", StringComparison.Ordinal) || name.Contains("Plan", StringComparison.Ordinal));

    [GeneratedRegex("[a-z2-9]{4}(-[a-z2-9]{4}){3}")]
    private static partial Regex Code();
}
