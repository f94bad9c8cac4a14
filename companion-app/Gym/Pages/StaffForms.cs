using System.Globalization;
using Backstep.Gym.Board;
using Backstep.Gym.Keeping;
using Backstep.Gym.Messages;
using Backstep.Walks;

namespace Backstep.Gym.Pages;

/// <summary>What staff do: each a form, and back to the page.</summary>
internal sealed class StaffForms(IGymStore store, RoomDesk desk, ICommandSender commands, StaffGate gate,
    StaffPage page)
{
    private const int MostDays = 3650; // ten years; ours

    /// <summary>A form of the staff page.</summary>
    public async Task DoAsync(HttpContext context)
    {
        if (!await gate.IsStaffAsync(context).ConfigureAwait(false))
        {
            PageShell.GoTo(context, "/staff/login");
            return;
        }

        var form = await PageForm.ReadAsync(context).ConfigureAwait(false);
        var stop = context.RequestAborted;
        string clip = form.Text("clip");
        switch (context.Request.RouteValues["action"] as string)
        {
            case "assign":
                await desk.AssignAsync(clip, form.Number("belt"), stop).ConfigureAwait(false);
                break;
            case "number":
                await desk.NumberAsync(clip, form.Number("number"), stop).ConfigureAwait(false);
                break;
            case "end" when GymTopics.IsName(clip):
                await commands.SendAsync(clip, ClipCommand.Stop, stop).ConfigureAwait(false);
                break;
            case "add-belt":
                await desk.AddBeltAsync(stop).ConfigureAwait(false);
                break;
            case "remove-belt" when form.Number("belt") is { } belt:
                await desk.RemoveBeltAsync(belt, stop).ConfigureAwait(false);
                break;
            case "renew-key" when form.Number("belt") is { } belt:
                await desk.RenewKeyAsync(belt, stop).ConfigureAwait(false);
                break;
            case "retention":
                await RetainAsync(context, form.Number("days")).ConfigureAwait(false);
                break;
            case "renew-token":
                await RenewTokenAsync(context).ConfigureAwait(false);
                return;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
        }

        PageShell.GoTo(context, "/staff");
    }

    private async Task RetainAsync(HttpContext context, int? days)
    {
        if (days is not (>= 1 and <= MostDays))
        {
            throw new BadRequestException(PageShell.TextsOf(context)["staff.retention.bad"]);
        }

        await store.KeepSettingAsync(RoomSettings.RetentionDays, days.Value.ToString(CultureInfo.InvariantCulture),
            context.RequestAborted).ConfigureAwait(false);
    }

    private async Task RenewTokenAsync(HttpContext context)
    {
        string token = RoomDesk.Secret(24);
        await store.KeepSettingAsync(RoomSettings.BoardToken, RoomDesk.Hash(token), context.RequestAborted)
            .ConfigureAwait(false);
        await page.RenderAsync(context, token).ConfigureAwait(false);
    }
}
