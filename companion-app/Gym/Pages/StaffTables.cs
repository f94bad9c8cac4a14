using Backstep.Gym.Board;
using Backstep.Gym.Keeping;
using Backstep.Gym.Messages;

namespace Backstep.Gym.Pages;

/// <summary>The parts of the staff page.</summary>
internal sealed class StaffTables(Texts texts, Room room, HtmlText seal)
{
    // Ours, from what phones call bars: Bluetooth receivers end near -95 dBm.
    private const int StrongDbm = -67, WeakDbm = -82;

    public HtmlText LogOut() =>
        $"<form method=\"post\" action=\"/staff/logout\">{seal}<button>{texts["login.out"]}</button></form>";

    public HtmlText Alerts(IReadOnlyList<string> alerts)
    {
        HtmlText list = alerts.Count == 0 ? (HtmlText)$"<p class=\"quiet\">{texts["staff.noalerts"]}</p>"
            : $"<ul class=\"alerts\">{HtmlText.All(alerts.Select(one => (HtmlText)$"<li>{one}</li>"))}</ul>";
        return $"<section><h2>{texts["staff.alerts"]}</h2>{list}</section>";
    }

    public HtmlText Clips(IReadOnlyList<ClipView> clips)
    {
        HtmlText cards = clips.Count == 0 ? (HtmlText)$"<p class=\"quiet\">{texts["staff.noclips"]}</p>"
            : $"<ul class=\"cards\">{HtmlText.All(clips.Select(Clip))}</ul>";
        return $"<section><h2>{texts["staff.clips"]}</h2>{cards}</section>";
    }

    public HtmlText Belts()
    {
        var rows = HtmlText.All(room.Belts.Select(Belt));
        return $"""
            <section><h2>{texts["staff.belts"]}</h2>
            <ul class="cards">{rows}</ul>
            {Button("add-belt", "staff.add", HtmlText.None, texts["staff.add"])}
            </section>
            """;
    }

    public HtmlText Gateways(IReadOnlyList<GatewayView> gateways)
    {
        HtmlText rows = gateways.Count == 0 ? (HtmlText)$"<p class=\"quiet\">{texts["staff.nogateways"]}</p>"
            : $"<ul class=\"cards\">{HtmlText.All(gateways.Select(Gateway))}</ul>";
        return $"<section><h2>{texts["staff.gateways"]}</h2>{rows}</section>";
    }

    public HtmlText Settings(int days) => $"""
        <section><h2>{texts["staff.settings"]}</h2>
        <form method="post" action="/staff/retention" class="row">{seal}
        <label for="days">{texts["staff.retention"]}</label>
        <input id="days" name="days" type="number" min="1" max="3650" value="{days}" required>
        <button>{texts["staff.set"]}</button></form>
        <div class="row"><p>{texts["staff.token"]}: <span class="quiet">{texts["staff.token.why"]}</span></p>
        {Button("renew-token", "staff.token.renew", HtmlText.None, texts["staff.token"])}</div>
        </section>
        """;

    private HtmlText Clip(ClipView clip)
    {
        string name = StaffAlerts.Name(clip, texts);
        HtmlText which = $"<input type=\"hidden\" name=\"clip\" value=\"{clip.Clip}\">";
        HtmlText simulated = !clip.IsSimulated ? HtmlText.None
            : $" <span class=\"tag\">{texts["staff.simulated"]}</span>";
        string state = clip.Link == null || clip.IsSilent ? texts["stale"]
            : clip.Link == ClipLive.Up ? texts["state." + (clip.State ?? "idle")] : texts["link." + clip.Link];
        return $"""
            <li class="card"><h3>{name}{simulated}</h3>
            <dl class="facts">
            {Fact("staff.state", state, clip.IsSilent || clip.IsLost)}
            {Fact("staff.battery", clip.BatteryPercent is { } percent ? $"{percent} %" : "–", clip.IsBatteryLow)}
            {Fact("staff.signal", Signal(clip.SignalDbm), clip.SignalDbm < WeakDbm)}
            {Fact("staff.seen", clip.SilentFor is { } ago ? Ago(ago) : texts["staff.never"], false)}
            {Fact("staff.firmware", clip.Firmware ?? "–", false)}
            {Fact("staff.gateway", clip.Gateway ?? "–", false)}
            {Fact("login.name", clip.Name ?? clip.Clip, false)}
            </dl>
            <div class="row">
            <form method="post" action="/staff/number">{seal}{which}
            <label>{texts["staff.number"]}
            <input name="number" type="number" min="1" max="{RoomDesk.MostNumber}" value="{Plain(clip.Number)}"></label>
            <button aria-label="{texts["staff.set"]}: {name}">{texts["staff.set"]}</button></form>
            <form method="post" action="/staff/assign">{seal}{which}
            <label>{texts["staff.belt"]} <select name="belt">{Choices(clip.Belt)}</select></label>
            <button aria-label="{texts["staff.assign"]}: {name}">{texts["staff.assign"]}</button></form>
            {(clip.Belt == null ? HtmlText.None : Button("assign", "staff.release", which, name))}
            {(clip.State is "active" or "paused" ? Button("end", "staff.end", which, name) : HtmlText.None)}
            </div></li>
            """;
    }

