using System.Globalization;
using Backstep.Gait;
using Backstep.Walks;
using static Backstep.Files.Recording.Vectors;

namespace Backstep.Files.Recording;

/// <summary>
/// How the sensor sat on the shoe, as a person can know it: its axes, a rotation matrix, only the axis about which the
/// toes rise, or nothing at all. The axis alone takes "up" from the first second of the recording, in which the foot
/// must stand still; <see cref="Auto"/> looks at all of it.
/// </summary>
public sealed class MountSpec
{
    /// <summary>The sensor's axes are the foot's already.</summary>
    public static readonly MountSpec Identity = new("x=X,y=Y,z=Z", Mount.Identity, null);

    /// <summary>To be found in the recording: <see cref="AutoMount"/>.</summary>
    public static readonly MountSpec Auto = new("auto", null, null);

    /// <summary>How much of the recording's start must be still for <c>toe-up=</c>.</summary>
    public const double RestSeconds = 1;

    // A matrix typed with two or three decimals is not exactly orthonormal.
    private const double MatrixTolerance = 0.02;

    // An axis said to be about horizontal that stands steeper than this on a standing foot contradicts gravity.
    private const double SteepestAxisDegrees = 60;
    private const double StillRateDps = 20;
    private const double StillForceG = 0.15;

    private const string Forms =
        "Use --mount \"x=-Y,y=X,z=Z\" (foot axis = sensor axis), nine numbers of a rotation matrix row by row, "
        + "--mount \"toe-up=x,y,z\" (the axis about which the toes rise, in sensor axes), or --mount auto";

    private readonly Mount? _mount;
    private readonly double[]? _toeUpAxis;

