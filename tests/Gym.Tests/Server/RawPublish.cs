using System.Text;
using Backstep.Gym.Mqtt;
using MQTTnet;

namespace Backstep.Gym.Tests.Server;

/// <summary>One message by somebody, whatever it says.</summary>
internal static class RawPublish
{
    public static async Task<MqttClientPublishReasonCode> PublishAsync(this BrokerAddress broker, string topic,
        string text, bool retain = false)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(new MqttClientOptionsBuilder()
            .WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500)
            .WithClientId("raw-" + Guid.NewGuid().ToString("n"))
            .WithTcpServer(broker.Host, broker.Port)
            .WithCredentials(broker.User ?? "", broker.Password ?? "").Build(),
            TestContext.Current.CancellationToken);
        var result = await client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic(topic)
            .WithPayload(Encoding.UTF8.GetBytes(text)).WithRetainFlag(retain)
            .WithQualityOfServiceLevel(MQTTnet.Protocol.MqttQualityOfServiceLevel.AtLeastOnce).Build(),
            TestContext.Current.CancellationToken);
        await client.DisconnectAsync();
        return result.ReasonCode;
    }
}