    private HtmlText Belt(RoomBelt belt)
    {
        string name = texts.Of("belt", belt.Number);
        HtmlText which = $"<input type=\"hidden\" name=\"belt\" value=\"{belt.Number}\">";
        string clips = string.Join(", ", room.ClipsOf(belt.Number).Select(clip =>
            $"{texts["staff.clip"]} {(clip.Number == null ? clip.Clip : Plain(clip.Number))}"));
        return $"""
            <li class="card"><h3>{name}</h3>
            <p>{(clips.Length == 0 ? texts["state.free"] : clips)}</p>
            <div class="row"><a class="button" href="/belt/{belt.Number}/{belt.Key}"
             aria-label="{texts["staff.open"]}: {name}">{texts["staff.open"]}</a>
            {Button("renew-key", "staff.renew", which, name)}
            {Button("remove-belt", "staff.remove", which, name)}</div></li>
            """;
    }

    private HtmlText Gateway(GatewayView one)
    {
        var status = one.Status;
        string follows = texts.Of("staff.follows", Count(status.ClipsFollowed), Count(status.ClipsWaiting));
        bool isThere = status.State == GatewayStatus.Online;
        return $"""
            <li class="card"><h3>{status.Gateway}</h3><dl class="facts">
            {Fact("staff.state", texts[isThere ? "staff.online" : "staff.offline"], !isThere)}
            {Fact("staff.clips", follows, false)}
            {Fact("staff.outbox", texts.Of("staff.waiting", Count(status.BatchesWaiting)), false)}
            {Fact("staff.firmware", RoomText.Name(status.Software, RoomText.LongestName) ?? "–", false)}
            </dl></li>
            """;
    }

    private HtmlText Fact(string label, string value, bool isBad)
    {
        HtmlText mark = isBad ? HtmlText.Made(" class=\"bad\"") : HtmlText.None;
        return $"<div{mark}><dt>{texts[label]}</dt><dd><bdi>{value}</bdi></dd></div>";
    }

    private HtmlText Button(string action, string text, HtmlText fields, string about) => $"""
        <form method="post" action="/staff/{action}">{seal}{fields}
        <button aria-label="{texts[text]}: {about}">{texts[text]}</button></form>
        """;

    private HtmlText Choices(int? chosen)
    {
        HtmlText none = $"<option value=\"\">{texts["staff.free"]}</option>";
        return HtmlText.All(room.Belts.Select(belt =>
        {
            HtmlText mark = belt.Number == chosen ? HtmlText.Made(" selected") : HtmlText.None;
            return (HtmlText)$"<option value=\"{belt.Number}\"{mark}>{belt.Number}</option>";
        }).Prepend(none));
    }

    private string Signal(int? dbm) => dbm switch
    {
        null => "–",
        >= StrongDbm => texts["signal.good"],
        >= WeakDbm => texts["signal.fair"],
        _ => texts["signal.weak"],
    };

    private string Ago(TimeSpan ago) => ago < BoardOptions.Stale ? texts["staff.now"] : texts.Of("staff.ago",
        ago.TotalMinutes < 2 ? Plain((int)ago.TotalSeconds) + " s"
            : ago.TotalHours < 2 ? Plain((int)ago.TotalMinutes) + " min" : Plain((int)ago.TotalHours) + " h");

    private static string Count(long? number) => FormattableString.Invariant($"{number ?? 0}");

    private static string Plain(int? number) => FormattableString.Invariant($"{number}");
}
