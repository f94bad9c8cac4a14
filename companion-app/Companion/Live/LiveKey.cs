namespace Backstep.Companion.Live;

/// <summary>What a key asks for.</summary>
public enum LiveKey
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Pause, or go on.</summary>
    Pause,

    /// <summary>End the session.</summary>
    Stop,

    /// <summary>Mark this moment. The space bar: the largest key, for a hand that reaches back from a belt.</summary>
    Mark,

    /// <summary>Quiet, or not any more.</summary>
    Mute,

    /// <summary>Show the keys, or not any more.</summary>
    Help,

    /// <summary>Leave.</summary>
    Quit,
}

/// <summary>From a key to what it asks for.</summary>
public static class LiveKeys
{
    /// <summary>The wish behind a key.</summary>
    public static LiveKey Of(ConsoleKeyInfo key) => char.ToLowerInvariant(key.KeyChar) switch
    {
        'p' => LiveKey.Pause,
        's' => LiveKey.Stop,
        ' ' => LiveKey.Mark,
        'm' => LiveKey.Mute,
        '?' or 'h' => LiveKey.Help,
        'q' => LiveKey.Quit,
        _ => key.Key switch
        {
            ConsoleKey.Escape or ConsoleKey.Q => LiveKey.Quit,
            ConsoleKey.F1 => LiveKey.Help,
            _ => LiveKey.None,
        },
    };
}
