using Backstep.Walks;
using Npgsql;

namespace Backstep.Gym.Keeping;

/// <summary>Which store, from a command line.</summary>
public static class GymStores
{
    /// <summary>The environment variable with PostgreSQL's password: a command line can be read by everybody on the
    /// computer. PGPASSFILE (~/.pgpass) does as well.</summary>
    public const string PasswordVariable = "BACKSTEP_STORE_PASSWORD";

    /// <summary>The file's name in the data folder.</summary>
    public const string FileName = "gym.sqlite3";

    /// <summary>The store; nothing is opened before <see cref="IGymStore.PrepareAsync"/>.</summary>
    /// <param name="text">Null for a SQLite file in the folder; <c>Host=...</c> for PostgreSQL.</param>
    /// <param name="folder">The data folder.</param>
    /// <param name="time">For what is dated by when it was kept, and for waits between tries.</param>
    /// <exception cref="BadRequestException">It names no store, or a password stands in it.</exception>
    public static GymStore Open(string? text, string folder, TimeProvider time)
    {
        if (text == null)
        {
            return new GymStore(new SqliteGymDatabase(Path.Combine(folder, FileName)), new SqliteStrides(), time);
        }

        // What was given is not shown: who mistyped a key may have typed a password after it.
        var parts = Read(text) ?? throw new BadRequestException("--store names no store that is known: leave it out "
            + "for a file in the data folder, or give PostgreSQL's connection string, as "
            + "\"Host=db.example;Database=gym;Username=gym\".");
        if (!string.IsNullOrEmpty(parts.Password))
        {
            throw new BadRequestException("a password on a command line can be read by everybody on this computer: "
                + $"give it by the variable {PasswordVariable}, or in the file that PGPASSFILE names.");
        }

        parts.Password = Environment.GetEnvironmentVariable(PasswordVariable);
        return new GymStore(new PostgresGymDatabase(parts, time), new PostgresStrides(), time);
    }

    private static NpgsqlConnectionStringBuilder? Read(string text)
    {
        try
        {
            var parts = new NpgsqlConnectionStringBuilder(text);
            return string.IsNullOrWhiteSpace(parts.Host) ? null : parts;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException
            or InvalidCastException or OverflowException)
        {
            return null;
        }
    }
}
