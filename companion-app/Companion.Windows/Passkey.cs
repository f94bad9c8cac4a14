namespace Backstep.Companion.Windows;

/// <summary>Asks the person at the keyboard for a sensor's passkey.</summary>
internal static class Passkey
{
    /// <summary>The six digits; null when nobody is there to type them.</summary>
    public static string? Ask()
    {
        if (Console.IsInputRedirected)
        {
            return null;
        }

        Console.Error.Write("Passkey of the sensor (six digits): ");
        return Console.ReadLine()?.Trim() is { Length: > 0 } digits ? digits : null;
    }
}
