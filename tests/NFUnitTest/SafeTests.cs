using Backstep.Gait;
using nanoFramework.TestFramework;

namespace Backstep.NFUnitTest
{
    /// <summary>The one place that divides: on the device dividing by zero throws, and a NaN compares as
    /// true.</summary>
    [TestClass]
    public class SafeTests
    {
        [TestMethod]
        public void Divides()
        {
            Assert.AreEqual(2.5f, Safe.Divide(5f, 2f, -1f));
            Assert.AreEqual(-2.5f, Safe.Divide(5f, -2f, -1f));
        }

        [TestMethod]
        public void Division_by_zero_gives_the_fallback()
        {
            Assert.AreEqual(-1f, Safe.Divide(5f, Zero(), -1f));
            Assert.AreEqual(-1f, Safe.Divide(Zero(), Zero(), -1f));
        }

        [TestMethod]
        public void Root_of_nothing_positive_is_zero()
        {
            Assert.AreEqual(3f, Safe.Sqrt(9f));
            Assert.AreEqual(0f, Safe.Sqrt(Zero()));
            Assert.AreEqual(0f, Safe.Sqrt(-4f));
        }

        /// <summary>A zero that no compiler folds.</summary>
        private static float Zero()
        {
            return float.Parse("0");
        }
    }
}
