namespace Backstep.VirtualSensor.Board;

/// <summary>A chip on the I2C bus.</summary>
internal interface II2cTarget
{
    /// <summary>Whether it acknowledges its address.</summary>
    bool Answers { get; }

    /// <summary>Bytes after the address, write direction.</summary>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Bytes after the address, read direction.</summary>
    void Read(Span<byte> bytes);
}
