using Backstep.Companion.Report;
using Backstep.Files;
using Backstep.Terminal;

namespace Backstep.Companion.Commands;

/// <summary>A page in a file: as HTML, or printed where the file's name ends in .pdf. It appears whole or not at
/// all.</summary>
internal static class PageFile
{
    /// <summary>Whether a file of this name is printed.</summary>
    public static bool IsPdf(string path) => Path.GetExtension(path).Equals(".pdf", StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes it.</summary>
    /// <param name="environment">Where.</param>
    /// <param name="path">The file.</param>
    /// <param name="force">Whether one that exists is replaced.</param>
    /// <param name="write">Writes the page as HTML.</param>
    /// <exception cref="CommandException">No browser that prints, it could not, or the file exists.</exception>
    public static void Write(CommandEnvironment environment, string path, bool force, Action<TextWriter> write)
    {
        if (IsPdf(path))
        {
            Print(environment, path, force, write);
            return;
        }

        using var file = AtomicFile.Create(path, force);
        write(file.Writer);
        file.Commit();
    }

    private static void Print(CommandEnvironment environment, string path, bool force, Action<TextWriter> write)
    {
        string program = ChromiumPdf.Find(environment.SearchPath) ?? throw new CommandException(ExitCode.Usage,
            $"no browser that prints was found (looked for {string.Join(", ", ChromiumPdf.Names)}). Write the page, "
            + $"--out {Path.ChangeExtension(path, "html")}, open it in a browser and print it to a PDF there.");
        if (!force && File.Exists(path))
        {
            throw new CommandException(ExitCode.CannotWrite,
                $"{path} exists already. Choose another name, or add --force to replace it.");
        }

        var folder = Directory.CreateTempSubdirectory("backstep-");
        try
        {
            string page = Path.Combine(folder.FullName, "page.html");
            string pdf = Path.Combine(folder.FullName, "page.pdf");
            using (var writer = new StreamWriter(page))
            {
                write(writer);
            }

            if (ChromiumPdf.Print(program, page, pdf) is { } why)
            {
                throw new CommandException(ExitCode.CannotWrite,
                    $"{Path.GetFileName(program)} could not print: {why}.");
            }

            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(pdf, UnixFileMode.UserRead | UnixFileMode.UserWrite); // pain and a name are on it
            }

            File.Move(pdf, path, overwrite: force);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
