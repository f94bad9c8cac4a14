using System.Net;
using Backstep.Gym.Mqtt;
using Backstep.Store;
using Backstep.Walks;
using Microsoft.AspNetCore.Antiforgery;

namespace Backstep.Gym.Pages;

/// <summary>Stands before every page: whom it is asked for by, with which headers it answers, and what becomes of an
/// error.</summary>
internal sealed partial class PageGuard(RequestDelegate next, PagesOptions options, ILogger<PageGuard> log)
{
    /// <summary>What a page may do: load from here, and nothing else. No inline script, no inline style, no
    /// frame.</summary>
    public const string Policy = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
        + "object-src 'none'; img-src 'self' data:";

    public async Task InvokeAsync(HttpContext context)
    {
        Head(context);
        if (!IsOurs(context.Request.Host))
        {
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            return;
        }

        if (context.Request.Method is not ("GET" or "HEAD" or "POST"))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = "GET, HEAD, POST";
            return;
        }

        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (Exception e) when (!context.Response.HasStarted && Answer(e) is var (status, text))
        {
            if (status >= 500)
            {
                LogTrouble(context.Request.Method, OneLine.Of(e.Message));
            }

            await PageShell.ProblemAsync(context, status, text, detail: e is BadRequestException ? e.Message : null)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // whoever asked has gone
        }

        if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status404NotFound })
        {
            await PageShell.ProblemAsync(context, StatusCodes.Status404NotFound, "error.notfound",
                PageShell.TextsOf(context)["error.notfound.why"]).ConfigureAwait(false);
        }
    }

    private static (int Status, string Text)? Answer(Exception e) => e switch
    {
        AntiforgeryValidationException => (StatusCodes.Status400BadRequest, "error.form"),
        BadHttpRequestException bad => (bad.StatusCode, "error.form"),
        InvalidDataException => (StatusCodes.Status400BadRequest, "error.form"),
        BadRequestException => (StatusCodes.Status400BadRequest, "error.title"),
        MqttAwayException => (StatusCodes.Status503ServiceUnavailable, "phone.away"),
        StoreException => (StatusCodes.Status503ServiceUnavailable, "error.away"),
        _ => null,
    };

    private static void Head(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers.CacheControl = "no-store"; // whatever may be kept says so itself
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }
    }

    // An address in digits cannot be made to lead here by somebody else's name service.
    private bool IsOurs(HostString host) =>
        host.HasValue && (host.Host is "localhost" || IPAddress.TryParse(host.Host, out _)
            || options.AllowedHosts.Contains(host.Host, StringComparer.OrdinalIgnoreCase));

    [LoggerMessage(Level = LogLevel.Warning, Message = "a {Method} was not answered: {Trouble}")]
    private partial void LogTrouble(string method, string trouble);
}
