using System.Globalization;
using System.Text.Json;
using Backstep.Gym.Board;

namespace Backstep.Gym.Pages;

/// <summary>The belts as JSON, for whoever may look at the board.</summary>
internal static class BeltsApi
{
    /// <summary>All.</summary>
    public static async Task AllAsync(HttpContext context)
    {
        if (await MayAsync(context).ConfigureAwait(false))
        {
            var model = context.RequestServices.GetRequiredService<BoardModel>();
            var texts = PageShell.TextsOf(context);
            await SendAsync(context, JsonSerializer.SerializeToUtf8Bytes(
                new BeltsJson([.. model.Belts().Select(one => BeltJson.From(one.View, texts, model.Options))]),
                PagesJson.Default.BeltsJson)).ConfigureAwait(false);
        }
    }

    /// <summary>One.</summary>
    public static async Task OneAsync(HttpContext context)
    {
        if (!await MayAsync(context).ConfigureAwait(false))
        {
            return;
        }

        var model = context.RequestServices.GetRequiredService<BoardModel>();
        int number = int.Parse((string)context.Request.RouteValues["number"]!, CultureInfo.InvariantCulture);
        if (model.Belt(number) is not { } belt)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await SendAsync(context, JsonSerializer.SerializeToUtf8Bytes(
            BeltJson.From(belt, PageShell.TextsOf(context), model.Options), PagesJson.Default.BeltJson))
            .ConfigureAwait(false);
    }

    private static async Task<bool> MayAsync(HttpContext context)
    {
        bool may = await context.RequestServices.GetRequiredService<BoardGate>().MayLookAsync(context)
            .ConfigureAwait(false);
        if (!may)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }

        return may;
    }

    private static async Task SendAsync(HttpContext context, byte[] json)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(json, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
