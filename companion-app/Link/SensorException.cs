using Backstep.Walks;

namespace Backstep.Link;

/// <summary>A sensor cannot be found, does not come up, or stopped answering for good.</summary>
/// <inheritdoc/>
public sealed class SensorException(string message, Exception? innerException = null)
    : ExplainedException(message, innerException);
