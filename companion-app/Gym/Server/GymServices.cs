using System.Text.Json;
using System.Text.Json.Serialization;
using Backstep.Gym.Keeping;
using Backstep.Walks;
using OpenTelemetry.Metrics;

namespace Backstep.Gym.Server;

/// <summary>Health and metrics over HTTP: <c>/health/live</c>, <c>/health/ready</c>, <c>/metrics</c>.</summary>
public static class GymServices
{
    // Ours: whoever asks whether a server is ready asks every few seconds, and does not wait longer.
    private static readonly TimeSpan PingPatience = TimeSpan.FromSeconds(3);

    /// <summary>Counters, and their export for Prometheus.</summary>
    public static IServiceCollection AddGymMetrics(this IServiceCollection services)
    {
        services.AddSingleton<GymMetrics>();
        services.AddSingleton<GymHealth>();
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(GymMetrics.MeterName)
            .AddMeter("Microsoft.AspNetCore.Server.Kestrel")
            .AddRuntimeInstrumentation()
            .AddPrometheusExporter());
        return services;
    }

    /// <summary><c>/metrics</c>, in Prometheus' text format.</summary>
    public static IEndpointConventionBuilder MapGymMetrics(this IEndpointRouteBuilder app) =>
        app.MapPrometheusScrapingEndpoint("/metrics");

    /// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: the store answers and the broker is
    /// there, else 503 and why. Needs <see cref="IGymStore"/> and <see cref="GymHealth"/> among the services.</summary>
    public static void MapGymHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", context =>
        {
            context.Response.ContentType = "text/plain";
            context.Response.Headers.CacheControl = "no-store";
            return context.Response.WriteAsync("alive\n", context.RequestAborted);
        });
        app.MapGet("/health/ready", AnswerAsync);
        app.MapGet("/health", AnswerAsync);
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        var store = context.RequestServices.GetRequiredService<IGymStore>();
        var health = context.RequestServices.GetRequiredService<GymHealth>();
        string? trouble = health.StoreTrouble ?? await PingAsync(store, context.RequestAborted).ConfigureAwait(false);
        string? broker = health.BrokerTrouble();
        bool isReady = trouble == null && broker == null;
        context.Response.StatusCode = isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        var answer = new GymReadiness(isReady, store.Kind, trouble, broker, health.LastStoredAt);
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(answer,
            HealthJson.Default.GymReadiness), context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task<string?> PingAsync(IGymStore store, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(PingPatience);
        try
        {
            await store.PingAsync(patience.Token).ConfigureAwait(false);
            return null;
        }
        catch (ExplainedException e)
        {
            return e.Message;
        }
        catch (OperationCanceledException)
        {
            return "the store does not answer";
        }
    }
}

/// <summary>What <c>/health/ready</c> says.</summary>
/// <param name="IsReady">Whether strides that come now are stored.</param>
/// <param name="Store">Which store.</param>
/// <param name="StoreTrouble">What is in its way.</param>
/// <param name="BrokerTrouble">Why the broker is out of reach.</param>
/// <param name="LastStoredAt">When strides were last stored.</param>
public sealed record GymReadiness(bool IsReady, string Store, string? StoreTrouble, string? BrokerTrouble,
    DateTimeOffset? LastStoredAt);

/// <summary>Health as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(GymReadiness))]
internal sealed partial class HealthJson : JsonSerializerContext;
