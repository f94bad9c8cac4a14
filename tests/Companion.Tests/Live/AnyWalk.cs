using Backstep.Protocol;
using Backstep.Store;
using Backstep.Walks.Live;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Tests.Live;

/// <summary>What the live view is shown over: a recorder whose store is forgotten.</summary>
internal static class AnyWalk
{
    /// <summary>A model of two sensors, of which nothing came yet.</summary>
    public static LiveModel Model(LiveSetup setup, TimeProvider time, SessionStore? store = null)
    {
        store ??= SessionStore.InMemory(time);
        return new LiveModel(setup, new SessionRecorder(store, Sessions.Kept.Header(store.LastWalker().Id) with
        {
            Sensors = [new SessionSensor("one", "A1", Placement.Unknown),
                new SessionSensor("two", "A2", Placement.Unknown)],
        }, time, time), time);
    }
}
