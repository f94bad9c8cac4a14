using System.Security.Claims;
using Backstep.Gym.Board;
using Backstep.Gym.Keeping;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Backstep.Gym.Pages;

/// <summary>Who is staff. On this computer alone, and with no user made yet, everybody is.</summary>
internal sealed class StaffGate(IGymStore store, PagesOptions options)
{
    /// <summary>Name of the scheme and of its cookie.</summary>
    public const string Scheme = "backstep-staff";

    private const string Stamp = "stamp";

    /// <summary>The session's cookie. Ours: a day's shift.</summary>
    public static void Configure(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = Scheme;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Strict;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
        cookie.SlidingExpiration = true;
        cookie.Events.OnValidatePrincipal = async context =>
        {
            var store = context.HttpContext.RequestServices.GetRequiredService<IGymStore>();
            var users = await store.UsersAsync(context.HttpContext.RequestAborted).ConfigureAwait(false);
            var user = users.FirstOrDefault(one => one.Name == context.Principal?.Identity?.Name);
            if (user is not { Role: GymRole.Staff }
                || context.Principal?.FindFirstValue(Stamp) != StampOf(user))
            {
                context.RejectPrincipal();
            }
        };
    }

    /// <summary>Begins a session: always a new one, whatever cookie came.</summary>
    public static Task SignInAsync(HttpContext context, GymUser user) => context.SignInAsync(Scheme,
        new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(ClaimTypes.Name, user.Name), new Claim(Stamp, StampOf(user))], Scheme)));

    /// <summary>Whether whoever asks is staff.</summary>
    public async Task<bool> IsStaffAsync(HttpContext context) =>
        context.User.Identity?.IsAuthenticated == true
        || (!options.IsOnNetwork && !await HasStaffAsync(context.RequestAborted).ConfigureAwait(false));

    // Changes with the password and tells nothing of it: a session that was begun under another is over.
    private static string StampOf(GymUser user) => RoomDesk.Hash(user.PasswordHash)[..16];

    private async Task<bool> HasStaffAsync(CancellationToken stop) =>
        (await store.UsersAsync(stop).ConfigureAwait(false)).Any(user => user.Role == GymRole.Staff);
}
