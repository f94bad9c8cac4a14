namespace nanoFramework.Runtime.Events;

/// <summary>Base of native events.</summary>
public class BaseEvent
{
    /// <summary>Where from.</summary>
    public ushort Source;

    /// <summary>What.</summary>
    public byte Message;
}
