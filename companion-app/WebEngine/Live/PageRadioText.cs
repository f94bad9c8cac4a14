using Backstep.Link;

namespace Backstep.WebEngine.Live;

/// <summary>What goes wrong with Web Bluetooth, in a walker's words. A browser tells the kind of error and a sentence
/// of its own; only the sentence tells a link that broke from a sensor that refuses (Chromium,
/// third_party/blink/renderer/modules/bluetooth/bluetooth_error.cc).</summary>
public static class PageRadioText
{
    /// <summary>ATT error "insufficient authentication" (Core specification, volume 3, part F, 3.4.1.1).</summary>
    public const byte NotPaired = 0x05;

    /// <summary>Said once when the sensor takes no commands from here.</summary>
    public const string WithoutCommands = "This browser is not paired with the sensor, so strides that the link misses "
        + "cannot be fetched; all that comes live is counted and kept.";

    // "GATT Error: Not paired.", "GATT operation not authorized.", "Authentication failed." and its siblings.
    private static readonly string[] Unpaired =
        ["not paired", "not authorized", "not permitted", "authentication", "insufficient encryption", "pairing"];

    // "GATT Server is disconnected. Cannot perform GATT operations.", "GATT Server disconnected while ...", "Bluetooth
    // Device is no longer in range.", "Connection Error: ...".
    private static readonly string[] Broken = ["disconnected", "not connected", "no longer in range", "connection"];

    // What .NET puts before whatever JavaScript throws.
    private const string Thrown = "Error: ";

    /// <summary>Of an error as the page tells it: the kind, a colon, the browser's sentence.</summary>
    public static SensorLinkException Of(string told)
    {
        told = told.StartsWith(Thrown, StringComparison.Ordinal) ? told[Thrown.Length..] : told;
        int colon = told.IndexOf(':', StringComparison.Ordinal);
        string kind = colon < 0 ? "" : told[..colon].Trim();
        string why = told[(colon + 1)..].Trim();
        if (Says(why, Unpaired))
        {
            return new SensorLinkException("the sensor wants to be paired with this device first, in its settings")
            {
                AttError = NotPaired,
            };
        }

        return kind switch
        {
            "NotFound" => new SensorLinkException($"the sensor is not there, or has not what is asked for ({why})"),
            "Security" => new SensorLinkException($"the browser does not let this page use the sensor ({why})")
            {
                IsLasting = true,
            },
            "NotAllowed" => new SensorLinkException($"Bluetooth was not allowed ({why})") { IsLasting = true },
            _ => new SensorLinkException(Says(why, Broken)
                ? $"the sensor is out of reach, or switched off ({why})" : $"Bluetooth failed ({why})"),
        };
    }

    /// <summary>Whether an error says that the link is gone.</summary>
    public static bool IsBroken(string told) => Says(told, Broken);

    private static bool Says(string text, string[] words) =>
        words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
