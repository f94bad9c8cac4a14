using System.CommandLine;
using System.Net;
using Backstep.Gym.Commands;
using Backstep.Gym.Keeping;
using Backstep.Gym.Mqtt;
using Backstep.Gym.Server;
using Backstep.Gym.Tests.Keeping;
using Backstep.Terminal;

namespace Backstep.Gym.Tests.Server;

/// <summary><c>backstep-gym user</c> and <c>doctor</c>, from a command line to a text.</summary>
public sealed class GymCommandTests : IDisposable
{
    private const string Password = "correct horse 7";

    private readonly string _folder = Directory.CreateTempSubdirectory("gym-cmd-").FullName;
    private readonly Queue<string> _typed = new();
    private string _said = "";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Users_are_added_listed_and_removed_and_no_password_is_shown()
    {
        Assert.Equal(0, await RunAsync([Password, Password], "user", "add", "ada", "--role", "staff"));
        Assert.Equal(0, await RunAsync([Password, Password], "user", "add", "east", "--role", "gateway"));
        Assert.DoesNotContain(Password, _said, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, await RunAsync([Password, Password], "user", "add", "east", "--role", "reader"));
        Assert.Contains("already", _said, StringComparison.Ordinal);
        Assert.Equal(0, await RunAsync([], "user", "list"));
        Assert.Equal($"staff    ada{Environment.NewLine}gateway  east{Environment.NewLine}", _said);
        Assert.Equal(0, await RunAsync([], "user", "list", "--json"));
        Assert.Contains("\"schema\": \"backstep.gym.users/1\"", _said, StringComparison.Ordinal);
        Assert.DoesNotContain("ash", _said, StringComparison.Ordinal); // no hash

        await using (var store = GymStores.Open(null, _folder, TimeProvider.System))
        {
            var ada = (await store.UsersAsync(TestContext.Current.CancellationToken))[0];
            Assert.True(PasswordHashing.IsRight(ada, Password));
            Assert.False(PasswordHashing.IsRight(ada, Password + "x"));
        }

        string file = Path.Combine(_folder, "secret");
        await File.WriteAllTextAsync(file, "another horse 8\n", TestContext.Current.CancellationToken);
        Assert.Equal(0, await RunAsync([], "user", "password", "ada", "--password-file", file));
        await using (var store = GymStores.Open(null, _folder, TimeProvider.System))
        {
            var ada = (await store.UsersAsync(TestContext.Current.CancellationToken))[0];
            Assert.Equal((GymRole.Staff, true), (ada.Role, PasswordHashing.IsRight(ada, "another horse 8")));
        }

        Assert.Equal(0, await RunAsync([], "user", "remove", "ada"));
        Assert.Equal(ExitCode.Usage, await RunAsync([], "user", "remove", "ada"));
    }

    [Theory]
    [InlineData("ada", "short", "fewer than 10")]
    [InlineData("long-enough", "long-enough", "little more than the name")]
    [InlineData("ada", "aaaaaaaaaaaa", "repeats")]
    [InlineData("Ada", Password, "cannot be the name")]
    [InlineData("clips", Password, "cannot be the name")]
    public async Task What_will_not_do_is_refused(string name, string password, string words)
    {
        Assert.Equal(ExitCode.Usage, await RunAsync([password, password], "user", "add", name, "--role", "staff"));
        Assert.Contains(words, _said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_that_differ_change_nothing()
    {
        Assert.Equal(ExitCode.Usage, await RunAsync([Password, "x"], "user", "add", "ada", "--role", "staff"));
        Assert.Equal(0, await RunAsync([], "user", "list"));
        Assert.Contains("Nobody yet", _said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_says_what_is_in_the_way_and_what_mends_it()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "bt", "hci0"));
        Directory.CreateDirectory(Path.Combine(_folder, "bt", "hci1"));
        Directory.CreateDirectory(Path.Combine(_folder, "bt", "hci0:12"));
        Assert.Equal(0, await RunAsync([], "doctor"));
        Assert.Contains("2 adapters: links to 6 to 16 clips", _said.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("SQLite: 0 strides, 0 clips", _said, StringComparison.Ordinal);
        Assert.Contains("Nothing is in the way", _said, StringComparison.Ordinal);
        Assert.Equal(0, await RunAsync([], "doctor", "--json"));
        Assert.Contains("\"isFine\": true", _said, StringComparison.Ordinal);

        _listen = IPAddress.Any;
        _broker = new BrokerAddress("127.0.0.1", 1, false);
        Assert.Equal(ExitCode.Sensor, await RunAsync([], "doctor"));
        Assert.Contains("nobody has a password", _said, StringComparison.Ordinal);
        Assert.Contains("out of reach", _said, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder, File.GetUnixFileMode(_folder) | UnixFileMode.OtherRead);
            await RunAsync([], "doctor");
            Assert.Contains("chmod 700", _said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_access_list_lets_a_gateway_write_for_its_own_clips_alone()
    {
        await using var test = await TestStore.OpenAsync(TestStore.Sqlite);
        string acl = MosquittoAcl.Of("room", [new GymUser("ada", GymRole.Staff, ""),
            new GymUser("east", GymRole.Gateway, ""), new GymUser("screen", GymRole.Reader, "")],
            [new RoomClip("clip-1", 1, null, null, "east", true, null, null, null),
                new RoomClip("clip-2", 2, null, null, "west", true, null, null, null)]);
        Assert.Contains("user east\ntopic write backstep/v1/room/east/status\n", acl, StringComparison.Ordinal);
        Assert.Contains("topic write backstep/v1/room/clips/clip-1/strides\n", acl, StringComparison.Ordinal);
        Assert.DoesNotContain("clip-2", acl, StringComparison.Ordinal);
        Assert.DoesNotContain("ada", acl, StringComparison.Ordinal);
        Assert.EndsWith("user screen\ntopic read backstep/v1/room/#\ntopic read homeassistant/#\n", acl,
            StringComparison.Ordinal);
    }

    private IPAddress _listen = IPAddress.Loopback;
    private BrokerAddress? _broker;

    private async Task<int> RunAsync(string[] typed, params string[] args)
    {
        using var output = new StringWriter();
        using var environment = new ProgramEnvironment { Program = "backstep-gym", Out = output, Error = output };
        foreach (string one in typed)
        {
            _typed.Enqueue(one);
        }

        RootCommand Root()
        {
            var json = new Option<bool>("--json") { Recursive = true };
            var root = ProgramRoot.Of("The gym.", json, environment, "0");
            IGymStore Open() => GymStores.Open(null, _folder, TimeProvider.System);
            root.Subcommands.Add(UserCommand.Build(environment, json, _ => Open(),
                new SecretInput(_ => _typed.Dequeue(), () => null)));
            root.Subcommands.Add(DoctorGymCommand.Build(environment, json, _ => new GymSubject("room", _folder, Open,
                _broker, _listen, false) { AdaptersFolder = Path.Combine(_folder, "bt") }));
            HelpWithExamples.Attach(root, [], program: new ProgramHelp("backstep-gym"));
            return root;
        }

        int code = await ConsoleProgram.RunAsync(Root, args, environment);
        _typed.Clear();
        _said = output.ToString();
        return code;
    }
}
