using System.Net;
using Backstep.Gym.Keeping;
using Backstep.Gym.Messages;
using Backstep.Gym.Server;
using Backstep.Gym.Tests.Keeping;
using Backstep.Store;
using Backstep.Walks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Gym.Tests.Server;

/// <summary>Runs while no other test does: counters have one name in the whole process.</summary>
[CollectionDefinition(nameof(CountsAlone), DisableParallelization = true)]
public sealed class CountsAlone;

/// <summary>Health and metrics over HTTP, and what is deleted when it is too old.</summary>
[Collection(nameof(CountsAlone))]
public sealed class GymServicesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_says_what_is_in_the_way_and_metrics_count()
    {
        await using var test = await TestStore.OpenAsync(TestStore.Sqlite);
        await using var app = App(test.Store);
        await app.StartAsync(Stop);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        Assert.Equal("alive\n", await client.GetStringAsync("/health/live", Stop));
        var health = app.Services.GetRequiredService<GymHealth>();
        string? broker = "the broker is away";
        health.BrokerTrouble = () => broker;
        var answer = await client.GetAsync("/health/ready", Stop);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("\"brokerTrouble\":\"the broker is away\"", await answer.Content.ReadAsStringAsync(Stop),
            StringComparison.Ordinal);
        broker = null;
        Assert.Contains("\"isReady\":true,\"store\":\"SQLite\"", await client.GetStringAsync("/health/ready", Stop),
            StringComparison.Ordinal);
        health.StoreTrouble = "the disk is full";
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/health/ready", Stop)).StatusCode);

        var metrics = app.Services.GetRequiredService<GymMetrics>();
        var owners = new ClipOwners(test.Store, test.Store, TimeProvider.System, metrics, NullLogger.Instance);
        metrics.Watch(owners, () => true);
        owners.Hear(new GatewayStatus("east", GatewayStatus.Online, Told.Noon, null, 1, 3, 0, 17, 0, null));
        await owners.HearAsync("clip-1", "east", true, true, Stop);
        metrics.Kept(40, 2);
        metrics.Refused(3);
        metrics.Message("stored");
        metrics.Latency(TimeSpan.FromSeconds(0.6));
        metrics.StoreError();
        metrics.BrokerRefusal("publish");
        metrics.EventStream(1);
        metrics.EventStream(1);
        metrics.EventStream(-1);
        string text = await client.GetStringAsync("/metrics", Stop);
        foreach (string line in (string[])["gym_strides_total{X,outcome=\"stored\"} 40",
            "gym_strides_total{X,outcome=\"known\"} 2", "gym_strides_total{X,outcome=\"refused\"} 3",
            "gym_messages_total{X,outcome=\"stored\"} 1", "gym_contact_to_stored_seconds_bucket{X,le=\"0.5\"} 0",
            "gym_contact_to_stored_seconds_bucket{X,le=\"0.75\"} 1", "gym_store_errors_total{X} 1",
            "gym_broker_refusals_total{X,what=\"publish\"} 1", "gym_event_streams{X} 1", "gym_broker_connected{X} 1",
            "gym_gateways_online{X} 1", "gym_outbox_batches_waiting{X,gateway=\"east\"} 17",
            "gym_clips{X,link=\"silent\"} 1"])
        {
            string plain = System.Text.RegularExpressions.Regex.Replace(text,
                "otel_scope_name=\"[^\"]*\"(,otel_scope_version=\"[^\"]*\")?", "X");
            Assert.True(plain.Split('\n').Any(said => said == line || said.StartsWith(line + " ",
                StringComparison.Ordinal)), $"{line} is not in\n{plain}");
        }

        Assert.Contains("dotnet_process_cpu_time_seconds_total", text, StringComparison.Ordinal);
        Assert.Contains("dotnet_process_memory_working_set_bytes", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_too_old_is_deleted_once_a_day()
    {
        var time = new FakeTimeProvider(Told.Noon);
        await using var test = await TestStore.OpenAsync(TestStore.Sqlite, time);
        var retention = new GymRetention(test.Store, time, NullLogger.Instance);
        await test.Store.KeepAsync([Told.Batch(1, "clip-1", Told.Numbers(1, 10))], [], Stop);
        using var stop = new CancellationTokenSource();
        var work = retention.RunAsync(stop.Token);
        time.Advance(TimeSpan.FromDays(30));
        Assert.Equal(10, await test.Store.CountStridesAsync(Stop));
        await TestRoom.UntilAsync(async () =>
        {
            time.Advance(TimeSpan.FromDays(1));
            return await test.Store.CountStridesAsync(Stop) == 0;
        });
        await stop.CancelAsync();
        await work;
    }

    [Theory]
    [InlineData("0")]
    [InlineData("3651")]
    [InlineData("-5")]
    [InlineData("a month")]
    public async Task A_setting_that_is_no_number_of_days_deletes_nothing(string days)
    {
        await using var test = await TestStore.OpenAsync(TestStore.Sqlite);
        await test.Store.KeepAsync([Told.Batch(1, "clip-1", Told.Numbers(1, 10))], [], Stop);
        await test.Store.KeepSettingAsync(GymRetention.Setting, days, Stop);
        var retention = new GymRetention(test.Store, TimeProvider.System, NullLogger.Instance);
        await Assert.ThrowsAsync<BadRequestException>(() => retention.ForgetAsync(Stop));
        Assert.Equal(10, await test.Store.CountStridesAsync(Stop));
        await test.Store.KeepSettingAsync(GymRetention.Setting, "1", Stop);
        Assert.Equal(10, await retention.ForgetAsync(Stop));
    }

    private static WebApplication App(GymStore store)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<IGymStore>(store);
        builder.Services.AddGymMetrics();
        var app = builder.Build();
        app.MapGymHealth();
        app.MapGymMetrics();
        return app;
    }
}
