using System.Security.Cryptography;
using Backstep.Gym.Board;
using Backstep.Gym.Keeping;
using Microsoft.AspNetCore.DataProtection;

namespace Backstep.Gym.Pages;

/// <summary>Which walk a phone's own is: a sealed cookie that holds the walk's code.</summary>
internal sealed class WalkTickets(IGymStore store, IDataProtectionProvider seals)
{
    private readonly IDataProtector _seal = seals.CreateProtector("backstep.walk");

    // Ours: until the evening of the next day there is time to note the code.
    private static readonly TimeSpan Kept = TimeSpan.FromHours(36);

    /// <summary>The phone's walk at a belt, and its code; nulls for none.</summary>
    public async Task<(BeltWalk? Walk, string? Code)> FindAsync(HttpContext context, int belt)
    {
        try
        {
            string? code = context.Request.Cookies[Name(belt)] is { } ticket ? _seal.Unprotect(ticket) : null;
            var walk = code == null ? null
                : await store.WalkOfCodeAsync(RoomDesk.Hash(code), context.RequestAborted).ConfigureAwait(false);
            return walk?.Belt == belt ? (walk, code) : (null, null);
        }
        catch (CryptographicException)
        {
            return (null, null); // not sealed by us
        }
    }

    /// <summary>Gives the phone its walk.</summary>
    public void Give(HttpContext context, RoomBelt belt, string code) =>
        context.Response.Cookies.Append(Name(belt.Number), _seal.Protect(code), Options(context, belt, Kept));

    /// <summary>Takes it back.</summary>
    public static void Take(HttpContext context, RoomBelt belt) =>
        context.Response.Cookies.Delete(Name(belt.Number), Options(context, belt, null));

    // Lax: a code that is scanned again comes from the camera, not from a page of ours. Each form has its own seal.
    private static CookieOptions Options(HttpContext context, RoomBelt belt, TimeSpan? kept) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        Path = FormattableString.Invariant($"/belt/{belt.Number}/"),
        MaxAge = kept,
        IsEssential = true,
    };

    private static string Name(int belt) => FormattableString.Invariant($"backstep-walk-{belt}");
}
