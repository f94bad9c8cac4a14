namespace Backstep.Companion;

/// <summary>Something a person can put right. Becomes one line on standard error and an exit code, never a stack trace.</summary>
public sealed class CompanionException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="exitCode">One of <see cref="Companion.ExitCode"/>.</param>
    /// <param name="message">One line: what happened, why, and what to do next.</param>
    /// <param name="innerException">What the system said, if it said something.</param>
    public CompanionException(int exitCode, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        ExitCode = exitCode;
    }

    /// <summary>One of <see cref="Companion.ExitCode"/>.</summary>
    public int ExitCode { get; }
}