    private MountSpec(string text, Mount? mount, double[]? toeUpAxis)
    {
        Text = text;
        _mount = mount;
        _toeUpAxis = toeUpAxis;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Whether it must first be found in the recording.</summary>
    public bool IsAuto => ReferenceEquals(this, Auto);

    /// <summary>A rotation that was found or measured.</summary>
    /// <param name="text">What it is called.</param>
    /// <param name="mount">The rotation.</param>
    public static MountSpec Of(string text, Mount mount) => new(text, mount, null);

    /// <summary>Reads a specification.</summary>
    /// <exception cref="BadRequestException">It is none, or no proper rotation.</exception>
    public static MountSpec Parse(string text)
    {
        string spec = text.Trim();
        if (spec.Equals("auto", StringComparison.OrdinalIgnoreCase))
        {
            return Auto;
        }

        if (spec.StartsWith("toe-up", StringComparison.OrdinalIgnoreCase))
        {
            return ParseToeUp(spec);
        }

        return spec.Contains('=', StringComparison.Ordinal) ? ParseAxes(spec) : ParseMatrix(spec);
    }

    /// <summary>The rotation for the engine.</summary>
    /// <param name="firstSecond">The rows of the first <see cref="RestSeconds"/> of the recording, as recorded.</param>
    /// <param name="name">What error messages call the recording.</param>
    /// <exception cref="BadRequestException">The foot did not stand still, or gravity contradicts the axis.</exception>
    public Mount Resolve(IReadOnlyList<MotionRow> firstSecond, string name)
    {
        if (_mount != null)
        {
            return _mount;
        }

        var axis = _toeUpAxis
            ?? throw new InvalidOperationException(
                "an auto mount is found in the whole recording, not in its first second");
        var up = RestingUp(firstSecond, name);
        double along = Dot(axis, up);
        if (Math.Abs(along) > Math.Sin(SteepestAxisDegrees * Math.PI / 180))
        {
            throw new BadInputException(
                $"{name}: the toe-up axis of --mount stands almost upright on the resting foot; it must be about "
                + $"level. Check its numbers and signs.");
        }

        // Rotation about +y is toes down. Gravity is measured and the axis is "about", so the axis is the one that is
        // levelled.
        var y = Normalised([(along * up[0]) - axis[0], (along * up[1]) - axis[1], (along * up[2]) - axis[2]]);
        var x = Cross(y, up);
        return ToMount(x, y, up);
    }

    /// <summary>How far the axis of <c>toe-up=</c> was from level on the standing foot, in degrees; null for the other
    /// forms.</summary>
    public double? AxisOffLevelDegrees(IReadOnlyList<MotionRow> firstSecond, string name)
    {
        return _toeUpAxis == null ? null
            : Math.Abs(Math.Asin(Math.Clamp(Dot(_toeUpAxis, RestingUp(firstSecond, name)), -1, 1))) * 180 / Math.PI;
    }

    private static double[] RestingUp(IReadOnlyList<MotionRow> rows, string name)
    {
        double x = 0, y = 0, z = 0, fastest = 0;
        foreach (var row in rows)
        {
            x += row.AxG;
            y += row.AyG;
            z += row.AzG;
            fastest = Math.Max(fastest,
                Math.Sqrt((row.GxDps * row.GxDps) + (row.GyDps * row.GyDps) + (row.GzDps * row.GzDps)));
        }

        double[] mean = [x / rows.Count, y / rows.Count, z / rows.Count];
        double force = Math.Sqrt(Dot(mean, mean));
        if (fastest > StillRateDps || Math.Abs(force - 1) > StillForceG)
        {
            throw new BadInputException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name}: the first second is not at rest ({fastest:0} deg/s, {force:0.00} g), so --mount "
                    + $"toe-up cannot find up. Cut the start, or give all axes."));
        }

        return Normalised(mean);
    }

    private static MountSpec ParseToeUp(string spec)
    {
        var parts = spec.Split('=');
        var numbers = parts.Length == 2 ? Numbers(parts[1]) : null;
        if (numbers is not { Length: 3 } || Dot(numbers, numbers) < 1e-6)
        {
            throw Usage($"'{OneLine.Of(spec)}' is not a toe-up axis of three numbers");
        }

        return new MountSpec(spec, null, Normalised(numbers));
    }

    private static MountSpec ParseAxes(string spec)
    {
        var rows = new double[3][];
        foreach (var part in spec.Split(','))
        {
            var sides = part.Split('=');
            int foot = sides.Length == 2 ? "xyz".IndexOf(sides[0].Trim().ToLowerInvariant(), StringComparison.Ordinal)
                : -1;
            if (foot < 0 || sides[0].Trim().Length != 1 || rows[foot] != null || !TryAxis(sides[1], out rows[foot]))
            {
                throw Usage($"'{OneLine.Of(part)}' in --mount is not like y=-X, or the axis is there twice");
            }
        }

        if (Array.IndexOf(rows, null) is int missing and >= 0)
        {
            throw Usage($"--mount does not say what the foot's {"xyz"[missing]} is");
        }

        return FromRows(spec, rows[0], rows[1], rows[2]);
    }

    private static bool TryAxis(string text, out double[] axis)
    {
        axis = new double[3];
        string name = text.Trim();
        double sign = name.StartsWith('-') ? -1 : 1;
        name = name.TrimStart('+', '-').ToLowerInvariant();
        int sensor = name.Length == 1 ? "xyz".IndexOf(name, StringComparison.Ordinal) : -1;
        if (sensor >= 0)
        {
            axis[sensor] = sign;
        }

        return sensor >= 0;
    }

    private static MountSpec ParseMatrix(string spec)
    {
        if (Numbers(spec) is not { Length: 9 } m)
        {
            throw Usage($"--mount '{OneLine.Of(spec)}' is not understood");
        }

        return FromRows(spec, m[..3], m[3..6], m[6..]);
    }

    private static MountSpec FromRows(string spec, double[] x, double[] y, double[] z)
    {
        bool orthonormal = IsOne(Dot(x, x)) && IsOne(Dot(y, y)) && IsOne(Dot(z, z)) && IsZero(Dot(x, y))
            && IsZero(Dot(y, z)) && IsZero(Dot(z, x));
        if (!orthonormal)
        {
            throw Usage(
                $"--mount '{OneLine.Of(spec)}' is no rotation: its axes are not at right angles and of length 1");
        }

        if (Dot(Cross(x, y), z) < 0)
        {
            throw Usage($"--mount '{OneLine.Of(spec)}' is a mirror image, not a rotation: turn the sign of one axis");
        }

        // Typed figures are rounded: make it exactly a rotation, keeping z.
        var up = Normalised(z);
        double along = Dot(y, up);
        var left = Normalised([y[0] - (along * up[0]), y[1] - (along * up[1]), y[2] - (along * up[2])]);
        return new MountSpec(spec, ToMount(Cross(left, up), left, up), null);
    }

    private static double[]? Numbers(string text)
    {
        var cells = text.Split([',', ' ', ';', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var numbers = new double[cells.Length];
        for (int i = 0; i < cells.Length; i++)
        {
            if (!double.TryParse(cells[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i])
                || !double.IsFinite(numbers[i]))
            {
                return null;
            }
        }

        return numbers;
    }

    private static BadRequestException Usage(string what) => new($"{what}. {Forms}.");

    private static bool IsOne(double value) => Math.Abs(value - 1) <= MatrixTolerance;

    private static bool IsZero(double value) => Math.Abs(value) <= MatrixTolerance;
}
