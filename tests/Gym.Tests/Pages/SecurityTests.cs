using System.Net;
using System.Net.Sockets;
using System.Text;
using Backstep.Gym.Board;
using Backstep.Gym.Keeping;
using Backstep.Gym.Pages;
using Backstep.Gym.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Gym.Tests.Pages;

/// <summary>What somebody tries, and what comes of it. threats.md names these tests.</summary>
public sealed class SecurityTests : IAsyncDisposable
{
    private const string Password = "correct horse battery";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 18, 0, 0, TimeSpan.Zero));
    private readonly RoomMaker _room;
    private PagesHost? _host;

    public SecurityTests() => _room = new RoomMaker(_time, belts: 2);

    private async Task<PagesHost> HostAsync(bool isOnNetwork = true, PagesOptions? options = null)
    {
        await _room.Store.KeepUserAsync(PasswordHashing.Make("anna", GymRole.Staff, Password),
            CancellationToken.None);
        await _room.Store.KeepSettingAsync(RoomSettings.BoardToken, RoomDesk.Hash("right-token"),
            CancellationToken.None);
        return _host ??= await PagesHost.StartAsync(_room, _time,
            (options ?? new PagesOptions()) with { IsOnNetwork = isOnNetwork });
    }

    public async ValueTask DisposeAsync()
    {
        if (_host != null)
        {
            await _host.DisposeAsync();
        }
    }

    private static Task<HttpResponseMessage> LogInAsync(HttpClient browser, string name = "anna",
        string password = Password) =>
        PagesHost.SendFormAsync(browser, "/staff/login", "/staff/login", ("name", name), ("password", password));

    [Theory]
    [InlineData("/")]
    [InlineData("/staff/login")]
    [InlineData("/walk")]
    [InlineData("/nothing/here")]
    [InlineData("/api/v1/belts")]
    public async Task Every_answer_has_the_headers(string path)
    {
        var host = await HostAsync(isOnNetwork: false);
        using var answer = await host.Browser().GetAsync(path);
        string policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Cross-Origin-Opener-Policy").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task No_page_has_inline_script_or_style()
    {
        var host = await HostAsync(isOnNetwork: false);
        var browser = host.Browser();
        using var staff = await LogInAsync(browser);
        foreach (string path in new[] { "/", "/staff", "/staff/codes", "/walk", $"/belt/1/{RoomMaker.KeyOf(1)}" })
        {
            string html = await browser.GetStringAsync(path);
            Assert.DoesNotMatch("<style|style=|<script(?![^>]*(src=|application/json))| on[a-z]+=", html);
        }
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("127.0.0.1:8080", true)]
    [InlineData("[::1]:80", true)]
    [InlineData("board.example", true)]
    [InlineData("evil.example", false)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("board.example.evil.example", false)]
    public async Task Only_our_own_names_are_answered(string name, bool isAnswered)
    {
        var host = await HostAsync(isOnNetwork: false, new PagesOptions { AllowedHosts = ["board.example"] });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/walk") { Headers = { Host = name } };
        using var answer = await host.Browser().SendAsync(request);
        Assert.Equal(isAnswered ? HttpStatusCode.OK : HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("/assets/../Texts.json")]
    [InlineData("/assets/%2e%2e/Texts.json")]
    [InlineData("/assets/..%2fTexts.json")]
    [InlineData("/assets/%5c..%5cwall.js")]
    [InlineData("/assets//etc/passwd")]
    [InlineData("//evil.example/")]
    [InlineData("/staff/..;/staff")]
    [InlineData("/%00")]
    public async Task Tricks_with_paths_lead_nowhere(string path)
    {
        var host = await HostAsync();
        string answer = await RawAsync(host, $"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.Matches("^HTTP/1.1 40[04] ", answer);
        Assert.DoesNotContain("passwd", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_too_large_or_no_request_is_refused()
    {
        var host = await HostAsync();
        Assert.StartsWith("HTTP/1.1 405", await RawAsync(host,
            "DELETE /staff HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 4", await RawAsync(host, "POST /walk HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 900000\r\nConnection: close\r\n\r\n"),
            StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 431", await RawAsync(host, "GET / HTTP/1.1\r\nHost: localhost\r\nX: "
            + new string('x', 40_000) + "\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_not_ours_changes_nothing()
    {
        var host = await HostAsync();
        var browser = host.Browser();
        using var staff = await LogInAsync(browser);
        foreach (string action in new[] { "/staff/add-belt", "/staff/renew-token", "/staff/logout", "/walk",
            $"/belt/1/{RoomMaker.KeyOf(1)}/begin" })
        {
            using var bare = await browser.PostAsync(action, new FormUrlEncodedContent([]));
            Assert.Equal(HttpStatusCode.BadRequest, bare.StatusCode);
            using var wrong = await browser.PostAsync(action, new FormUrlEncodedContent(
                [KeyValuePair.Create("seal", "CfDJ8wrong")]));
            Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
            using var json = await browser.PostAsync(action, new StringContent("{}", Encoding.UTF8, "text/plain"));
            Assert.Equal(HttpStatusCode.BadRequest, json.StatusCode);
        }

        Assert.Equal(2, (await _room.Store.BeltsAsync(CancellationToken.None)).Count);
        Assert.Empty(host.Sent.All);
    }

    [Fact]
    public async Task A_seal_of_somebody_else_does_not_fit()
    {
        var host = await HostAsync();
        var victim = host.Browser();
        using var staff = await LogInAsync(victim);
        string page = await host.Browser().GetStringAsync("/staff/login");
        string seal = page.Split("name=\"seal\" value=\"")[1].Split('"')[0];
        using var answer = await victim.PostAsync("/staff/add-belt",
            new FormUrlEncodedContent([KeyValuePair.Create("seal", seal)]));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Names_from_the_air_and_from_phones_stay_text()
    {
        const string evil = "<script>alert(1)</script>\"'&\u202E";
        var host = await HostAsync(isOnNetwork: false);
        var browser = host.Browser();
        _time.Advance(TimeSpan.FromSeconds(1));
        _room.Model.Apply(_room.Live(1) with { Name = evil, Firmware = "<img src=x onerror=x>" });
        await _room.Desk.BeginWalkAsync(1, "<b onclick=x>Mo", null, isOnWall: true, "hash", CancellationToken.None);
        using var staff = await LogInAsync(browser);
        using var phone = await PagesHost.SendFormAsync(browser, $"/belt/2/{RoomMaker.KeyOf(2)}",
            $"/belt/2/{RoomMaker.KeyOf(2)}/begin", ("nickname", evil), ("wall", "yes"));
        host.Hub.Pulse();
        string[] pages =
        [
            await browser.GetStringAsync("/staff"), await browser.GetStringAsync($"/belt/2/{RoomMaker.KeyOf(2)}"),
            await browser.GetStringAsync("/api/v1/belts"),
        ];
        Assert.All(pages, html => Assert.DoesNotMatch("<script>alert|<b onclick|<img src=x|\u202E", html));
        Assert.Contains("&lt;script&gt;", pages[0], StringComparison.Ordinal);
        Assert.Contains("\\u003Cb onclick", pages[2], StringComparison.Ordinal);
        using var events = await EventReader.OpenAsync(host);
        Assert.All(await events.UntilAsync(3), one => Assert.DoesNotContain('<', one.Data));
    }

    [Fact]
    public async Task Without_a_token_a_board_on_the_network_shows_nothing()
    {
        var host = await HostAsync();
        var browser = host.Browser();
        foreach (string path in new[] { "/", "/events", "/api/v1/belts", "/api/v1/belts/1", "/?token=wrong",
            "/events?token=wrong" })
        {
            using var answer = await browser.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_token_becomes_a_strict_cookie_and_leaves_the_address()
    {
        var host = await HostAsync();
        var browser = host.Browser();
        using var first = await browser.GetAsync("/?token=right-token");
        Assert.Equal("/", first.Headers.Location?.OriginalString);
        string cookie = first.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
        Assert.Contains("Walking backward", await browser.GetStringAsync("/"), StringComparison.Ordinal);
        using var api = new HttpRequestMessage(HttpMethod.Get, "/api/v1/belts");
        api.Headers.Add("Authorization", "Bearer right-token");
        using var belts = await host.Browser().SendAsync(api);
        Assert.Equal(HttpStatusCode.OK, belts.StatusCode);
    }

    [Fact]
    public async Task A_board_token_can_look_and_nothing_else()
    {
        var host = await HostAsync();
        var wall = host.Browser();
        using var first = await wall.GetAsync("/?token=right-token");
        using var page = await wall.GetAsync("/staff");
        Assert.Equal("/staff/login", page.Headers.Location?.OriginalString);
        foreach (string action in new[] { "add-belt", "assign", "end", "renew-token", "retention" })
        {
            using var answer = await PagesHost.SendFormAsync(wall, "/staff/login", $"/staff/{action}",
                ("clip", RoomMaker.ClipOf(1)), ("belt", "2"), ("days", "1"));
            Assert.Equal("/staff/login", answer.Headers.Location?.OriginalString);
        }

        Assert.Empty(host.Sent.All);
        Assert.Equal(2, (await _room.Store.BeltsAsync(CancellationToken.None)).Count);
        Assert.Null(await _room.Store.SettingAsync(RoomSettings.RetentionDays, CancellationToken.None));
    }

    [Fact]
    public async Task A_renewed_token_shuts_out_the_old_one()
    {
        var host = await HostAsync();
        var browser = host.Browser();
        using var staff = await LogInAsync(browser);
        using var made = await PagesHost.SendFormAsync(browser, "/staff", "/staff/renew-token");
        string token = (await made.Content.ReadAsStringAsync()).Split("?token=")[1].Split('<')[0];
        using var old = await host.Browser().GetAsync("/?token=right-token");
        Assert.Equal(HttpStatusCode.Unauthorized, old.StatusCode);
        using var fresh = await host.Browser().GetAsync($"/?token={token}");
        Assert.Equal(HttpStatusCode.SeeOther, fresh.StatusCode);
        Assert.DoesNotContain(token, await _room.Store.SettingAsync(RoomSettings.BoardToken, CancellationToken.None),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_five_wrong_tries_each_waits_longer()
    {
        var host = await HostAsync();
        var browser = host.Browser();
        for (int i = 0; i < 5; i++)
        {
            using var wrong = await LogInAsync(browser, password: "wrong");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var soon = await LogInAsync(browser);
        Assert.Equal(HttpStatusCode.TooManyRequests, soon.StatusCode);
        _time.Advance(TimeSpan.FromSeconds(2));
        using var again = await LogInAsync(browser, password: "wrong");
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
        _time.Advance(TimeSpan.FromSeconds(1.5));
        using var longer = await LogInAsync(browser);
        Assert.Equal(HttpStatusCode.TooManyRequests, longer.StatusCode);
        _time.Advance(TimeSpan.FromSeconds(60));
        using var right = await LogInAsync(browser);
        Assert.Equal("/staff", right.Headers.Location?.OriginalString);
    }

    [Fact]
    public void Tries_of_one_user_count_from_every_address()
    {
        var tries = new Tries(free: 5, _time);
        for (int i = 0; i < 40; i++)
        {
            tries.Fail("anna");
        }

        Assert.Equal(TimeSpan.FromMinutes(15), tries.Wait("anna"));
        Assert.Equal(TimeSpan.Zero, tries.Wait("bert"));
        for (int i = 0; i < 30_000; i++)
        {
            tries.Fail($"10.0.{i}");
        }

        Assert.Equal(TimeSpan.Zero, tries.Wait("10.0.1")); // bounded: the oldest is forgotten
    }

    [Fact]
    public async Task An_unknown_name_is_answered_as_a_wrong_password_is()
    {
        var host = await HostAsync();
        using var wrong = await LogInAsync(host.Browser(), password: "wrong");
        using var unknown = await LogInAsync(host.Browser(), name: "nobody-here");
        Assert.Equal(wrong.StatusCode, unknown.StatusCode);
        Assert.Equal(await BareAsync(wrong), await BareAsync(unknown));

        // And as long: both hash once. Counted, not timed.
        Assert.False(PasswordHashing.IsRight(null, Password));

        static async Task<string> BareAsync(HttpResponseMessage answer) =>
            (await answer.Content.ReadAsStringAsync()).Split("name=\"seal\"")[0];
    }

    [Fact]
    public async Task A_session_is_strict_slides_and_ends_with_the_password()
    {
        var host = await HostAsync();
        var browser = host.Browser();
        using var staff = await LogInAsync(browser);
        string cookie = staff.Headers.GetValues("Set-Cookie").Single(one =>
            one.StartsWith(StaffGate.Scheme, StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromHours(8));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/staff")).StatusCode);
        _time.Advance(TimeSpan.FromHours(8));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/staff")).StatusCode);
        await _room.Store.KeepUserAsync(PasswordHashing.Make("anna", GymRole.Staff, "another one"),
            CancellationToken.None);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.GetAsync("/staff")).StatusCode);
    }

    [Fact]
    public async Task A_session_that_is_not_used_ends()
    {
        var host = await HostAsync();
        var browser = host.Browser();
        using var staff = await LogInAsync(browser);
        _time.Advance(TimeSpan.FromHours(12.1));
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.GetAsync("/staff")).StatusCode);
    }

    [Fact]
    public async Task A_cookie_that_was_brought_along_is_never_taken_over()
    {
        var host = await HostAsync();
        var one = host.Browser();
        using var first = await LogInAsync(one);
        var two = host.Browser();
        using var second = await LogInAsync(two);
        Assert.NotEqual(Ticket(first), Ticket(second));
        using var forged = new HttpRequestMessage(HttpMethod.Get, "/staff");
        forged.Headers.Add("Cookie", $"{StaffGate.Scheme}={Ticket(first)[..^8]}AAAAAAAA");
        using var answer = await host.Browser().SendAsync(forged);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);

        static string Ticket(HttpResponseMessage answer) => answer.Headers.GetValues("Set-Cookie")
            .Single(cookie => cookie.StartsWith(StaffGate.Scheme, StringComparison.Ordinal)).Split('=', ';')[1];
    }

    [Theory]
    [InlineData("?ReturnUrl=https://evil.example")]
    [InlineData("?returnUrl=//evil.example")]
    [InlineData("?next=https://evil.example")]
    public async Task Nobody_is_sent_to_another_place(string query)
    {
        var host = await HostAsync();
        using var answer = await PagesHost.SendFormAsync(host.Browser(), "/staff/login", "/staff/login" + query,
            ("name", "anna"), ("password", Password), ("ReturnUrl", "https://evil.example"));
        Assert.Equal("/staff", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_wrong_belt_key_is_like_any_address_that_leads_nowhere()
    {
        var host = await HostAsync();
        var browser = host.Browser();
        using var nothing = await browser.GetAsync("/nothing");
        using var wrong = await browser.GetAsync("/belt/1/wrongwrongwrong1");
        using var none = await browser.GetAsync($"/belt/99/{RoomMaker.KeyOf(1)}");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (wrong.StatusCode, none.StatusCode));
        Assert.Equal(await nothing.Content.ReadAsStringAsync(), await wrong.Content.ReadAsStringAsync());
        Assert.Equal(await nothing.Content.ReadAsStringAsync(), await none.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Who_guesses_belt_keys_is_slowed_down()
    {
        var host = await HostAsync();
        var browser = host.Browser();
        for (int i = 0; i < 20; i++)
        {
            using var wrong = await browser.GetAsync($"/belt/1/guess{i}");
            Assert.Equal(HttpStatusCode.NotFound, wrong.StatusCode);
        }

        using var right = await browser.GetAsync($"/belt/1/{RoomMaker.KeyOf(1)}");
        Assert.Equal(HttpStatusCode.TooManyRequests, right.StatusCode);
        _time.Advance(TimeSpan.FromSeconds(2));
        using var later = await browser.GetAsync($"/belt/1/{RoomMaker.KeyOf(1)}");
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task Who_guesses_walk_codes_is_slowed_down_before_anything_is_looked_up()
    {
        var host = await HostAsync();
        await _room.Desk.BeginWalkAsync(1, "Mo", null, isOnWall: false, RoomDesk.Hash("rightrightright2"),
            CancellationToken.None);
        var browser = host.Browser();
        for (int i = 0; i < 10; i++)
        {
            using var wrong = await PagesHost.SendFormAsync(browser, "/walk", "/walk", ("code", $"guess{i}"));
            Assert.Equal(HttpStatusCode.NotFound, wrong.StatusCode);
        }

        using var right = await PagesHost.SendFormAsync(browser, "/walk", "/walk", ("code", "rightrightright2"));
        using var file = await PagesHost.SendFormAsync(browser, "/walk", "/walk/json", ("code", "rightrightright2"));
        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests),
            (right.StatusCode, file.StatusCode));
    }

    [Fact]
    public async Task Only_a_named_proxy_says_who_asks()
    {
        var host = await HostAsync(options: new PagesOptions { TrustedProxies = [IPAddress.Parse("192.0.2.1")] });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/staff/login");
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var answer = await host.Browser().SendAsync(request);
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Under_TLS_browsers_are_told_to_stay_there()
    {
        var host = await HostAsync(options: new PagesOptions { TrustedProxies = [IPAddress.Loopback] });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/staff/login");
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var answer = await host.Browser().SendAsync(request);
        Assert.Equal("max-age=31536000", answer.Headers.GetValues("Strict-Transport-Security").Single());
        Assert.Contains("secure", answer.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
    }

    private static async Task<string> RawAsync(PagesHost host, string request)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, host.Address.Port, limit.Token);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), limit.Token);
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync(limit.Token);
    }
}
