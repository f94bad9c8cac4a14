using System.Net;
using Backstep.Gym.Board;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Backstep.Gym.Pages;

/// <summary>What a host needs of the pages. It brings the store (<see cref="Keeping.IGymStore"/>), a
/// <see cref="BoardModel"/> with its <see cref="RoomBook"/>, an <see cref="ICommandSender"/> and, if it wants, its own
/// clock.</summary>
public static class GymPages
{
    // Ours: a page is asked for in some hundred bytes, a form has some hundred.
    private const int LargestRequest = 64 * 1024;

    /// <summary>Adds the pages' services.</summary>
    public static IServiceCollection AddGymPages(this IServiceCollection services, PagesOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<RoomDesk>();
        services.AddSingleton<EventHub>();
        services.AddSingleton<StaffGate>();
        services.AddSingleton<BoardGate>();
        services.AddSingleton<WalkTickets>();
        services.AddSingleton<BeltPage>();
        services.AddSingleton<WalkPage>();
        services.AddSingleton<LoginPage>();
        services.AddSingleton<StaffPage>();
        services.AddSingleton<StaffForms>();
        services.AddHostedService<RoomPulse>();
        services.AddRouting();
        services.AddDataProtection();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(keys => keys.XmlRepository =
                new StoreKeyRing(provider.GetRequiredService<Keeping.IGymStore>())));
        services.AddAntiforgery(seal =>
        {
            seal.FormFieldName = "seal";
            seal.HeaderName = null;
            seal.Cookie.Name = "backstep-seal";
            seal.Cookie.SameSite = SameSiteMode.Strict;
            seal.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            seal.SuppressXFrameOptionsHeader = true; // frame-ancestors says it
        });
        services.AddAuthentication(StaffGate.Scheme).AddCookie(StaffGate.Scheme, StaffGate.Configure);
        return services;
    }

    /// <summary>Bounds of requests, for the host's Kestrel.</summary>
    public static void Bound(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LargestRequest;
        kestrel.Limits.MaxRequestHeadersTotalSize = LargestRequest / 4;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
    }

    /// <summary>Puts the guard before everything, and maps the pages. What the host maps itself stands behind the
    /// guard, too.</summary>
    public static WebApplication UseGymPages(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<PagesOptions>();
        if (options.TrustedProxies.Count > 0)
        {
            var forwarded = new ForwardedHeadersOptions
            {
                ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            };
            forwarded.KnownIPNetworks.Clear();
            forwarded.KnownProxies.Clear();
            foreach (IPAddress proxy in options.TrustedProxies)
            {
                forwarded.KnownProxies.Add(proxy);
            }

            app.UseForwardedHeaders(forwarded);
        }

        app.UseMiddleware<PageGuard>();
        app.UseAuthentication();
        app.MapGymPages();
        return app;
    }

    private static void MapGymPages(this WebApplication app)
    {
        Get(app, "/assets/{name}", PageAssets.SendAsync);
        Get(app, "/", WallPage.SendAsync);
        Get(app, "/events", WallPage.StreamAsync);
        Get(app, "/api/v1/belts", BeltsApi.AllAsync);
        Get(app, "/api/v1/belts/{number:int}", BeltsApi.OneAsync);
        var belt = app.Services.GetRequiredService<BeltPage>();
        Get(app, "/belt/{number:int}/{key}", belt.ShowAsync);
        Get(app, "/belt/{number:int}/{key}/events", belt.StreamAsync);
        Post(app, "/belt/{number:int}/{key}/{action}", belt.DoAsync);
        var walk = app.Services.GetRequiredService<WalkPage>();
        Get(app, "/walk", WalkPage.ShowAsync);
        Post(app, "/walk", walk.FindAsync);
        Post(app, "/walk/{action}", walk.DoAsync);
        var login = app.Services.GetRequiredService<LoginPage>();
        Get(app, "/staff/login", LoginPage.ShowAsync);
        Post(app, "/staff/login", login.LogInAsync);
        Post(app, "/staff/logout", LoginPage.LogOutAsync);
        Get(app, "/staff", app.Services.GetRequiredService<StaffPage>().ShowAsync);
        Get(app, "/staff/codes", app.Services.GetRequiredService<StaffPage>().CodesAsync);
        Post(app, "/staff/{action}", app.Services.GetRequiredService<StaffForms>().DoAsync);
    }

    private static void Get(WebApplication app, string route, RequestDelegate page) =>
        app.MapMethods(route, [HttpMethods.Get, HttpMethods.Head], page);

    private static void Post(WebApplication app, string route, RequestDelegate page) =>
        app.MapMethods(route, [HttpMethods.Post], page);
}
