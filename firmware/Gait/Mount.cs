namespace Backstep.Gait
{
    /// <summary>
    /// How the chip sits on the shoe: the rotation from the chip's axes to the foot frame (x to the toes, y to the
    /// left, z up), row by row. Immutable.
    /// </summary>
    public sealed class Mount
    {
        /// <summary>The chip's axes are the foot's already.</summary>
        public static readonly Mount Identity = new Mount(1f, 0f, 0f, 0f, 1f, 0f, 0f, 0f, 1f);

        /// <summary>Foot x (toes) in chip axes.</summary>
        public readonly float XX, XY, XZ;

        /// <summary>Foot y (left) in chip axes.</summary>
        public readonly float YX, YY, YZ;

        /// <summary>Foot z (up) in chip axes.</summary>
        public readonly float ZX, ZY, ZZ;

        /// <summary>A rotation matrix, row by row: foot = matrix * chip. The caller makes sure that it is orthonormal
        /// and right-handed.</summary>
        public Mount(float xx, float xy, float xz, float yx, float yy, float yz, float zx, float zy, float zz)
        {
            XX = xx;
            XY = xy;
            XZ = xz;
            YX = yx;
            YY = yy;
            YZ = yz;
            ZX = zx;
            ZY = zy;
            ZZ = zz;
        }
    }
}
