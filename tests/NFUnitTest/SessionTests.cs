using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Sensor.Session;
using nanoFramework.TestFramework;

namespace Backstep.NFUnitTest
{
    /// <summary>A session starts, pauses, goes on and ends by the sample clock.</summary>
    [TestClass]
    public class SessionTests
    {
        [TestMethod]
        public void It_starts_with_the_third_stride_and_counts_all_three()
        {
            Walker walker = new Walker();
            walker.Walk(2);
            Assert.AreEqual((int)SessionState.Idle, (int)walker.Session.State);
            walker.Walk(1);
            Assert.AreEqual((int)SessionState.Active, (int)walker.Session.State);
            Assert.AreEqual(3u, walker.Session.BackwardStrides);
            Assert.AreEqual(1u, walker.Session.Id);
        }

        [TestMethod]
        public void It_pauses_after_four_seconds_and_ends_after_two_minutes()
        {
            Walker walker = new Walker();
            walker.Walk(5);
            walker.Rest(SessionTracker.PauseMilliseconds - 20);
            Assert.AreEqual((int)SessionState.Active, (int)walker.Session.State);
            walker.Rest(20);
            Assert.AreEqual((int)SessionState.Paused, (int)walker.Session.State);
            walker.Walk(1);
            Assert.AreEqual((int)SessionState.Active, (int)walker.Session.State);
            walker.Rest(SessionTracker.EndMilliseconds);
            Assert.AreEqual((int)SessionState.Ended, (int)walker.Session.State);
            Assert.AreEqual(6u, walker.Session.BackwardStrides);
        }

        [TestMethod]
        public void Its_figures_are_those_of_its_strides()
        {
            Walker walker = new Walker();
            walker.Walk(11);
            Assert.AreEqual(10400u, walker.Session.ActiveMilliseconds);
            Assert.AreEqual(1200, walker.Session.MeanStepsPerMinuteTenths);
            Assert.AreEqual(600, walker.Session.MeanMillimetersPerSecond);
            Assert.AreEqual(11u * 600u, walker.Session.DistanceMillimeters);
            Assert.AreEqual(11u, walker.Session.ToeFirstStrides);
        }

        [TestMethod]
        public void Numbers_go_on_from_the_last_one_and_come_round()
        {
            SessionTracker session = new SessionTracker(null, 65534);
            Assert.IsTrue(session.Start());
            Assert.AreEqual(65535u, session.Id);
            Assert.IsTrue(session.Stop());
            Assert.IsTrue(session.Start());
            Assert.AreEqual(1u, session.Id);
        }

        /// <summary>A session and who walks it: strides of a second, a tick every 20 ms.</summary>
        private sealed class Walker
        {
            private const int StrideMilliseconds = 1000;
            private const int TickMilliseconds = 20;

            private uint _now = 10000;
            private uint _sequence;

            public SessionTracker Session { get; } = new SessionTracker();

            public void Walk(int strides)
            {
                for (int i = 0; i < strides; i++)
                {
                    Rest(StrideMilliseconds);
                    _sequence++;
                    Session.Add(new Stride(
                        _sequence,
                        _now,
                        Direction.Backward,
                        Landing.Toe,
                        Posture.Unknown,
                        90,
                        -40,
                        0,
                        StrideMilliseconds,
                        400,
                        600,
                        20,
                        100));
                }
            }

            public void Rest(int milliseconds)
            {
                for (int left = milliseconds; left > 0; left -= TickMilliseconds)
                {
                    _now += TickMilliseconds;
                    Session.Tick(_now);
                }
            }
        }
    }
}
