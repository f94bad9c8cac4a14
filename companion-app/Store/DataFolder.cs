using Backstep.Walks;

namespace Backstep.Store;

/// <summary>The folder in which this program keeps what it keeps.</summary>
public static class DataFolder
{
    /// <summary>The environment variable that names another one.</summary>
    public const string Variable = "BACKSTEP_DATA";

    /// <summary>
    /// The folder of whoever uses this computer: what <see cref="Variable"/> says, else $XDG_DATA_HOME/backstep
    /// (~/.local/share/backstep) on Linux,
    /// %APPDATA%\Backstep on Windows, ~/Library/Application Support/Backstep on macOS.
    /// </summary>
    /// <param name="suffix">What another program of the house puts behind that name.</param>
    public static string OfThisUser(string suffix = "")
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } told)
        {
            return told;
        }

        var (parent, name) = OperatingSystem.IsWindows() ? (Environment.SpecialFolder.ApplicationData, "Backstep")
            : OperatingSystem.IsMacOS() ? (Environment.SpecialFolder.LocalApplicationData, "Backstep")
            : (Environment.SpecialFolder.LocalApplicationData, "backstep"); // follows XDG_DATA_HOME
        string folder = Environment.GetFolderPath(parent, Environment.SpecialFolderOption.DoNotVerify);
        return folder.Length > 0
            ? Path.Combine(folder, name + suffix)
            : throw new CannotWriteException(
                $"this user has no home folder to keep sessions in. Name a folder with --data DIR, or in the "
                + $"environment variable {Variable}.");
    }
}
