namespace Backstep.Companion.Windows;

/// <summary>Asks the person at the keyboard for a sensor's passkey.</summary>
internal static class PasskeyPrompt
{
    // What a sensor wants whose owner has set none: Protocol's ControlCommand.FactoryPasskey.
    private const string Factory = "000000";

    /// <summary>The six digits; the factory's when nobody is there to type them, or presses Enter.</summary>
    public static string Ask()
    {
        if (Console.IsInputRedirected)
        {
            return Factory;
        }

        Console.Error.Write("Passkey of the sensor (six digits; Enter if you have set none): ");
        return Console.ReadLine()?.Trim() is { Length: > 0 } digits ? digits : Factory;
    }
}
