namespace Backstep.Walks;

/// <summary>Something a person can put right, in one line: what happened, why, and what to do next. Never shown with a
/// stack trace.</summary>
/// <param name="message">That line.</param>
/// <param name="innerException">What the system said, if it said something.</param>
public abstract class ExplainedException(string message, Exception? innerException = null)
    : Exception(message, innerException);

/// <summary>What was asked for does not exist, or does not fit together.</summary>
/// <inheritdoc/>
public sealed class BadRequestException(string message, Exception? innerException = null)
    : ExplainedException(message, innerException);

/// <summary>A recording or a file to import is missing, empty, damaged, or says what cannot be.</summary>
/// <inheritdoc/>
public sealed class BadInputException(string message, Exception? innerException = null)
    : ExplainedException(message, innerException);

/// <summary>A file cannot be written; nothing was left half-written.</summary>
/// <inheritdoc/>
public sealed class CannotWriteException(string message, Exception? innerException = null)
    : ExplainedException(message, innerException);
