using System.Globalization;
using System.Text;
using Backstep.Gym.Gateway;
using Backstep.Gym.Messages;
using Backstep.Gym.Mqtt;
using Backstep.Protocol;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Gym.Tests.Gateway;

/// <summary>A gateway obeys what staff want now, once; nothing stale, replayed, kept or made up.</summary>
public sealed class ClipOrdersTests
{
    private const string Id = "0123456789abcdef0123456789abcdef";

    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Now);
    private readonly ClipOrders _orders;

    public ClipOrdersTests() => _orders = new ClipOrders("gym", _time);

    [Theory]
    [InlineData("start", ControlOperation.Start)]
    [InlineData("pause", ControlOperation.Pause)]
    [InlineData("stop", ControlOperation.Stop)]
    public void Each_is_obeyed_once(string word, ControlOperation operation)
    {
        Assert.Equal(operation, Judge(word: word)?.Operation);
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Null(Judge(word: word));
        Assert.Null(Judge(word: word, id: Id.ToUpperInvariant()));
    }

    [Theory]
    [InlineData(9.9, true)]
    [InlineData(10.1, false)]
    [InlineData(-9.9, true)]
    [InlineData(-10.1, false)]
    public void Late_ones_and_those_from_the_future_are_not(double secondsOld, bool isObeyed) =>
        Assert.Equal(isObeyed, Judge(secondsOld: secondsOld) != null);

    [Fact]
    public void One_from_the_future_cannot_be_replayed_when_its_time_has_come()
    {
        Assert.NotNull(Judge(secondsOld: -9));
        for (int i = 0; i < 24; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            string other = Id[..30] + i.ToString("x2", CultureInfo.InvariantCulture);
            Assert.NotNull(_orders.Judge(Message(other, 0, "start"), out _, out _));
            Assert.Null(_orders.Judge(Message(Id, -9 + i + 1, "start"), out _, out _));
        }
    }

    [Theory]
    [InlineData("backstep/v1/gym/clips/one/live")]
    [InlineData("backstep/v1/other/clips/one/command")]
    [InlineData("backstep/v1/gym/clips/../command")]
    [InlineData("backstep/v1/gym/one/command")]
    public void Other_topics_are_none(string topic) =>
        Assert.Null(_orders.Judge(Message(Id, 0, "start") with { Topic = topic }, out _, out _));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"id\":null,\"at\":\"2026-03-02T08:00:00Z\",\"command\":\"start\"}")]
    [InlineData("{\"id\":\"0123\",\"at\":\"2026-03-02T08:00:00Z\",\"command\":\"start\"}")]
    [InlineData("{\"id\":\"0123456789abcdef0123456789abcdef\",\"at\":\"2026-03-02T08:00:00Z\",\"command\":\"reset\"}")]
    [InlineData("{\"id\":\"0123456789abcdef0123456789abcdef\",\"at\":\"never\",\"command\":\"start\"}")]
    public void Garbage_is_none(string json)
    {
        var message = Message(Id, 0, "start") with { Payload = Encoding.UTF8.GetBytes(json) };
        Assert.Null(_orders.Judge(message, out _, out string problem));
        Assert.NotEqual("", problem);
    }

    [Fact]
    public void What_a_broker_had_kept_is_about_another_time() =>
        Assert.Null(_orders.Judge(Message(Id, 0, "start") with { IsRetained = true }, out _, out _));

    private ControlCommand? Judge(string word = "start", string id = Id, double secondsOld = 0) =>
        _orders.Judge(Message(id, secondsOld, word), out _, out _);

    private MqttReceived Message(string id, double secondsOld, string word) => new("backstep/v1/gym/clips/one/command",
        GymMessage.Bytes(new ClipCommand(id, _time.GetUtcNow() - TimeSpan.FromSeconds(secondsOld), word),
            MessageJson.Default.ClipCommand), false, _ => Task.CompletedTask);
}
