using Backstep.Gym.Keeping;
using Microsoft.AspNetCore.Authentication;

namespace Backstep.Gym.Pages;

/// <summary>Staff log in and out. Afterwards they are on the staff page, wherever they came from.</summary>
internal sealed class LoginPage(IGymStore store, TimeProvider time)
{
    private const int Free = 5; // wrong tries that cost nothing; ours

    private readonly Tries _byAddress = new(Free, time);
    private readonly Tries _byName = new(Free, time);

    /// <summary>The question.</summary>
    public static Task ShowAsync(HttpContext context) => AskAsync(context, StatusCodes.Status200OK, null);

    /// <summary>The answer. Whether a name is known, neither words nor time tell.</summary>
    public async Task LogInAsync(HttpContext context)
    {
        var form = await PageForm.ReadAsync(context).ConfigureAwait(false);
        string address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        string name = form.Text("name").Trim().ToLowerInvariant();
        string password = form.Text("password");
        name = name.Length > 64 ? name[..64] : name;
        var wait = _byAddress.Wait(address) > _byName.Wait(name) ? _byAddress.Wait(address) : _byName.Wait(name);
        if (wait > TimeSpan.Zero)
        {
            int seconds = (int)Math.Ceiling(wait.TotalSeconds);
            context.Response.Headers.RetryAfter = FormattableString.Invariant($"{seconds}");
            await AskAsync(context, StatusCodes.Status429TooManyRequests,
                PageShell.TextsOf(context).Of("login.wait", seconds)).ConfigureAwait(false);
            return;
        }

        // Counted before it is looked at: tries that run at once are tries, too.
        _byAddress.Fail(address);
        _byName.Fail(name);
        var users = await store.UsersAsync(context.RequestAborted).ConfigureAwait(false);
        var user = users.FirstOrDefault(one => one.Name == name && one.Role == GymRole.Staff);
        if (!PasswordHashing.IsRight(user, password))
        {
            await AskAsync(context, StatusCodes.Status401Unauthorized, PageShell.TextsOf(context)["login.wrong"])
                .ConfigureAwait(false);
            return;
        }

        _byAddress.Succeed(address);
        _byName.Succeed(name);
        await StaffGate.SignInAsync(context, user!).ConfigureAwait(false);
        PageShell.GoTo(context, "/staff");
    }

    /// <summary>Ends the session in this browser.</summary>
    public static async Task LogOutAsync(HttpContext context)
    {
        await PageForm.ReadAsync(context).ConfigureAwait(false);
        await context.SignOutAsync(StaffGate.Scheme).ConfigureAwait(false);
        PageShell.GoTo(context, "/staff/login");
    }

    private static async Task AskAsync(HttpContext context, int status, string? say)
    {
        var texts = PageShell.TextsOf(context);
        HtmlText said = say == null ? HtmlText.None : $"<p class=\"notice\" role=\"alert\">{say}</p>";
        await PageShell.SendAsync(context, PageShell.Page(texts, texts["login.title"], $"""
            <main class="narrow phone">
            <h1>{texts["login.title"]}</h1>
            {said}
            <form method="post" action="/staff/login">{PageForm.Seal(context)}
            <label for="name">{texts["login.name"]}</label>
            <input id="name" name="name" maxlength="64" autocomplete="username" autocapitalize="none" required>
            <label for="password">{texts["login.password"]}</label>
            <input id="password" name="password" type="password" maxlength="{PasswordHashing.LongestLength}"
             autocomplete="current-password" required>
            <button class="big go">{texts["login.go"]}</button>
            </form>
            </main>
            """), status).ConfigureAwait(false);
    }
}
