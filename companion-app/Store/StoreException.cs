using Backstep.Walks;

namespace Backstep.Store;

/// <summary>The store of sessions is damaged, from a newer version, not a store, or held by another program. It was
/// left as it is.</summary>
/// <inheritdoc/>
public sealed class StoreException(string message, Exception? innerException = null)
    : ExplainedException(message, innerException);
