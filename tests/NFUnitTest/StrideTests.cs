using Backstep.Gait;
using nanoFramework.TestFramework;

namespace Backstep.NFUnitTest
{
    /// <summary>What a stride derives from its fields, on the device's own integers.</summary>
    [TestClass]
    public class StrideTests
    {
        [TestMethod]
        public void Stance_is_the_rest_of_the_stride()
        {
            Assert.AreEqual(700, Make(1100, 400, 500).StanceMilliseconds);
        }

        [TestMethod]
        public void Clearance_is_the_swing_before_contact()
        {
            Assert.AreEqual(9600u, Make(1100, 400, 500).ClearanceMilliseconds);
        }

        [TestMethod]
        public void Clearance_wraps_with_the_clock()
        {
            Stride stride = new Stride(
                1, 100, Direction.Backward, Landing.Toe, Posture.Free, 100, 0, 0, 1000, 400, 500, 10, 0);
            Assert.AreEqual(4294966996u, stride.ClearanceMilliseconds);
        }

        [TestMethod]
        [DataRow(1000, 500, 500)]
        [DataRow(1100, 605, 550)]
        [DataRow(2000, 65534, 32767)]
        public void Belt_speed_is_length_by_time(int milliseconds, int millimeters, int millimetersPerSecond)
        {
            Assert.AreEqual(millimetersPerSecond, Make(milliseconds, 400, millimeters).BeltSpeedMillimetersPerSecond);
        }

        [TestMethod]
        public void What_was_not_measured_stays_missing()
        {
            Stride first = Make(Stride.Missing, 400, 500);
            Assert.AreEqual(Stride.Missing, first.StanceMilliseconds);
            Assert.AreEqual(Stride.Missing, first.BeltSpeedMillimetersPerSecond);
            Assert.AreEqual(Stride.Missing, Make(1000, 400, Stride.Missing).BeltSpeedMillimetersPerSecond);
        }

        private static Stride Make(int strideMilliseconds, int swingMilliseconds, int lengthMillimeters)
        {
            return new Stride(
                7,
                10000,
                Direction.Backward,
                Landing.Toe,
                Posture.Unknown,
                90,
                -40,
                4,
                strideMilliseconds,
                swingMilliseconds,
                lengthMillimeters,
                23,
                120);
        }
    }
}
