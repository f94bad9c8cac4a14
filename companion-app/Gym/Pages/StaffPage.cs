using Backstep.Gym.Board;
using Backstep.Gym.Keeping;
using Backstep.Store;

namespace Backstep.Gym.Pages;

/// <summary>All clips, belts and gateways, for staff. Works without a script.</summary>
internal sealed class StaffPage(IGymStore store, RoomBook book, BoardModel model, StaffGate gate, PagesOptions options)
{
    /// <summary>The page.</summary>
    public async Task ShowAsync(HttpContext context)
    {
        if (await MayAsync(context).ConfigureAwait(false))
        {
            await RenderAsync(context, token: null).ConfigureAwait(false);
        }
    }

    /// <summary>The QR codes of all belts, to print.</summary>
    public async Task CodesAsync(HttpContext context)
    {
        if (!await MayAsync(context).ConfigureAwait(false))
        {
            return;
        }

        var texts = PageShell.TextsOf(context);
        var codes = HtmlText.All(book.Room.Belts.Select(belt => (HtmlText)$"""
            <figure class="qr">
            <figcaption>{texts.Of("belt", belt.Number)}</figcaption>
            {QrCode.Svg(AddressOf(context, belt))}
            <p>{texts["staff.sheet.say"]}</p>
            </figure>
            """));
        await PageShell.SendAsync(context, PageShell.Page(texts, texts["staff.sheet"], $"""
            <main class="sheet">
            <h1>{texts["staff.sheet"]}</h1>
            {codes}
            </main>
            """, style: "staff.css")).ConfigureAwait(false);
    }

    /// <summary>Draws the page.</summary>
    /// <param name="context">Who asks.</param>
    /// <param name="token">A board token that was just made; null for none.</param>
    public async Task RenderAsync(HttpContext context, string? token)
    {
        var texts = PageShell.TextsOf(context);
        var parts = new StaffTables(texts, book.Room, PageForm.Seal(context));
        var clips = model.Clips();
        int days = await DaysAsync(context.RequestAborted).ConfigureAwait(false);
        HtmlText trouble = book.Trouble == null ? HtmlText.None
            : $"<p class=\"notice\" role=\"alert\">{texts["staff.book"]}</p>";
        HtmlText fresh = token == null ? HtmlText.None : $"""
            <p class="notice" role="status">{texts["staff.token.once"]}<br>
            <strong class="address">{Origin(context)}/?token={token}</strong></p>
            """;
        HtmlText leave = context.User.Identity?.IsAuthenticated != true ? HtmlText.None : parts.LogOut();
        await PageShell.SendAsync(context, PageShell.Page(texts, texts["staff.title"], $"""
            <main class="staff">
            <header class="staff-head"><h1>{texts["staff.title"]}</h1>
            <nav><a href="/">{texts["staff.wall"]}</a> <a href="/staff/codes">{texts["staff.print"]}</a></nav>{leave}
            </header>
            {trouble}{fresh}
            {parts.Alerts(StaffAlerts.Of(clips, model, texts))}
            {parts.Clips(clips)}
            {parts.Belts()}
            {parts.Gateways(model.Gateways())}
            {parts.Settings(days)}
            </main>
            """, style: "staff.css")).ConfigureAwait(false);
    }

    private async Task<bool> MayAsync(HttpContext context)
    {
        bool may = await gate.IsStaffAsync(context).ConfigureAwait(false);
        if (!may)
        {
            PageShell.GoTo(context, "/staff/login");
        }

        return may;
    }

    private async Task<int> DaysAsync(CancellationToken stop)
    {
        try
        {
            return int.TryParse(await store.SettingAsync(RoomSettings.RetentionDays, stop).ConfigureAwait(false),
                System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int days)
                ? days : RoomSettings.UsualDays;
        }
        catch (StoreException)
        {
            return RoomSettings.UsualDays; // the page says that the store is away
        }
    }

    private string Origin(HttpContext context) =>
        options.PublicAddress?.GetLeftPart(UriPartial.Authority)
            ?? $"{context.Request.Scheme}://{context.Request.Host.Value}";

    private string AddressOf(HttpContext context, RoomBelt belt) =>
        FormattableString.Invariant($"{Origin(context)}/belt/{belt.Number}/{belt.Key}");
}
