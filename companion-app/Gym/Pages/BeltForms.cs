using Backstep.Gym.Board;
using Backstep.Gym.Keeping;

namespace Backstep.Gym.Pages;

/// <summary>The forms of a belt's page, each for one state of a walk.</summary>
internal sealed class BeltForms(Texts texts, string address, HtmlText seal)
{
    // Ours: what is tried first (Dose.StepsMinutes begins at 3).
    private const int UsualMinutes = 5;

    /// <summary>Nobody walks by this phone.</summary>
    public HtmlText Begin(bool isTaken)
    {
        HtmlText taken = isTaken ? $"<p class=\"notice\">{texts["phone.other"]}</p>" : HtmlText.None;
        return $"""
            {taken}
            <p>{texts["phone.who"]}</p>
            <form method="post" action="{address}/begin">{seal}
            {Fields(null, TimeSpan.FromMinutes(UsualMinutes), isOnWall: false)}
            <button class="big go">{texts["phone.begin"]}</button>
            </form>
            <p class="quiet">{texts["phone.belt"]}</p>
            """;
    }

    /// <summary>A walk goes on.</summary>
    public HtmlText Walking(BeltWalk walk, BeltView? belt)
    {
        bool isPaused = belt?.State == "paused";
        string pause = isPaused ? "resume" : "pause";
        return $"""
            <div class="pair">
            <form method="post" action="{address}/{pause}">{seal}
            <button class="big">{texts["phone." + pause]}</button></form>
            <form method="post" action="{address}/stop">{seal}
            <button class="big stop">{texts["phone.stop"]}</button></form>
            </div>
            <p class="quiet">{texts["phone.belt"]}</p>
            <details><summary>{texts["phone.change"]}</summary>
            <form method="post" action="{address}/change">{seal}
            {Fields(walk.Nickname, walk.Target, walk.IsOnWall)}
            <button class="big">{texts["phone.save"]}</button>
            </form></details>
            """;
    }

    /// <summary>The walk is over.</summary>
    public HtmlText Over(BeltWalk walk, string code, string host) => $"""
        <p class="done">{texts["phone.done"]}{Comma(walk.Nickname)}</p>
        <p>{texts["phone.code"]}</p>
        <p class="code">{Grouped(code)}</p>
        <p>{texts.Of("phone.code.why", host + "/walk")}</p>
        <p><a class="button" href="/walk">{texts["walk.title"]}</a></p>
        <form method="post" action="{address}/again">{seal}
        <button class="big go">{texts["phone.again"]}</button></form>
        """;

    /// <summary>A code in groups of four, to be read and typed.</summary>
    public static string Grouped(string code) => string.Join('-', code.Chunk(4).Select(four => new string(four)));

    private HtmlText Fields(string? nickname, TimeSpan? target, bool isOnWall)
    {
        HtmlText wall = isOnWall ? HtmlText.Made(" checked") : HtmlText.None;
        string minutes = target is { } set ? FormattableString.Invariant($"{(int)set.TotalMinutes}") : "";
        return $"""
            <label for="minutes">{texts["phone.minutes"]}</label>
            <input id="minutes" name="minutes" type="number" inputmode="numeric" value="{minutes}"
             min="{RoomDesk.LeastMinutes}" max="{RoomDesk.MostMinutes}" aria-describedby="advice">
            <p id="advice" class="quiet">{texts["phone.advice"]}</p>
            <label for="nickname">{texts["phone.nickname"]}</label>
            <input id="nickname" name="nickname" maxlength="{RoomText.LongestNickname}" autocomplete="off"
             value="{nickname}">
            <label class="check"><input type="checkbox" name="wall" value="yes"{wall}> {texts["phone.wall"]}</label>
            """;
    }

    private static HtmlText Comma(string? nickname) =>
        nickname == null ? HtmlText.None : $", <bdi>{nickname}</bdi>";
}
