using Backstep.Walks;

namespace Backstep.Files;

/// <summary>Whoever read what is written has stopped reading: <c>| head</c>. Nothing is wrong.</summary>
/// <param name="path">What was written.</param>
/// <param name="innerException">What the system said.</param>
public sealed class ReaderGoneException(string path, Exception? innerException = null)
    : ExplainedException($"nobody reads {path} any more", innerException);
