using Backstep.Walks.Coaching;
using Backstep.Walks.Strides;
using Spectre.Console;

namespace Backstep.Companion.Screen;

/// <summary>
/// Shapes and colours of the live view. The terminal's own sixteen colours, so that light and dark themes both stay
/// readable; what colour says, shape or word says too.
/// </summary>
public static class Styles
{
    /// <summary>As it should be.</summary>
    public static readonly Style Good = new(Color.Green, decoration: Decoration.Bold);

    /// <summary>Could be better.</summary>
    public static readonly Style Middling = new(Color.Olive, decoration: Decoration.Bold);

    /// <summary>To be changed.</summary>
    public static readonly Style Bad = new(Color.Maroon, decoration: Decoration.Bold);

    /// <summary>Something else.</summary>
    public static readonly Style Other = new(Color.Teal, decoration: Decoration.Bold);

    /// <summary>Figures.</summary>
    public static readonly Style Strong = new(decoration: Decoration.Bold);

    /// <summary>Labels and what is not known.</summary>
    public static readonly Style Quiet = new(decoration: Decoration.Dim);

    /// <summary>Shape and colour of a step.</summary>
    public static (string Shape, Style Style) Of(StepMark mark, bool unicode) => mark switch
    {
        StepMark.Toe => (unicode ? "●" : "T", Good),
        StepMark.Flat => (unicode ? "■" : "F", Middling),
        StepMark.Heel => (unicode ? "▲" : "H", Bad),
        StepMark.Forward => (unicode ? "»" : ">", Other),
        _ => (unicode ? "·" : "?", Quiet),
    };

    /// <summary>Sign and colour of a cue.</summary>
    public static (string Sign, Style Style) Of(CueTone tone, bool unicode) => tone switch
    {
        CueTone.Safety => (unicode ? "▲ SAFETY FIRST" : "! SAFETY FIRST", Bad),
        CueTone.Enough => (unicode ? "■ TIME IS UP" : "# TIME IS UP", Bad),
        CueTone.Call => (unicode ? "» NOW" : "> NOW", Other),
        CueTone.Correction => (unicode ? "► TRY THIS" : "> TRY THIS", Middling),
        CueTone.Praise => (unicode ? "✓ WELL DONE" : "+ WELL DONE", Good),
        _ => (unicode ? "· NOW" : "- NOW", Other),
    };
}
