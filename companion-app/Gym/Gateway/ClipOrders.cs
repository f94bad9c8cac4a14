using Backstep.Gym.Messages;
using Backstep.Gym.Mqtt;
using Backstep.Protocol;

namespace Backstep.Gym.Gateway;

/// <summary>Which commands of the server a gateway obeys: each once, none that is late, none that a broker had
/// kept.</summary>
/// <param name="gym">Whose topics.</param>
/// <param name="time">The clock by which they are late.</param>
internal sealed class ClipOrders(string gym, TimeProvider time)
{
    private readonly Dictionary<string, DateTimeOffset> _obeyed = new(StringComparer.Ordinal);

    /// <summary>Which messages may be commands.</summary>
    public static string Filter(string gym) => GymTopics.Command(gym, "+");

    /// <summary>Looks at one.</summary>
    /// <param name="message">The message.</param>
    /// <param name="clip">Whose clip.</param>
    /// <param name="problem">Why it is not obeyed; empty when it is.</param>
    /// <returns>What to tell the clip; null for nothing.</returns>
    public ControlCommand? Judge(MqttReceived message, out string clip, out string problem)
    {
        if (!GymTopics.TryClip(gym, message.Topic, out clip, out string kind) || kind != "command")
        {
            problem = "no command";
            return null;
        }

        if (message.IsRetained)
        {
            problem = "it was kept by the broker: a command is about now";
            return null;
        }

        var command = GymMessage.Read(message.Payload, MessageJson.Default.ClipCommand, out problem);
        if (command == null)
        {
            return null;
        }

        problem = Problem(command);
        return problem.Length > 0 ? null : Of(command.Command);
    }

    private string Problem(ClipCommand command)
    {
        var now = time.GetUtcNow();
        if (command.Id.Length != 32 || !command.Id.All(char.IsAsciiHexDigit))
        {
            return "its id is none";
        }

        if (Of(command.Command) == null)
        {
            return "it is none of start, pause, stop";
        }

        if ((now - command.At).Duration() > ClipCommand.Fresh)
        {
            return now > command.At ? "it is too late" : "it comes from the future: set the clocks";
        }

        // Whatever is older than two such times is refused for its age.
        foreach (string old in _obeyed.Where(one => now - one.Value > ClipCommand.Fresh * 2).Select(one => one.Key)
            .ToArray())
        {
            _obeyed.Remove(old);
        }

        return _obeyed.TryAdd(command.Id.ToLowerInvariant(), command.At > now ? command.At : now) ? ""
            : "it was obeyed already";
    }

    private static ControlCommand? Of(string word) => word switch
    {
        ClipCommand.Start => ControlCommand.Of(ControlOperation.Start),
        ClipCommand.Pause => ControlCommand.Of(ControlOperation.Pause),
        ClipCommand.Stop => ControlCommand.Of(ControlOperation.Stop),
        _ => null,
    };
}
