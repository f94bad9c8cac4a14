using System.Net;
using Backstep.Gym.Board;
using Backstep.Gym.Keeping;
using Backstep.Gym.Messages;
using Backstep.Gym.Pages;
using Backstep.Gym.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Gym.Tests.Pages;

/// <summary>What staff see and do, by forms alone.</summary>
public sealed class StaffPageTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 18, 0, 0, TimeSpan.Zero));
    private readonly RoomMaker _room;
    private PagesHost _host = null!;
    private HttpClient _browser = null!;

    public StaffPageTests() => _room = new RoomMaker(_time, belts: 2);

    public async ValueTask InitializeAsync()
    {
        _host = await PagesHost.StartAsync(_room, _time); // on this computer alone, no user made: all are staff
        _browser = _host.Browser();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task DoAsync(string action, params (string, string)[] fields)
    {
        using var answer = await PagesHost.SendFormAsync(_browser, "/staff", $"/staff/{action}", fields);
        Assert.Equal((HttpStatusCode.SeeOther, "/staff"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    [Fact]
    public async Task Every_clip_and_gateway_is_told_of_with_what_needs_somebody()
    {
        _room.Model.Apply(_room.Live(1) with { BatteryPercent = 9, SignalDbm = -90 });
        _room.Model.Apply(_room.Live(2) with { Link = ClipLive.Lost, Firmware = "0.1.9" });
        _room.Model.Apply(new GatewayStatus("gw-9", GatewayStatus.Offline, null, "0.2.0", 1, 3, 2, 17, 0, null));
        string html = await _browser.GetStringAsync("/staff");
        Assert.All(["Clip 1 (Belt 1): battery 9 %", "Clip 2 (Belt 2): link lost", "Gateway gw-9 is gone", "weak",
            "0.1.9", "17 batches wait", "simulated"], text => Assert.Contains(text, html, StringComparison.Ordinal));
        _time.Advance(BoardOptions.Stale);
        Assert.Contains("Clip 1 (Belt 1): no news", await _browser.GetStringAsync("/staff"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_safety_cue_that_stands_is_an_alert()
    {
        for (int i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1.2));
            _room.Model.Apply(_room.Live(1));
            _room.Model.Apply(_room.Next(1, millimeters: 1700));
            _room.Model.Tick();
        }

        Assert.Contains("Belt 1: Slow the belt down to 3.2 km/h or less", await _browser.GetStringAsync("/staff"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_assign_release_number_and_end()
    {
        string clip = RoomMaker.ClipOf(1);
        await DoAsync("assign", ("clip", clip), ("belt", "2"));
        Assert.Equal(2, _room.Book.Room.Clip(clip)!.Belt);
        Assert.Null(_room.Book.Room.Clip(RoomMaker.ClipOf(2))!.Belt);
        await DoAsync("assign", ("clip", clip));
        Assert.Null(_room.Book.Room.Clip(clip)!.Belt);
        await DoAsync("number", ("clip", clip), ("number", "77"));
        Assert.Equal(77, _room.Book.Room.Clip(clip)!.Number);
        await DoAsync("end", ("clip", clip));
        Assert.Equal((clip, ClipCommand.Stop), Assert.Single(_host.Sent.All));
    }

    [Fact]
    public async Task Belts_come_and_go_and_their_keys_change()
    {
        await DoAsync("add-belt");
        Assert.Equal([1, 2, 3], _room.Book.Room.Belts.Select(belt => belt.Number));
        string key = _room.Book.Room.Belt(3)!.Key;
        Assert.Matches("^[a-z2-9]{16}$", key);
        await DoAsync("renew-key", ("belt", "3"));
        Assert.NotEqual(key, _room.Book.Room.Belt(3)!.Key);
        await DoAsync("remove-belt", ("belt", "1"));
        Assert.Null(_room.Book.Room.Clip(RoomMaker.ClipOf(1))!.Belt);
        await DoAsync("add-belt");
        Assert.Equal([1, 2, 3], _room.Book.Room.Belts.Select(belt => belt.Number));
    }

    [Theory]
    [InlineData("number", "number", "2")]
    [InlineData("number", "number", "1000")]
    [InlineData("assign", "belt", "99")]
    [InlineData("retention", "days", "0")]
    [InlineData("retention", "days", "x")]
    public async Task What_cannot_be_is_said(string action, string field, string value)
    {
        using var answer = await PagesHost.SendFormAsync(_browser, "/staff", $"/staff/{action}",
            ("clip", RoomMaker.ClipOf(1)), (field, value));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Retention_is_a_setting()
    {
        Assert.Contains("value=\"30\"", await _browser.GetStringAsync("/staff"), StringComparison.Ordinal);
        await DoAsync("retention", ("days", "7"));
        Assert.Equal("7", await _room.Store.SettingAsync(RoomSettings.RetentionDays, CancellationToken.None));
    }

    [Fact]
    public async Task A_sheet_has_a_code_for_each_belt()
    {
        string html = await _browser.GetStringAsync("/staff/codes");
        Assert.Equal(2, html.Split("<svg ").Length - 1);
        Assert.Contains("Belt 2", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_the_broker_away_it_is_said_and_nothing_breaks()
    {
        _host.Sent.IsAway = true;
        using var answer = await PagesHost.SendFormAsync(_browser, "/staff", "/staff/end",
            ("clip", RoomMaker.ClipOf(1)));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("radio cannot be reached", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_there_is_a_user_staff_log_in_on_this_computer_too()
    {
        await _room.Store.KeepUserAsync(PasswordHashing.Make("anna", GymRole.Staff, "quite another one"),
            CancellationToken.None);
        using var answer = await _browser.GetAsync("/staff");
        Assert.Equal("/staff/login", answer.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await _browser.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task The_store_away_is_said_and_the_wall_goes_on()
    {
        _room.Model.Apply(_room.Live(1));
        _host.Hub.Pulse();
        _room.Store.IsAway = true;
        Assert.Equal(HttpStatusCode.OK, (await _browser.GetAsync("/api/v1/belts")).StatusCode);
        using var form = await _browser.GetAsync("/staff");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, form.StatusCode);
    }

    [Fact]
    public async Task Files_are_kept_by_their_version_and_asked_for_by_their_tag()
    {
        string html = await _browser.GetStringAsync("/");
        string address = html.Split("src=\"")[1].Split('"')[0];
        using var versioned = await _browser.GetAsync(address);
        Assert.Contains("immutable", versioned.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/assets/belt.js");
        using var plain = await _browser.GetAsync("/assets/belt.js");
        again.Headers.IfNoneMatch.Add(plain.Headers.ETag!);
        using var same = await _browser.SendAsync(again);
        Assert.Equal((true, HttpStatusCode.NotModified), (plain.Headers.CacheControl!.NoCache, same.StatusCode));
    }
}
