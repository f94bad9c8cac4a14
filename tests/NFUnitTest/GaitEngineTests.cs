using Backstep.Gait;
using nanoFramework.TestFramework;

namespace Backstep.NFUnitTest
{
    /// <summary>
    /// The engine on the device: it counts samples, survives whatever the chip says, and finds no stride in a shoe that
    /// stands still.
    /// </summary>
    [TestClass]
    public class GaitEngineTests
    {
        private const int Seconds = 5;

        [TestMethod]
        public void A_standing_shoe_makes_no_stride()
        {
            GaitEngine engine = new GaitEngine(Mount.Identity, FootSide.Left);
            for (int i = 0; i < Seconds * MotionScale.SampleRateHertz; i++)
            {
                bool isStride = engine.Add(0, 0, (short)MotionScale.AccelerometerCountsPerG, 0, 0, 0);
                Assert.IsFalse(isStride, "a stride out of nothing");
            }

            Assert.AreEqual((uint)(Seconds * MotionScale.SampleRateHertz), engine.SampleCount);
        }

        [TestMethod]
        [DataRow(0, 0)]
        [DataRow(32767, 32767)]
        [DataRow(-32768, -32768)]
        [DataRow(32767, -32768)]
        public void The_chips_extremes_do_not_throw(int acceleration, int rate)
        {
            GaitEngine engine = new GaitEngine(Mount.Identity, FootSide.Right);
            for (int i = 0; i < Seconds * MotionScale.SampleRateHertz; i++)
            {
                short a = (short)((i & 1) == 0 ? acceleration : -acceleration - 1);
                if (engine.Add((short)acceleration, a, (short)acceleration, (short)rate, a, (short)rate))
                {
                    Assert.IsNotNull(engine.TakeStride());
                }
            }

            Assert.AreEqual((uint)(Seconds * MotionScale.SampleRateHertz), engine.SampleCount);
        }
    }
}
