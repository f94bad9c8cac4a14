namespace Backstep.Walks.Coaching;

/// <summary>A voice. It never makes its caller wait, and never says what is no longer true.</summary>
public interface ISpeech : IDisposable
{
    /// <summary>Says a text; what was being said breaks off.</summary>
    void Say(string text);

    /// <summary>Is silent at once.</summary>
    void Hush();
}
