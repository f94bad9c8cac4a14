using System.Text.Json;

namespace Backstep.Gym.Pages;

/// <summary>The wall: a frame, which a script fills from the stream of events.</summary>
internal static class WallPage
{
    private static readonly string[] Prefixes = ["wall.", "belt", "state.", "say.", "stale", "link.", "battery.",
        "left", "walked", "over", "toes", "cadence", "speed", "incline", "rails.", "rhythm.", "mark"];

    /// <summary>The page.</summary>
    public static async Task SendAsync(HttpContext context)
    {
        var texts = PageShell.TextsOf(context);
        if (!await MayAsync(context).ConfigureAwait(false))
        {
            await PageShell.ProblemAsync(context, StatusCodes.Status401Unauthorized, "error.token")
                .ConfigureAwait(false);
            return;
        }

        if (context.Request.Query.ContainsKey("token"))
        {
            PageShell.GoTo(context, "/"); // out of the address, the history and over the shoulder
            return;
        }

        await PageShell.SendAsync(context, PageShell.Page(texts, texts["wall.title"], $"""
            <header class="wall-head">
            <h1>{texts["wall.title"]}</h1>
            <p id="simulated" class="simulated" hidden>{texts["wall.simulated"]}</p>
            <p id="trouble" class="trouble" role="status" hidden></p>
            <p id="clock" class="wall-clock" aria-hidden="true"></p>
            </header>
            <main id="belts" class="belts" aria-label="{texts["wall.belts"]}"></main>
            <p id="none" class="none" hidden>{texts["wall.none"]}</p>
            <p id="say" class="unseen" role="status"></p>
            <noscript><p class="none">{texts["wall.noscript"]}</p></noscript>
            {Data(texts)}
            """, style: "wall.css", script: "wall.js")).ConfigureAwait(false);
    }

    /// <summary>The stream of all belts.</summary>
    public static async Task StreamAsync(HttpContext context)
    {
        if (!await MayAsync(context).ConfigureAwait(false))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var services = context.RequestServices;
        await ActivatorUtilities.CreateInstance<EventStream>(services).SendAsync(context, belt: null)
            .ConfigureAwait(false);
    }

    /// <summary>The texts that a script needs, where it finds them: data, which no browser runs.</summary>
    public static HtmlText Data(Texts texts)
    {
        IReadOnlyDictionary<string, string> some = texts.Items
            .Where(one => Array.Exists(Prefixes, prefix => one.Key.StartsWith(prefix, StringComparison.Ordinal)))
            .ToDictionary(one => one.Key, one => one.Value, StringComparer.Ordinal);

        // The serialiser escapes '<': nothing in a text ends the element.
        return HtmlText.Made("<script type=\"application/json\" id=\"texts\">"
            + JsonSerializer.Serialize(some, PagesJson.Default.IReadOnlyDictionaryStringString) + "</script>");
    }

    private static Task<bool> MayAsync(HttpContext context) =>
        context.RequestServices.GetRequiredService<BoardGate>().MayLookAsync(context);
}
