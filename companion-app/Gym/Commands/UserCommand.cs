using System.CommandLine;
using Backstep.Gym.Keeping;
using Backstep.Gym.Server;
using Backstep.Terminal;
using Backstep.Walks;

namespace Backstep.Gym.Commands;

/// <summary><c>backstep-gym user add|list|remove|password</c>. A password is typed without being shown, or read from a
/// file or a pipe; never from the command line, which everybody on the computer can read.</summary>
public static class UserCommand
{
    /// <summary>Builds it.</summary>
    /// <param name="environment">Where texts go.</param>
    /// <param name="json">--json.</param>
    /// <param name="open">The store that the command line names; prepared here, closed here.</param>
    /// <param name="secrets">Where passwords come from; null for this process's console.</param>
    public static Command Build(ProgramEnvironment environment, Option<bool> json, Func<ParseResult, IGymStore> open,
        SecretInput? secrets = null)
    {
        secrets ??= SecretInput.OfThisProcess(environment);
        var command = new Command("user", "People and machines with a password: staff, gateways, readers.");
        command.Subcommands.Add(Add(environment, open, secrets));
        command.Subcommands.Add(List(environment, json, open));
        command.Subcommands.Add(Password(environment, open, secrets));
        command.Subcommands.Add(Remove(environment, open));
        HelpWithExamples.Attach(command,
            [("Somebody who may use the staff page", "backstep-gym user add ada --role staff"),
                ("A gateway; its name is the user's", "backstep-gym user add east --role gateway"),
                ("With a password from a file",
                    "backstep-gym user add east --role gateway --password-file east.txt")],
            notes: $"A password has {PasswordHashing.ShortestLength} characters at least. Staff: the staff page. "
                + "Gateway: on MQTT, its own messages and those of its clips. Reader: on MQTT, listen only.");
        return command;
    }

    private static Command Add(ProgramEnvironment environment, Func<ParseResult, IGymStore> open, SecretInput secrets)
    {
        var name = Name();
        var file = PasswordFile();
        var role = new Option<string>("--role")
        {
            Description = "What they may.", HelpName = "staff|gateway|reader|server", Required = true,
        };
        role.AcceptOnlyFromAmong("staff", "gateway", "reader", "server");
        var command = new Command("add", "Add somebody.") { name, role, file };
        command.SetAction((result, _) => WithAsync(open, result, async store =>
        {
            string who = result.GetRequiredValue(name);
            if (await FindAsync(store, who, environment).ConfigureAwait(false) != null)
            {
                throw new BadRequestException($"there is a user '{OneLine.Of(who)}' already: 'backstep-gym user "
                    + $"password {OneLine.Of(who)}' gives them another password.");
            }

            var kind = Enum.Parse<GymRole>(result.GetRequiredValue(role), ignoreCase: true);
            var user = PasswordHashing.Make(who, kind, secrets.Read(result.GetValue(file)));
            await store.KeepUserAsync(user, environment.Stop).ConfigureAwait(false);
            environment.Out.WriteLine($"Added {user.Name} ({Word(kind)}).");
        }));
        HelpWithExamples.Attach(command, [("", "backstep-gym user add ada --role staff")]);
        return command;
    }

    private static Command List(ProgramEnvironment environment, Option<bool> json, Func<ParseResult, IGymStore> open)
    {
        var command = new Command("list", "Who there is.");
        command.SetAction((result, _) => WithAsync(open, result, async store =>
        {
            var users = await store.UsersAsync(environment.Stop).ConfigureAwait(false);
            if (result.GetValue(json))
            {
                JsonText.Write(environment.Out,
                    new GymUsersJson([.. users.Select(user => new GymUserJson(user.Name, Word(user.Role)))]),
                    GymCommandJson.Default.GymUsersJson);
                return;
            }

            environment.Out.WriteLine(users.Count == 0 ? "Nobody yet: 'backstep-gym user add NAME --role staff'."
                : string.Join(Environment.NewLine, users.Select(user => $"{Word(user.Role),-8} {user.Name}")));
        }));
        HelpWithExamples.Attach(command, [("", "backstep-gym user list")]);
        return command;
    }

    private static Command Password(ProgramEnvironment environment, Func<ParseResult, IGymStore> open,
        SecretInput secrets)
    {
        var name = Name();
        var file = PasswordFile();
        var command = new Command("password", "Give somebody another password.") { name, file };
        command.SetAction((result, _) => WithAsync(open, result, async store =>
        {
            var user = await FindAsync(store, result.GetRequiredValue(name), environment).ConfigureAwait(false)
                ?? throw Nobody(result.GetRequiredValue(name));
            await store.KeepUserAsync(PasswordHashing.Make(user.Name, user.Role,
                secrets.Read(result.GetValue(file))), environment.Stop).ConfigureAwait(false);
            environment.Out.WriteLine($"{user.Name} has another password.");
        }));
        HelpWithExamples.Attach(command, [("", "backstep-gym user password ada")]);
        return command;
    }

    private static Command Remove(ProgramEnvironment environment, Func<ParseResult, IGymStore> open)
    {
        var name = Name();
        var command = new Command("remove", "Take somebody away. Who is connected stays until they connect again.")
        {
            name,
        };
        command.SetAction((result, _) => WithAsync(open, result, async store =>
        {
            string who = result.GetRequiredValue(name);
            if (!await store.ForgetUserAsync(who, environment.Stop).ConfigureAwait(false))
            {
                throw Nobody(who);
            }

            environment.Out.WriteLine($"Removed {OneLine.Of(who)}.");
        }));
        HelpWithExamples.Attach(command, [("", "backstep-gym user remove ada")]);
        return command;
    }

    private static async Task<int> WithAsync(Func<ParseResult, IGymStore> open, ParseResult result,
        Func<IGymStore, Task> work)
    {
        var store = open(result);
        await using (store.ConfigureAwait(false))
        {
            await store.PrepareAsync(CancellationToken.None).ConfigureAwait(false);
            await work(store).ConfigureAwait(false);
        }

        return ExitCode.Ok;
    }

    private static async Task<GymUser?> FindAsync(IGymStore store, string name, ProgramEnvironment environment) =>
        (await store.UsersAsync(environment.Stop).ConfigureAwait(false)).FirstOrDefault(user => user.Name == name);

    private static BadRequestException Nobody(string name) =>
        new($"there is no user '{OneLine.Of(name)}': 'backstep-gym user list' says who there is.");

    private static Argument<string> Name() => new("NAME")
    {
        Description = "Lower-case letters, digits and hyphens; a gateway's is the gateway's.",
    };

    private static Option<string?> PasswordFile() => new("--password-file")
    {
        Description = "Read the password from the first line of a file.", HelpName = "FILE",
    };

    private static string Word(GymRole role) => role.ToString().ToLowerInvariant();
}
