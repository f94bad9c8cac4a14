namespace Backstep.Companion.Report;

/// <summary>Shapes that are told apart without colour.</summary>
public enum MarkShape
{
    /// <summary>Round.</summary>
    Circle = 0,

    /// <summary>Four corners.</summary>
    Square = 1,

    /// <summary>Three corners, one up.</summary>
    Triangle = 2,

    /// <summary>A dashed line, in a legend.</summary>
    Dash = 3,
}

/// <summary>From a shape to SVG.</summary>
public static class MarkShapes
{
    /// <summary>About a centre, so many units to each side.</summary>
    public static string ToSvg(this MarkShape shape, double x, double y, double size, string style) => shape switch
    {
        MarkShape.Circle =>
            $"<circle class=\"{style}\" cx=\"{Html.Number(x)}\" cy=\"{Html.Number(y)}\" r=\"{Html.Number(size)}\"/>",
        MarkShape.Square =>
            $"<rect class=\"{style}\" x=\"{Html.Number(x - size)}\" y=\"{Html.Number(y - size)}\" "
            + $"width=\"{Html.Number(2 * size)}\" height=\"{Html.Number(2 * size)}\"/>",
        MarkShape.Dash =>
            $"<line class=\"{style}\" x1=\"{Html.Number(x - size - 1)}\" y1=\"{Html.Number(y)}\" "
            + $"x2=\"{Html.Number(x + size + 1)}\" y2=\"{Html.Number(y)}\"/>",
        _ =>
            $"<path class=\"{style}\" d=\"M{Html.Number(x)} {Html.Number(y - size)}l{Html.Number(size)} "
            + $"{Html.Number(2 * size)}h{Html.Number(-2 * size)}z\"/>",
    };
}
