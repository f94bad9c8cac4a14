using Backstep.Walks.Coaching;

namespace Backstep.WebEngine.Looks;

/// <summary>What an announcer wants heard, until a page takes it: the page has the bell and the voice.</summary>
internal sealed class HeardCues : ISpeech
{
    private string? _text;
    private bool _rings;

    /// <summary>Rings.</summary>
    public void Ring() => _rings = true;

    /// <inheritdoc/>
    public void Say(string text) => _text = text; // what was to be said before is no longer true

    /// <inheritdoc/>
    public void Hush() => _text = null;

    /// <summary>Takes all there is.</summary>
    public (string[] Say, bool Bell) Take()
    {
        (string[] Say, bool Bell) heard = (_text == null ? [] : [_text], _rings);
        (_text, _rings) = (null, false);
        return heard;
    }

    /// <inheritdoc/>
    public void Dispose() => Hush();
}
