using System.CommandLine;
using System.Globalization;
using Backstep.Link;
using Backstep.Walks;

namespace Backstep.Companion.Commands;

/// <summary>Options of the commands that follow a real sensor.</summary>
public static class SensorOptions
{
    /// <summary>Longest that any of them runs, in seconds.</summary>
    public const double LongestSeconds = 24 * 3600;

    /// <summary>How long to look for a sensor that was named. It advertises several times a second; a busy adapter
    /// hears one in a few.</summary>
    public static readonly TimeSpan FindPatience = TimeSpan.FromSeconds(15);

    /// <summary>--sensor NAME|ADDRESS.</summary>
    public static Option<string?> Sensor(bool required, string description) =>
        new("--sensor") { Description = description, HelpName = "NAME|ADDRESS", Required = required };

    /// <summary>--sensor NAME|ADDRESS, once or several times.</summary>
    public static Option<string[]> Sensors(string description) =>
        new("--sensor") { Description = description, HelpName = "NAME|ADDRESS", Required = true,
            AllowMultipleArgumentsPerToken = false };

    /// <summary>--passkey NNNNNN, for every command that has --sensor.</summary>
    public static Option<uint?> Passkey() => new("--passkey")
    {
        Description = "The sensor's passkey, if its owner set one. Without it you are asked for it.",
        HelpName = "NNNNNN",
        CustomParser = result =>
        {
            if (TryReadPasskey(result.Tokens[0].Value, out uint passkey))
            {
                return passkey;
            }

            result.AddError("--passkey must be six digits");
            return null;
        },
    };

    /// <summary>A conversation with a sensor that tells when its first contact takes a while.</summary>
    public static SensorConversation Converse(CommandEnvironment environment, IBluetooth bluetooth,
        SensorSighting sensor, TimeProvider time)
    {
        var conversation = new SensorConversation(bluetooth.LinkTo(sensor), time);
        conversation.Waiting += why => ReportWaiting(environment, conversation.Name, why);
        return conversation;
    }

    /// <summary>Says that the first contact did not come about yet, beside the data.</summary>
    public static void ReportWaiting(CommandEnvironment environment, string sensor, string why) =>
        environment.Error.WriteLine($"backstep: {sensor}: {OneLine.Of(why)}. Trying again ...");

    /// <summary>Reads six digits.</summary>
    public static bool TryReadPasskey(string? text, out uint passkey)
    {
        passkey = 0;
        return text?.Trim() is { Length: 6 } digits
            && uint.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out passkey);
    }
}
