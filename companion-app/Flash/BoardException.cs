using Backstep.Walks;

namespace Backstep.Flash;

/// <summary>A board cannot be reached, refuses, or does not run what it should.</summary>
/// <inheritdoc/>
public sealed class BoardException(string message, Exception? innerException = null)
    : ExplainedException(message, innerException);
