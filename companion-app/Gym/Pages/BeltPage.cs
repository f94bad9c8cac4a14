using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Backstep.Gym.Board;
using Backstep.Gym.Keeping;
using Backstep.Gym.Messages;
using Backstep.Walks;

namespace Backstep.Gym.Pages;

/// <summary>A belt on the phone of who stands at it.</summary>
internal sealed class BeltPage(RoomBook book, RoomDesk desk, BoardModel model, WalkTickets tickets,
    ICommandSender commands, TimeProvider time)
{
    // Ours: a finger slips on a camera; a program that guesses is stopped at once.
    private readonly Tries _guesses = new(free: 20, time);

    /// <summary>The page.</summary>
    public async Task ShowAsync(HttpContext context)
    {
        if (Belt(context) is { } belt)
        {
            await RenderAsync(context, belt).ConfigureAwait(false);
        }
    }

    /// <summary>The belt's events.</summary>
    public async Task StreamAsync(HttpContext context)
    {
        if (Belt(context) is { } belt)
        {
            await ActivatorUtilities.CreateInstance<EventStream>(context.RequestServices)
                .SendAsync(context, belt.Number).ConfigureAwait(false);
        }
    }

    /// <summary>A form of the page.</summary>
    public async Task DoAsync(HttpContext context)
    {
        if (Belt(context) is not { } belt)
        {
            return;
        }

        var form = await PageForm.ReadAsync(context).ConfigureAwait(false);
        var stop = context.RequestAborted;
        var (walk, code) = await tickets.FindAsync(context, belt.Number).ConfigureAwait(false);
        bool isMine = walk is { EndedAt: null };
        switch (context.Request.RouteValues["action"] as string)
        {
            case "begin":
                await BeginAsync(context, belt, form).ConfigureAwait(false);
                break;
            case "change" when isMine:
                await desk.ChangeWalkAsync(walk! with
                {
                    Nickname = RoomText.Name(form.Text("nickname"), RoomText.LongestNickname),
                    Target = Target(form),
                    IsOnWall = form.Text("wall") == "yes",
                }, stop).ConfigureAwait(false);
                break;
            case "pause" when isMine:
                await commands.SendAsync(walk!.Clip, ClipCommand.Pause, stop).ConfigureAwait(false);
                break;
            case "resume" when isMine:
                await commands.SendAsync(walk!.Clip, ClipCommand.Start, stop).ConfigureAwait(false);
                break;
            case "stop" when isMine:
                await desk.EndWalkAtAsync(belt.Number, stop).ConfigureAwait(false);
                await commands.SendAsync(walk!.Clip, ClipCommand.Stop, stop).ConfigureAwait(false);
                break;
            case "again" when code != null:
                WalkTickets.Take(context, belt);
                break;
            case "pause" or "resume" or "stop" or "change" or "again":
                break; // the walk is over: the page says so
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
        }

        PageShell.GoTo(context, Address(belt));
    }

    private async Task BeginAsync(HttpContext context, RoomBelt belt, IFormCollection form)
    {
        string code = RoomDesk.Secret();
        var walk = await desk.BeginWalkAsync(belt.Number, form.Text("nickname"), Target(form),
            form.Text("wall") == "yes", RoomDesk.Hash(code), context.RequestAborted).ConfigureAwait(false);
        tickets.Give(context, belt, code);
        await commands.SendAsync(walk.Clip, ClipCommand.Start, context.RequestAborted).ConfigureAwait(false);
    }

    private static TimeSpan? Target(IFormCollection form) => form.Text("minutes").Length == 0 ? null
        : form.Number("minutes") is { } minutes and >= RoomDesk.LeastMinutes and <= RoomDesk.MostMinutes
            ? TimeSpan.FromMinutes(minutes)
            : throw new BadRequestException(FormattableString.Invariant(
                $"{RoomDesk.LeastMinutes} to {RoomDesk.MostMinutes} minutes."));

    /// <summary>The belt whose key came; else the answer is the one for any address that leads nowhere.</summary>
    private RoomBelt? Belt(HttpContext context)
    {
        string who = context.Connection.RemoteIpAddress?.ToString() ?? "";
        if (_guesses.Wait(who) > TimeSpan.Zero)
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return null;
        }

        string key = context.Request.RouteValues["key"] as string ?? "";
        bool isNumber = int.TryParse(context.Request.RouteValues["number"] as string, NumberStyles.None,
            CultureInfo.InvariantCulture, out int number);
        var belt = isNumber ? book.Room.Belt(number) : null;
        if (belt != null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key),
            Encoding.UTF8.GetBytes(belt.Key)))
        {
            return belt;
        }

        _guesses.Fail(who);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return null;
    }

    private async Task RenderAsync(HttpContext context, RoomBelt belt)
    {
        var texts = PageShell.TextsOf(context);
        var (walk, code) = await tickets.FindAsync(context, belt.Number).ConfigureAwait(false);
        bool isFree = !book.Room.ClipsOf(belt.Number).Any();
        string title = texts.Of("phone.title", belt.Number);
        HtmlText seal = PageForm.Seal(context);
        var parts = new BeltForms(texts, Address(belt), seal);
        HtmlText body = walk switch
        {
            { EndedAt: null } => parts.Walking(walk, model.Belt(belt.Number)),
            { } over => parts.Over(over, code!, context.Request.Host.Value ?? ""),
            null when isFree => $"<p>{texts["phone.free"]}</p>",
            null => parts.Begin(isTaken: book.Room.WalkAt(belt.Number) != null),
        };
        HtmlText live = isFree || walk is { EndedAt: not null } ? HtmlText.None : $"""
            <section id="belts" class="belts one" data-events="{Address(belt)}/events"></section>
            <p id="trouble" class="trouble" role="status" hidden></p>
            <p id="say" class="unseen" role="status"></p>
            {WallPage.Data(texts)}
            """;
        await PageShell.SendAsync(context, PageShell.Page(texts, title, $"""
            <main class="narrow phone">
            <h1>{title}</h1>
            {live}
            {body}
            </main>
            """, style: "wall.css", script: "wall.js")).ConfigureAwait(false);
    }

    private static string Address(RoomBelt belt) => FormattableString.Invariant($"/belt/{belt.Number}/{belt.Key}");
}
