using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;

namespace Backstep.Gym.Pages;

/// <summary>Forms that only our own pages can send.</summary>
internal static class PageForm
{
    // Ours: the longest of our forms has four short fields.
    private const int LargestBytes = 16 * 1024;

    /// <summary>The hidden field that goes into every form.</summary>
    public static HtmlText Seal(HttpContext context)
    {
        var tokens = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);
        context.Response.Headers.CacheControl = "no-store"; // antiforgery sets its own, weaker one
        return $"<input type=\"hidden\" name=\"{tokens.FormFieldName}\" value=\"{tokens.RequestToken}\">";
    }

    /// <summary>What was sent, once it is known that one of our pages sent it.</summary>
    /// <exception cref="AntiforgeryValidationException">None did.</exception>
    public static async Task<IFormCollection> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > LargestBytes
            || context.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal)
                != true)
        {
            throw new BadHttpRequestException("no form of ours", StatusCodes.Status400BadRequest);
        }

        await context.RequestServices.GetRequiredService<IAntiforgery>().ValidateRequestAsync(context)
            .ConfigureAwait(false);
        return await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>A field that holds a whole number; null for none.</summary>
    public static int? Number(this IFormCollection form, string name) =>
        int.TryParse(form[name].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number : null;

    /// <summary>A field; empty for none.</summary>
    public static string Text(this IFormCollection form, string name) => form[name].FirstOrDefault() ?? "";
}
