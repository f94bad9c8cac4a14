using System.CommandLine;
using Backstep.Store;
using Backstep.Walks;

namespace Backstep.Gym.Commands;

/// <summary>Where a gym's store and a gateway's outbox lie.</summary>
internal static class DataOption
{
    // The user of the installed service, and where its unit keeps what it keeps (packaging/gym/backstep-gym.service).
    private const string Service = "backstep-gym";
    private const string ServiceFolder = "/var/lib/backstep-gym";

    /// <summary>The option.</summary>
    public static Option<string?> Create() => new("--data")
    {
        Description = "The folder for what is kept. Default: BACKSTEP_DATA, else that of this user; "
            + $"of the installed service's user, {Service}, the service's.",
        HelpName = "DIR",
    };

    /// <summary>The folder; made when it is not there, for nobody else to read.</summary>
    /// <exception cref="CannotWriteException">It cannot be made.</exception>
    public static string Folder(string? told)
    {
        string folder = Path.GetFullPath(told is { Length: > 0 } ? told : OfThisUser());
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder,
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CannotWriteException($"the folder {OneLine.Of(folder)} cannot be made: "
                + $"{OneLine.Of(e.Message).TrimEnd('.')}. Choose another one with --data.", e);
        }
    }

    // Whoever asks or sets something as the service's user means what the service keeps.
    private static string OfThisUser() => Environment.UserName == Service
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(DataFolder.Variable)) ? ServiceFolder
        : DataFolder.OfThisUser("-gym");
}
