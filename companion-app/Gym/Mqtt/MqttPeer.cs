using System.Buffers;
using Backstep.Link;
using Backstep.Walks;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Backstep.Gym.Mqtt;

/// <summary>One client of a broker that heals: it connects again, ever more rarely, and subscribes again. Gateway,
/// keeper and board are one each.</summary>
public sealed partial class MqttPeer : IAsyncDisposable
{
    // Two with one name would throw each other out for ever, many times a second.
    private static readonly TimeSpan TakenOverPause = TimeSpan.FromSeconds(30);

    private readonly BrokerAddress _broker;
    private readonly MqttPeerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly IMqttClient _client;

    /// <summary>Nothing happens before <see cref="RunAsync"/>.</summary>
    public MqttPeer(BrokerAddress broker, MqttPeerOptions options, TimeProvider time, ILogger log)
    {
        (_broker, _options, _time, _log) = (broker, options, time, log);
        _client = new MqttClientFactory().CreateMqttClient();
        _client.ApplicationMessageReceivedAsync += OnReceivedAsync;
    }

    /// <summary>A message came. Called one after another, in the order in which they came.</summary>
    public Func<MqttReceived, Task>? Received { get; set; }

    /// <summary>The link is up and subscribed: the first thing that is done on it.</summary>
    public Func<CancellationToken, Task>? Connected { get; set; }

    /// <summary>Whether the link is up.</summary>
    public bool IsConnected => _client.IsConnected;

