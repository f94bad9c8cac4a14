using System.Globalization;

namespace Backstep.Gym.Pages;

/// <summary>What all pages have around them.</summary>
internal static class PageShell
{
    private const string LanguageCookie = "backstep-language";

    /// <summary>The texts that whoever asks wants.</summary>
    public static Texts TextsOf(HttpContext context)
    {
        string? asked = context.Request.Query["lang"].FirstOrDefault();
        if (asked != null && Texts.Languages.Any(one => one.Language == asked))
        {
            context.Response.Cookies.Append(LanguageCookie, asked, new CookieOptions
            {
                HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, IsEssential = true,
            });
        }

        return Texts.For(context.RequestServices.GetRequiredService<PagesOptions>().Language,
            asked ?? context.Request.Cookies[LanguageCookie], context.Request.Headers.AcceptLanguage);
    }

    /// <summary>A page.</summary>
    /// <param name="texts">Its language.</param>
    /// <param name="title">Its title.</param>
    /// <param name="body">What is in it.</param>
    /// <param name="style">A file of styles besides the common one; null for none.</param>
    /// <param name="script">A module; null for none.</param>
    public static HtmlText Page(Texts texts, string title, HtmlText body, string? style = null, string? script = null)
    {
        HtmlText styled = style == null ? HtmlText.None
            : $"<link rel=\"stylesheet\" href=\"{PageAssets.Url(style)}\">\n";
        HtmlText scripted = script == null ? HtmlText.None
            : $"<script type=\"module\" src=\"{PageAssets.Url(script)}\"></script>\n";
        return $"""
            <!doctype html>
            <html lang="{texts.Language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{title}</title>
            <link rel="icon" href="{PageAssets.Url("icon.svg")}">
            <link rel="stylesheet" href="{PageAssets.Url("page.css")}">
            {styled}{scripted}</head>
            <body>
            {body}
            </body>
            </html>
            """;
    }

    /// <summary>Sends it.</summary>
    public static Task SendAsync(HttpContext context, HtmlText page, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask
            : context.Response.WriteAsync(page.ToString(), context.RequestAborted);
    }

    /// <summary>Says what went wrong, and nothing of the inside.</summary>
    public static Task ProblemAsync(HttpContext context, int status, string text, string? detail = null)
    {
        var texts = TextsOf(context);
        HtmlText more = detail == null ? HtmlText.None : $"<p>{detail}</p>";
        return SendAsync(context, Page(texts, texts["error.title"], $"""
            <main class="narrow">
            <h1>{texts[text]}</h1>
            {more}
            </main>
            """), status);
    }

    /// <summary>On to another page of ours; never to an address that somebody sent.</summary>
    public static void GoTo(HttpContext context, string path)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = path;
    }

    /// <summary>mm:ss.</summary>
    public static string Clock(int seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}");
}
