using Backstep.Gait;
using Backstep.Store;
using Backstep.Walks.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Companion.Tests.Sessions;

/// <summary>Backward up a hill, forward down: the way up is told by itself.</summary>
public sealed class HillFiguresTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>30 strides of 0.6 m up, then 20 of 0.9 m down.</summary>
    private static KeptStride[] UpAndDown() =>
    [
        .. Enumerable.Range(1, 50).Select(i => new KeptStride(0, 3, TimeSpan.FromMilliseconds(i * 1400), i <= 30
            ? Strides.Make((uint)i, meters: 0.6)
            : Strides.Make((uint)i, Direction.Forward, Landing.Unknown, meters: 0.9), Posture.Unknown)),
    ];

    private static readonly FakeTimeProvider Time = new(Kept.Morning);

    private void Keep()
    {
        using var store = SessionStore.Open(_folder["data"], Time);
        long id = store.Begin(Kept.Header(store.LastWalker().Id) with { Mode = WalkMode.Hill }).Id;
        store.Add(id, UpAndDown());
        store.Close(id);
    }

    [Fact]
    public void The_way_up_is_apart_from_the_way_down()
    {
        Keep();
        using var store = SessionStore.OpenForReading(_folder["data"], Time);
        var totals = Assert.Single(store.Summaries()).Totals;
        Assert.Equal(36.0, totals.DistanceMeters!.Value, 6);
        Assert.Equal(18.0, totals.BackwardMeters!.Value, 6);
        Assert.Equal(0.6 / 1.4, totals.BeltMetersPerSecond!.Value, 3); // the way down is faster
        Assert.Contains("36 m, 18 m of it backward", CommandRun.In(_folder["data"], "show", "1").Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_of_an_older_version_tells_it_too()
    {
        Keep();
        using (var file = StoreFile.Open(SessionStore.PathIn(_folder["data"]), StoreLayout.Steps))
        {
            file.Run("UPDATE session SET backward_meters = NULL");
        }

        Assert.Contains("18 m of it backward", CommandRun.In(_folder["data"], "show", "1").Out,
            StringComparison.Ordinal);
    }
}