    /// <summary>Why it is not up, in words; null when it is, or was not tried.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Keeps the link up until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var backoff = new Backoff();
        while (!cancellationToken.IsCancellationRequested)
        {
            var gone = new TaskCompletionSource<MqttClientDisconnectReason>(
                TaskCreationOptions.RunContinuationsAsynchronously);
            bool isTakenOver = false;
            Task OnGone(MqttClientDisconnectedEventArgs args)
            {
                gone.TrySetResult(args.Reason);
                return Task.CompletedTask;
            }

            _client.DisconnectedAsync += OnGone;
            try
            {
                await ConnectAsync(cancellationToken).ConfigureAwait(false);
                Trouble = null;
                backoff.Reset();
                LogConnected(_options.ClientId, _broker);
                if (Connected is { } first)
                {
                    await first(cancellationToken).ConfigureAwait(false);
                }

                isTakenOver = await gone.Task.WaitAsync(cancellationToken).ConfigureAwait(false)
                    == MqttClientDisconnectReason.SessionTakenOver;
                if (isTakenOver)
                {
                    Trouble = $"another program calls itself {_options.ClientId} at {_broker} and took its place: "
                        + "no two gateways, and no two servers, may have one name (--name, --server-name)";
                    LogTrouble(_options.ClientId, Trouble);
                }
                else
                {
                    LogLost(_options.ClientId, _broker);
                }
            }
            catch (Exception e) when (IsTrouble(e, cancellationToken))
            {
                string why = OneLine.Of(e.Message).TrimEnd('.');
                Trouble = e is MqttAwayException ? $"the broker {_broker}: {why}"
                    : $"the broker {_broker} is out of reach: {why}";
                LogTrouble(_options.ClientId, Trouble);
                backoff.Fail();
                await LeaveAsync().ConfigureAwait(false); // half a link is none
            }
            finally
            {
                _client.DisconnectedAsync -= OnGone;
            }

            await Task.Delay(isTakenOver ? TakenOverPause : backoff.Wait, _time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await LeaveAsync().ConfigureAwait(false);
    }

    /// <summary>Sends a message; with <paramref name="atLeastOnce"/> it has reached the broker when this
    /// returns.</summary>
    /// <exception cref="MqttAwayException">It has not, as far as is known.</exception>
    public async Task PublishAsync(string topic, byte[] payload, bool atLeastOnce, bool retain = false,
        CancellationToken cancellationToken = default)
    {
        try
        {
            var result = await _client.PublishAsync(new MqttApplicationMessageBuilder()
                .WithTopic(topic)
                .WithPayload(payload)
                .WithContentType("application/json")
                .WithQualityOfServiceLevel(atLeastOnce ? MqttQualityOfServiceLevel.AtLeastOnce
                    : MqttQualityOfServiceLevel.AtMostOnce)
                .WithRetainFlag(retain)
                .Build(), cancellationToken).ConfigureAwait(false);
            if (!result.IsSuccess)
            {
                throw new MqttAwayException($"the broker refuses {topic}: {result.ReasonCode}");
            }
        }
        catch (Exception e) when (e is not MqttAwayException && IsTrouble(e, cancellationToken))
        {
            throw new MqttAwayException($"the broker {_broker} did not take {topic}: {OneLine.Of(e.Message)}", e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await LeaveAsync().ConfigureAwait(false);
        _client.Dispose();
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        var result = await _client.ConnectAsync(Options(), cancellationToken).ConfigureAwait(false);
        if (result.ResultCode != MqttClientConnectResultCode.Success)
        {
            throw new MqttAwayException($"it says {result.ResultCode} {result.ReasonString}");
        }

        if (_options.Subscriptions.Count > 0)
        {
            var wanted = new MqttClientSubscribeOptionsBuilder();
            foreach (var (filter, atLeastOnce) in _options.Subscriptions)
            {
                wanted.WithTopicFilter(filter, atLeastOnce ? MqttQualityOfServiceLevel.AtLeastOnce
                    : MqttQualityOfServiceLevel.AtMostOnce);
            }

            var granted = await _client.SubscribeAsync(wanted.Build(), cancellationToken).ConfigureAwait(false);
            if (granted.Items.FirstOrDefault(item => (int)item.ResultCode >= 0x80) is { } refused)
            {
                throw new MqttAwayException($"it refuses {refused.TopicFilter.Topic}: {refused.ResultCode}. "
                    + "The user of a gateway has the gateway's own name");
            }
        }
    }

    private MqttClientOptions Options()
    {
        var options = new MqttClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithClientId(_options.ClientId)
            .WithTcpServer(_broker.Host, _broker.Port)
            .WithCleanStart(_options.KeepsFor == TimeSpan.Zero)
            .WithSessionExpiryInterval((uint)_options.KeepsFor.TotalSeconds)
            .WithReceiveMaximum(_options.ReceiveMaximum);
        if (_broker.User is { } user)
        {
            options.WithCredentials(user, _broker.Password ?? "");
        }

        if (_options.Will is var (topic, payload))
        {
            options.WithWillTopic(topic).WithWillPayload(payload).WithWillRetain()
                .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        }

        if (_broker.IsTls)
        {
            options.WithTlsOptions(tls =>
            {
                tls.WithTargetHost(_broker.Host);
                if (_broker.Authority is { } authority)
                {
                    tls.WithTrustChain([authority]);
                }
            });
        }

        return options.Build();
    }

    private Task OnReceivedAsync(MqttApplicationMessageReceivedEventArgs args)
    {
        args.AutoAcknowledge = !_options.AcknowledgesItself;
        var message = args.ApplicationMessage;
        return Received?.Invoke(new MqttReceived(message.Topic, message.Payload.ToArray(), message.Retain,
            async stop =>
            {
                try
                {
                    await args.AcknowledgeAsync(stop).ConfigureAwait(false);
                }
                catch (Exception e) when (IsTrouble(e, stop))
                {
                    LogTrouble(_options.ClientId, $"not acknowledged, so it comes again: {OneLine.Of(e.Message)}");
                }
            })) ?? Task.CompletedTask;
    }

    private async Task LeaveAsync()
    {
        try
        {
            if (_client.IsConnected)
            {
                await _client.DisconnectAsync().ConfigureAwait(false);
            }
        }
        catch (Exception e) when (IsTrouble(e, CancellationToken.None))
        {
            // it is gone already
        }
    }

    // Whatever a link can throw: the library's own, a socket's, TLS', and the cancellation that it makes of a link
    // that was cut.
    private static bool IsTrouble(Exception e, CancellationToken wanted) =>
        !wanted.IsCancellationRequested && e is MqttAwayException or MqttCommunicationException
            or MQTTnet.Adapter.MqttConnectingFailedException or MqttProtocolViolationException
            or MqttClientNotConnectedException or IOException or System.Net.Sockets.SocketException
            or System.Security.Authentication.AuthenticationException or OperationCanceledException
            or ObjectDisposedException or InvalidOperationException;

    [LoggerMessage(Level = LogLevel.Information, Message = "{Client} is connected to {Broker}")]
    private partial void LogConnected(string client, BrokerAddress broker);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Client} lost {Broker}; it connects again")]
    private partial void LogLost(string client, BrokerAddress broker);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Client}: {Trouble}")]
    private partial void LogTrouble(string client, string trouble);
}
