using System.Security.Cryptography;
using System.Text;
using Backstep.Gym.Board;
using Backstep.Gym.Keeping;

namespace Backstep.Gym.Pages;

/// <summary>Who may look at the board: on this computer everybody; on a network staff, and whoever has the board's
/// token, which permits to look and nothing else.</summary>
internal sealed class BoardGate(IGymStore store, StaffGate staff, PagesOptions options)
{
    /// <summary>The cookie that takes the token's place after the first time.</summary>
    public const string Cookie = "backstep-board";

    // Ours: a screen on a wall is set up once. Browsers keep no cookie longer (RFC 6265bis, 5.5).
    private static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    /// <summary>Whether whoever asks may look. A token in the address becomes a cookie.</summary>
    public async Task<bool> MayLookAsync(HttpContext context)
    {
        if (!options.IsOnNetwork || await staff.IsStaffAsync(context).ConfigureAwait(false))
        {
            return true;
        }

        string? token = context.Request.Query["token"].FirstOrDefault() ?? Bearer(context)
            ?? context.Request.Cookies[Cookie];
        string? hash = await store.SettingAsync(RoomSettings.BoardToken, context.RequestAborted).ConfigureAwait(false);
        bool isRight = token is { Length: > 0 and < 100 } && hash != null && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(RoomDesk.Hash(token)), Encoding.ASCII.GetBytes(hash));
        if (isRight && context.Request.Query.ContainsKey("token"))
        {
            context.Response.Cookies.Append(Cookie, token!, new CookieOptions
            {
                HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, MaxAge = Kept,
                IsEssential = true,
            });
        }

        return isRight;
    }

    private static string? Bearer(HttpContext context)
    {
        string header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.Ordinal) ? header["Bearer ".Length..] : null;
    }
}
