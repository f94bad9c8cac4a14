using System.Globalization;
using System.Text;
using Backstep.Gym.Keeping;
using Backstep.Gym.Messages;

namespace Backstep.Gym.Server;

/// <summary>Mosquitto's access list (mosquitto.conf, acl_file) for users and clips that are known. It cannot look into
/// a message; whose clip it is, the server tells besides.</summary>
public static class MosquittoAcl
{
    /// <summary>The file's text.</summary>
    public static string Of(string gym, IEnumerable<GymUser> users, IReadOnlyList<RoomClip> clips)
    {
        var text = new StringBuilder("# Made by 'backstep-gym doctor --acl'. A clip that is new to the gym is in it "
            + "after the next time.\n");
        foreach (var user in users.Where(user => user.Role != GymRole.Staff))
        {
            Line(text, $"\nuser {user.Name}");
            if (user.Role == GymRole.Server)
            {
                Line(text, $"topic readwrite {GymTopics.Root}/{gym}/#");
            }
            else if (user.Role == GymRole.Reader)
            {
                Line(text, $"topic read {GymTopics.Root}/{gym}/#\ntopic read homeassistant/#");
            }
            else
            {
                Gateway(text, gym, user.Name, clips);
            }
        }

        return text.ToString();
    }

    private static void Gateway(StringBuilder text, string gym, string gateway, IReadOnlyList<RoomClip> clips)
    {
        Line(text, $"topic write {GymTopics.Status(gym, gateway)}");
        Line(text, $"topic read {GymTopics.Stored(gym, gateway)}");
        Line(text, $"topic read {GymTopics.Command(gym, "+")}");
        Line(text, $"topic write homeassistant/#");
        foreach (var clip in clips.Where(clip => clip.Gateway == gateway))
        {
            Line(text, $"topic write {GymTopics.Live(gym, clip.Clip)}");
            Line(text, $"topic write {GymTopics.Strides(gym, clip.Clip)}");
            Line(text, $"topic write {GymTopics.Session(gym, clip.Clip)}");
        }
    }

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
