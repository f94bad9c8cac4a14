using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Backstep.Walks;

namespace Backstep.Flash;

/// <summary>
/// A deployment image, <c>Backstep.Sensor.bin</c>: the assemblies of a program one after the other, each begun on a
/// multiple of four bytes. Layout of an assembly: <c>CLR_RECORD_ASSEMBLY</c> of nf-interpreter
/// (<c>src/CLR/Include/nanoCLR_Types.h</c>), all little-endian.
/// </summary>
public sealed class DeploymentImage
{
    /// <summary>The program's own assembly.</summary>
    public const string Program = "Backstep.Sensor";

    private const int NativeChecksumAt = 20;
    private const int VersionAt = 28;
    private const int NameAt = 36; // u16, an offset into the strings
    private const int TablesAt = 40; // u32 each
    private const int StringsTable = 11;
    private const int EndTable = 15;
    private const int HeaderLength = 124;
    private const int Alignment = 4;

    // Strings from here up stand in the runtime, not in the assembly.
    private const int FirstSharedString = 0x8000;

    // The partition `deploy` of an ESP32 with 4 MB of flash; the largest is larger.
    private const int SmallestPartition = 0x1C0000;

    private static readonly byte[] Marker = "NFMRK1\0\0"u8.ToArray();

    private DeploymentImage(IReadOnlyList<NanoAssembly> assemblies, int length)
    {
        Assemblies = assemblies;
        Length = length;
    }

    /// <summary>What it holds, in order.</summary>
    public IReadOnlyList<NanoAssembly> Assemblies { get; }

    /// <summary>Bytes.</summary>
    public int Length { get; }

    /// <summary>The program's own assembly.</summary>
    public NanoAssembly Sensor => Assemblies.First(one => one.Name == Program);

    /// <summary>Reads a file.</summary>
    /// <exception cref="BadInputException">It is missing, too large, or no image of Backstep.</exception>
    public static DeploymentImage Read(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"Cannot read the program '{path}': {e.Message} It comes with a release, or "
                + "from a build of firmware/Backstep.Firmware.sln (firmware/Sensor/bin/Release/Backstep.Sensor.bin).",
                e);
        }
    }

    /// <summary>Reads bytes.</summary>
    /// <param name="data">The image.</param>
    /// <param name="name">What it is called in errors.</param>
    /// <exception cref="BadInputException">It is too large, or no image of Backstep.</exception>
    public static DeploymentImage Parse(byte[] data, string name)
    {
        if (data.Length > SmallestPartition)
        {
            throw new BadInputException(string.Create(CultureInfo.InvariantCulture,
                $"'{name}' is larger than the room for programs on a board ({SmallestPartition} bytes): it is "
                + $"something else than the sensor's program."));
        }

        var assemblies = new List<NanoAssembly>();
        for (int at = 0; at < data.Length;)
        {
            int length = ReadOne(data.AsSpan(at), assemblies);
            if (length == 0)
            {
                throw new BadInputException(string.Create(CultureInfo.InvariantCulture,
                    $"'{name}' is no program for nanoFramework, or is cut off: there is none at byte {at}. Wanted is "
                    + $"the .bin of a build, not the .pe, .dll or a whole copy of a flash."));
            }

            at += (length + Alignment - 1) / Alignment * Alignment;
        }

        return assemblies.Any(one => one.Name == Program)
            ? new DeploymentImage(assemblies, data.Length)
            : throw new BadInputException($"'{name}' is a program for nanoFramework, but not the sensor's: there is "
                + $"no {Program} in it.");
    }

    // Length of the assembly that begins here, or 0 when there is none.
    private static int ReadOne(ReadOnlySpan<byte> data, List<NanoAssembly> assemblies)
    {
        if (data.Length < HeaderLength || !data.StartsWith(Marker))
        {
            return 0;
        }

        uint end = TableAt(data, EndTable);
        if (end < HeaderLength || end > data.Length)
        {
            return 0;
        }

        assemblies.Add(new NanoAssembly(
            NameOf(data[..(int)end]),
            new Version(U16(data, VersionAt), U16(data, VersionAt + 2), U16(data, VersionAt + 4),
                U16(data, VersionAt + 6)),
            BinaryPrimitives.ReadUInt32LittleEndian(data[NativeChecksumAt..])));
        return (int)end;
    }

    private static string? NameOf(ReadOnlySpan<byte> assembly)
    {
        int offset = U16(assembly, NameAt);
        long at = TableAt(assembly, StringsTable) + (long)offset;
        if (offset >= FirstSharedString || at >= assembly.Length)
        {
            return null;
        }

        var rest = assembly[(int)at..];
        int end = rest.IndexOf((byte)0);
        return end > 0 ? Encoding.UTF8.GetString(rest[..end]) : null;
    }

    private static uint TableAt(ReadOnlySpan<byte> data, int table) =>
        BinaryPrimitives.ReadUInt32LittleEndian(data[(TablesAt + (table * sizeof(uint)))..]);

    private static int U16(ReadOnlySpan<byte> data, int at) => BinaryPrimitives.ReadUInt16LittleEndian(data[at..]);
}
