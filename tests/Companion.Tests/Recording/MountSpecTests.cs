using System.Globalization;
using Backstep.Files.Recording;
using Backstep.Gait;
using Backstep.Walks;

namespace Backstep.Companion.Tests.Recording;

public class MountSpecTests
{
    private static readonly List<MotionRow> Level = [new(0, 0, 0, 1, 0, 0, 0)];

    [Theory]
    [InlineData("x=X,y=Y,z=Z", "1 0 0 0 1 0 0 0 1")]
    [InlineData("x=-Y,y=X,z=Z", "0 -1 0 1 0 0 0 0 1")]
    [InlineData(" z = +z , y=-Y, X=-x ", "-1 0 0 0 -1 0 0 0 1")]
    [InlineData("0,-1,0, 1,0,0, 0,0,1", "0 -1 0 1 0 0 0 0 1")]
    [InlineData("0.6 0 0.8 0 1 0 -0.8 0 0.6", "0.6 0 0.8 0 1 0 -0.8 0 0.6")]
    public void Axes_and_matrices_are_understood(string text, string expected)
    {
        var numbers = expected.Split(' ')
            .Select(cell => float.Parse(cell, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(numbers, Numbers(MountSpec.Parse(text).Resolve(Level, "test.csv")), Close);
    }

    [Theory]
    [InlineData("automatic", "not understood")]
    [InlineData("sideways", "not understood")]
    [InlineData("x=X,y=Y", "does not say what the foot's z is")]
    [InlineData("x=X,x=Y,z=Z", "twice")]
    [InlineData("x=X,y=Q,z=Z", "not like y=-X")]
    [InlineData("x=X,y=X,z=Z", "no rotation")]
    [InlineData("x=-X,y=Y,z=Z", "mirror image")]
    [InlineData("1 0 0 0 1 0 0 0 -1", "mirror image")]
    [InlineData("1 0 0 0 1 0 0 0 2", "no rotation")]
    [InlineData("1 0 0 0 1 0 0 0", "not understood")]
    [InlineData("1 0 0 0 1 0 0 0 NaN", "not understood")]
    [InlineData("toe-up=1,2", "three numbers")]
    [InlineData("toe-up=0,0,0", "three numbers")]
    [InlineData("toe-up", "three numbers")]
    [InlineData("", "not understood")]
    public void What_is_no_mount_is_refused_with_the_forms_that_are(string text, string why)
    {
        var error = Assert.Throws<BadRequestException>(() => MountSpec.Parse(text));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.Contains("toe-up=x,y,z", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-0.315, -0.872, -0.374, 0.562, 0.111, -0.822)] // the recordings this form was made for
    [InlineData(0.029, -0.948, 0.316, -0.488, 0.242, 0.838)]
    [InlineData(0, -5, 0, 0, 0, 0.98)]
    public void From_the_axis_of_the_toes_rise_and_gravity_comes_a_rotation_with_up_on_z(double x, double y, double z,
        double upX, double upY, double upZ)
    {
        var rest = new List<MotionRow> { new(0, upX, upY, upZ, 0.3, 0.1, 0) };
        var mount = MountSpec.Parse(string.Create(CultureInfo.InvariantCulture, $"toe-up={x},{y},{z}"))
            .Resolve(rest, "test.csv");
        double[] m = [.. Numbers(mount).Select(value => (double)value)];
        double force = Math.Sqrt((upX * upX) + (upY * upY) + (upZ * upZ));

        Assert.Equal(force, (m[6] * upX) + (m[7] * upY) + (m[8] * upZ), 1e-5);
        Assert.Equal(0, (m[0] * upX) + (m[1] * upY) + (m[2] * upZ), 1e-5);
        Assert.Equal(0, (m[3] * upX) + (m[4] * upY) + (m[5] * upZ), 1e-5);
        double determinant = (m[0] * ((m[4] * m[8]) - (m[5] * m[7]))) - (m[1] * ((m[3] * m[8]) - (m[5] * m[6])))
            + (m[2] * ((m[3] * m[7]) - (m[4] * m[6])));
        Assert.Equal(1, determinant, 1e-5);

        // Rising toes are a turn about -y.
        double length = Math.Sqrt((x * x) + (y * y) + (z * z));
        Assert.InRange(((m[3] * x) + (m[4] * y) + (m[5] * z)) / length, -1.0001, -0.98);
    }

    [Theory]
    [InlineData(0, 0, 1, 30, "not at rest")]
    [InlineData(0, 0, 1.4, 0, "not at rest")]
    [InlineData(0.1, -0.99, 0.1, 0, "almost upright")]
    public void A_start_that_is_no_rest_or_contradicts_the_axis_is_told(double x, double y, double z, double rate,
        string why)
    {
        var spec = MountSpec.Parse("toe-up=0,-1,0");
        var error = Assert.Throws<BadInputException>(() => spec.Resolve([new(0, x, y, z, rate, 0, 0)], "test.csv"));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    private static bool Close(float a, float b) => Math.Abs(a - b) < 1e-5;

    private static float[] Numbers(Mount m) => [m.XX, m.XY, m.XZ, m.YX, m.YY, m.YZ, m.ZX, m.ZY, m.ZZ];
}
