using Backstep.Walks;

namespace Backstep.Terminal;

/// <summary>A command cannot do what it was asked to. Becomes one line on standard error and an exit code.</summary>
/// <param name="exitCode">One of <see cref="Terminal.ExitCode"/>.</param>
/// <param name="message">One line: what happened, why, and what to do next.</param>
/// <param name="innerException">What the system said, if it said something.</param>
public sealed class CommandException(int exitCode, string message, Exception? innerException = null)
    : ExplainedException(message, innerException)
{
    /// <summary>One of <see cref="Terminal.ExitCode"/>.</summary>
    public int ExitCode { get; } = exitCode;
}
