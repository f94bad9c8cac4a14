using Backstep.Walks.Sessions;

namespace Backstep.Files.Export;

/// <summary>What a session can be written as.</summary>
public enum ExportFormat
{
    /// <summary>Training Center Database: what most running sites read.</summary>
    Tcx,

    /// <summary>FIT: the same and more, in bytes.</summary>
    Fit,

    /// <summary>A line a stride, for spreadsheets.</summary>
    Csv,

    /// <summary>All of it; the only one that can be imported again.</summary>
    Json,
}

/// <summary>Formats and what they are called.</summary>
public static class ExportFormats
{
    /// <summary>Their names, which are the endings of their files too.</summary>
    public static IReadOnlyList<string> Names { get; } = ["tcx", "fit", "csv", "json"];

    /// <summary>The name of a format.</summary>
    public static string NameOf(ExportFormat format) => Names[(int)format];

    /// <summary>The format of a name in any case, or null.</summary>
    public static ExportFormat? Named(string? name)
    {
        for (int i = 0; i < Names.Count; i++)
        {
            if (string.Equals(Names[i], name, StringComparison.OrdinalIgnoreCase))
            {
                return (ExportFormat)i;
            }
        }

        return null;
    }

    /// <summary>Writes a session.</summary>
    /// <param name="stream">Where to; left open.</param>
    /// <param name="session">The session.</param>
    /// <param name="format">As what.</param>
    /// <param name="version">Of the program that writes it: 0.1.0.</param>
    /// <exception cref="BadRequestException">The format cannot hold this session.</exception>
    public static void Write(Stream stream, KeptSession session, ExportFormat format, string version)
    {
        switch (format)
        {
            case ExportFormat.Tcx:
                TcxExport.Write(stream, session, version);
                break;
            case ExportFormat.Fit:
                FitExport.Write(stream, session, version);
                break;
            case ExportFormat.Csv:
                CsvExport.Write(stream, session);
                break;
            default:
                SessionFile.Write(stream, session, version);
                break;
        }
    }
}
