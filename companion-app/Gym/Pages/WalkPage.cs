using Backstep.Gym.Board;
using Backstep.Gym.Keeping;

namespace Backstep.Gym.Pages;

/// <summary>A walker's own walk, by its code: to fetch it, or to delete it.</summary>
internal sealed class WalkPage(IGymStore store, RoomDesk desk, TimeProvider time)
{
    // Ours: who copies a code from paper errs a few times; the codes themselves have 79 bits.
    private readonly Tries _guesses = new(free: 10, time);

    /// <summary>The question for a code.</summary>
    public static Task ShowAsync(HttpContext context) => AskAsync(context, StatusCodes.Status200OK, null);

    /// <summary>The walk of a code.</summary>
    public async Task FindAsync(HttpContext context)
    {
        var form = await PageForm.ReadAsync(context).ConfigureAwait(false);
        if (await WalkAsync(context, form).ConfigureAwait(false) is { } walk)
        {
            await TellAsync(context, walk, form.Text("code")).ConfigureAwait(false);
        }
    }

    /// <summary>What is wanted with it.</summary>
    public async Task DoAsync(HttpContext context)
    {
        var form = await PageForm.ReadAsync(context).ConfigureAwait(false);
        if (await WalkAsync(context, form).ConfigureAwait(false) is not { } walk)
        {
            return;
        }

        switch (context.Request.RouteValues["action"] as string)
        {
            case "json":
                await WalkExport.SendAsync(context, store, walk, isJson: true).ConfigureAwait(false);
                break;
            case "csv":
                await WalkExport.SendAsync(context, store, walk, isJson: false).ConfigureAwait(false);
                break;
            case "delete" when form.Text("sure") == "yes" && walk.EndedAt != null:
                await store.ForgetWalkAsync(walk, context.RequestAborted).ConfigureAwait(false);
                await desk.ReloadAsync(context.RequestAborted).ConfigureAwait(false);
                await AskAsync(context, StatusCodes.Status200OK, "walk.deleted").ConfigureAwait(false);
                break;
            case "delete":
                await TellAsync(context, walk, form.Text("code")).ConfigureAwait(false);
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    /// <summary>Whoever tries too often waits before anything is looked up: a right code is answered as late as a wrong
    /// one.</summary>
    private async Task<BeltWalk?> WalkAsync(HttpContext context, IFormCollection form)
    {
        string who = context.Connection.RemoteIpAddress?.ToString() ?? "";
        if (_guesses.Wait(who) > TimeSpan.Zero)
        {
            context.Response.Headers.RetryAfter = "60";
            await AskAsync(context, StatusCodes.Status429TooManyRequests, "walk.slow").ConfigureAwait(false);
            return null;
        }

        string code = string.Concat(form.Text("code").ToLowerInvariant().Where(char.IsAsciiLetterOrDigit).Take(64));
        var walk = await store.WalkOfCodeAsync(RoomDesk.Hash(code), context.RequestAborted).ConfigureAwait(false);
        if (walk == null)
        {
            _guesses.Fail(who);
            await AskAsync(context, StatusCodes.Status404NotFound, "walk.none").ConfigureAwait(false);
        }

        return walk;
    }

    private static async Task AskAsync(HttpContext context, int status, string? say)
    {
        var texts = PageShell.TextsOf(context);
        HtmlText said = say == null ? HtmlText.None : $"<p class=\"notice\" role=\"status\">{texts[say]}</p>";
        await PageShell.SendAsync(context, PageShell.Page(texts, texts["walk.title"], $"""
            <main class="narrow phone">
            <h1>{texts["walk.title"]}</h1>
            {said}
            <form method="post" action="/walk">{PageForm.Seal(context)}
            <label for="code">{texts["walk.code"]}</label>
            <input id="code" name="code" class="code" maxlength="40" autocomplete="off" autocapitalize="none"
             spellcheck="false" required>
            <button class="big go">{texts["walk.find"]}</button>
            </form>
            </main>
            """), status).ConfigureAwait(false);
    }

    private async Task TellAsync(HttpContext context, BeltWalk walk, string code)
    {
        var texts = PageShell.TextsOf(context);
        var session = await WalkExport.SessionAsync(store, walk, time.GetUtcNow(), context.RequestAborted)
            .ConfigureAwait(false);
        var totals = session.Summary.Totals;
        HtmlText hidden = $"{PageForm.Seal(context)}<input type=\"hidden\" name=\"code\" value=\"{code}\">";
        HtmlText delete = walk.EndedAt == null ? (HtmlText)$"<p>{texts["walk.open"]}</p>" : $"""
            <details><summary>{texts["walk.delete"]}</summary>
            <form method="post" action="/walk/delete">{hidden}<input type="hidden" name="sure" value="yes">
            <button class="big stop">{texts["walk.sure"]}</button></form></details>
            """;
        string begun = FormattableString.Invariant($"{walk.BegunAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
        var units = context.RequestServices.GetRequiredService<BoardModel>().Options.Units;
        await PageShell.SendAsync(context, PageShell.Page(texts, texts["walk.title"], $"""
            <main class="narrow phone">
            <h1>{texts["walk.title"]}</h1>
            <dl class="facts">
            <div><dt>{texts["walk.when"]}</dt><dd>{begun}</dd></div>
            <div><dt>{texts["walk.minutes"]}</dt><dd>{PageShell.Clock((int)totals.Active.TotalSeconds)}</dd></div>
            <div><dt>{texts["walk.strides"]}</dt><dd>{totals.Strides}</dd></div>
            <div><dt>{texts["walk.distance"]}</dt>
            <dd>{(totals.DistanceMeters is { } meters ? units.Distance(meters) : "–")}</dd></div>
            </dl>
            <form method="post" action="/walk/json">{hidden}<button class="big">{texts["walk.json"]}</button></form>
            <form method="post" action="/walk/csv">{hidden}<button class="big">{texts["walk.csv"]}</button></form>
            {delete}
            </main>
            """)).ConfigureAwait(false);
    }
}
