namespace Backstep.Files.Export;

/// <summary>Base types of FIT; the numbers stand in the file (FIT Protocol, table "FIT Base Types"). All numbers are
/// little-endian here.</summary>
public enum FitType : byte
{
    /// <summary>One byte; 0xFF is no value.</summary>
    Enum = 0x00,

    /// <summary>uint8: one byte; 0xFF is no value.</summary>
    U8 = 0x02,

    /// <summary>UTF-8 with a zero at its end.</summary>
    Text = 0x07,

    /// <summary>Bytes that are no number.</summary>
    Bytes = 0x0D,

    /// <summary>sint16: two bytes; 0x7FFF is no value.</summary>
    S16 = 0x83,

    /// <summary>uint16: two bytes; 0xFFFF is no value.</summary>
    U16 = 0x84,

    /// <summary>uint32: four bytes; 0xFFFFFFFF is no value.</summary>
    U32 = 0x86,

    /// <summary>uint32z: four bytes; 0 is no value.</summary>
    U32Z = 0x8C,

    /// <summary>float32: four bytes; all bits set is no value.</summary>
    F32 = 0x88,
}
