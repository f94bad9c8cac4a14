namespace Backstep.Walks.Sessions;

/// <summary>When there were cues on form in a session, by its marks. Sessions without such marks say nothing: nobody
/// knows whether anybody looked at the screen.</summary>
public sealed class CueBlocks
{
    private readonly SessionMark[] _marks;

    private CueBlocks(IEnumerable<SessionMark> marks) => _marks =
        [.. marks.Where(mark => mark.Kind is MarkKind.CuesOn or MarkKind.CuesQuiet).OrderBy(mark => mark.At)];

    /// <summary>Of a session's marks.</summary>
    public static CueBlocks Of(IEnumerable<SessionMark> marks) => new(marks);

    /// <summary>Whether anything is known.</summary>
    public bool IsKnown => _marks.Length > 0;

    /// <summary>Whether there were cues at a moment; null when that is not known.</summary>
    public bool? HadCues(TimeSpan at) => Array.FindLast(_marks, mark => mark.At <= at) is { } last
        ? last.Kind == MarkKind.CuesOn : null;
}
