using System.CommandLine;
using Backstep.Gym.Keeping;

namespace Backstep.Gym.Commands;

/// <summary>Which store: --data and --store.</summary>
internal sealed class StoreChoice(TimeProvider time)
{
    private readonly Option<string?> _data = DataOption.Create();

    private readonly Option<string?> _store = new("--store")
    {
        Description = "PostgreSQL, as \"Host=...;Database=...;Username=...\"; its password by "
            + $"{GymStores.PasswordVariable}. Default: SQLite in the data folder.",
        HelpName = "TEXT",
    };

    /// <summary>Adds both.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_data);
        command.Options.Add(_store);
    }

    /// <summary>Adds both to every command below.</summary>
    public Command AddBelow(Command command)
    {
        foreach (var child in command.Subcommands)
        {
            AddTo(child);
        }

        return command;
    }

    /// <summary>The data folder; made when it is not there.</summary>
    public string Folder(ParseResult result) => DataOption.Folder(result.GetValue(_data));

    /// <summary>PostgreSQL's text; null for SQLite.</summary>
    public string? Text(ParseResult result) => result.GetValue(_store);

    /// <summary>The store; nothing is opened before it is prepared.</summary>
    public IGymStore Open(ParseResult result) => GymStores.Open(Text(result), Folder(result), time);
}
