using System.CommandLine;
using System.Globalization;
using Backstep.Terminal;
using Backstep.Walks;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Commands;

/// <summary>Which kept session a command is about: its number, or the last one.</summary>
public static class SessionArgument
{
    private const string Last = "last";

    /// <summary>[ID].</summary>
    public static Argument<string?> Build()
    {
        var argument = new Argument<string?>("ID") { Description = "The session's number, as 'backstep sessions' "
            + "lists it; without it the last one.", Arity = ArgumentArity.ZeroOrOne };
        argument.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && result.Tokens[0].Value != Last && Number(result.Tokens[0].Value) == null)
            {
                result.AddError($"'{OneLine.Of(result.Tokens[0].Value)}' is no session. Give its number, or 'last'");
            }
        });
        return argument;
    }

    /// <summary>The session.</summary>
    /// <exception cref="CommandException">There is none, or it is somebody else's than --walker says.</exception>
    public static KeptSession Find(ParseResult result, Argument<string?> argument, StoreOptions options,
        ISessionArchive archive)
    {
        if (result.GetValue(argument) is not { } told || told == Last)
        {
            var walker = options.WhoseSessions(result, archive);
            return walker != null && archive.Summaries(walker.Id, atMost: 1) is [var last]
                && archive.Find(last.Header.Id) is { } session
                ? session
                : throw new CommandException(ExitCode.Usage,
                    $"no session is kept{(walker == null ? "" : $" of {OneLine.Of(walker.Name)}")} yet. Walk with "
                    + $"'backstep live', or import one.");
        }

        long id = Number(told)!.Value;
        var found = StoreOptions.Session(archive, id);
        return result.GetValue(options.Walker) is { } name
            && StoreOptions.Named(name, archive.Walkers()).Id != found.Walker.Id
            ? throw new CommandException(ExitCode.Usage,
                $"session {id} is of {OneLine.Of(found.Walker.Name)}. Leave --walker out, or see 'backstep sessions'.")
            : found;
    }

    /// <summary>A name for a file about a session, in the folder where the command was given.</summary>
    public static string FileName(SessionHeader header, string ending) =>
        string.Create(CultureInfo.InvariantCulture,
            $"backstep-{header.StartedAt:yyyy-MM-dd-HHmm}-{header.Id}.{ending}");

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
