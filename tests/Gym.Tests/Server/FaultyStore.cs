using System.Reflection;
using Backstep.Gym.Keeping;
using Backstep.Gym.Messages;

namespace Backstep.Gym.Tests.Server;

/// <summary>A store in whose <see cref="IGymStore.KeepAsync"/> something goes wrong; all else is the real
/// one's.</summary>
#pragma warning disable CA1852 // the proxy is derived from it
internal class FaultyStore : DispatchProxy
#pragma warning restore CA1852
{
    private IGymStore _real = null!;
    private Func<IReadOnlyList<StrideBatch>, Func<Task<KeepOutcome>>, Task<KeepOutcome>> _keep = null!;

    /// <param name="real">The real one.</param>
    /// <param name="keep">What happens instead of keeping, given the batches and the real way.</param>
    public static IGymStore Of(IGymStore real,
        Func<IReadOnlyList<StrideBatch>, Func<Task<KeepOutcome>>, Task<KeepOutcome>> keep)
    {
        var store = Create<IGymStore, FaultyStore>();
        ((FaultyStore)(object)store)._real = real;
        ((FaultyStore)(object)store)._keep = keep;
        return store;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        object? Really() => targetMethod!.Invoke(_real, args);
        return targetMethod!.Name == nameof(IGymStore.KeepAsync)
            ? _keep((IReadOnlyList<StrideBatch>)args![0]!, () => (Task<KeepOutcome>)Really()!) : Really();
    }
}
