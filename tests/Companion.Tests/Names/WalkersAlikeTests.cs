using Backstep.Companion.Tests.Sessions;
using Backstep.Store;
using Backstep.Terminal;
using Backstep.Walks.Sessions;
using Microsoft.Data.Sqlite;

namespace Backstep.Companion.Tests.Names;

/// <summary>Older versions took names that read the same for two walkers'. Both stay, and can be told apart.</summary>
public sealed class WalkersAlikeTests : IDisposable
{
    private const string Hidden = "Ann\u200B";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private CommandRun Run(params string[] args) => CommandRun.In(_folder["data"], args);

    /// <summary>Ann has walked once; so has another whose name only reads Ann, later.</summary>
    private void Fill()
    {
        using (var store = SessionStore.Open(_folder["data"], TimeProvider.System))
        {
            store.WalkerNamed("Ann");
            store.WalkerNamed("Bo");
        }

        using (var connection = new SqliteConnection(
            $"Data Source={SessionStore.PathIn(_folder["data"])};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE walker SET name = $1 WHERE name = 'Bo'";
            command.Parameters.AddWithValue("$1", Hidden);
            command.ExecuteNonQuery();
        }

        using (var store = SessionStore.Open(_folder["data"], TimeProvider.System))
        {
            foreach (var walker in store.Walkers().OrderBy(walker => walker.Id))
            {
                store.Close(store.Begin(Kept.Header(walker.Id, Kept.Morning.AddDays(walker.Id))).Id);
            }
        }
    }

    [Fact]
    public void Each_keeps_what_is_hers_and_is_found_as_she_is_written()
    {
        Fill();
        Assert.Contains("2026-03-03", Run("sessions", "--walker", "Ann").Out, StringComparison.Ordinal);
        Assert.Contains("2026-03-04", Run("sessions", "--walker", Hidden).Out, StringComparison.Ordinal);
        Assert.Contains("2026-03-03", Run("sessions", "--walker", "ANN").Out, StringComparison.Ordinal); // the first
        var list = Run("walkers");
        Assert.Equal(ExitCode.Ok, list.ExitCode);
        Assert.Contains("More than one walker reads 'Ann'", list.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u200B', list.Out);
    }

    [Fact]
    public void One_can_be_given_another_name_and_then_they_are_two_to_read()
    {
        Fill();
        Assert.Equal(ExitCode.Usage, Run("walkers", "rename", Hidden, "ａｎｎ").ExitCode);
        Assert.Equal(ExitCode.Ok, Run("walkers", "rename", Hidden, "Anna").ExitCode);
        var list = Run("walkers");
        Assert.Contains("Anna", list.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("More than one", list.Out, StringComparison.Ordinal);
        Assert.Contains("2026-03-04", Run("sessions", "--walker", "anna").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_new_is_made_by_another_spelling()
    {
        Fill();
        Run("log", "pain", "3", "--walker", "  ANN\u2060 ");
        Run("log", "pain", "3", "--walker", "Ａｎｎ");
        using var store = SessionStore.OpenForReading(_folder["data"], TimeProvider.System);
        Assert.Equal(2, store.Walkers().Count);
        Assert.Equal(2, store.Pain(store.Walkers().Min(walker => walker.Id)).Count);
    }
}
