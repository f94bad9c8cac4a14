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
        private const int StrideMilliseconds = 1000;

        private SessionTracker _session;
        private uint _now;
        private uint _sequence;

        [Setup]
        public void BeginAnew()
        {
            _session = new SessionTracker();
            _now = 10000;
            _sequence = 0;
        }

        [Cleanup]
        public void DropTheSession()
        {
            _session = null;
        }

        [TestMethod]
        public void It_starts_with_the_third_stride_and_counts_all_three()
        {
            Walk(2);
            Assert.AreEqual((int)SessionState.Idle, (int)_session.State);
            Walk(1);
            Assert.AreEqual((int)SessionState.Active, (int)_session.State);
            Assert.AreEqual(3u, _session.BackwardStrides);
            Assert.AreEqual(1u, _session.Id);
        }

        [TestMethod]
        public void It_pauses_after_four_seconds_and_ends_after_two_minutes()
        {
            Walk(5);
            Rest(SessionTracker.PauseMilliseconds - 20);
            Assert.AreEqual((int)SessionState.Active, (int)_session.State);
            Rest(20);
            Assert.AreEqual((int)SessionState.Paused, (int)_session.State);
            Walk(1);
            Assert.AreEqual((int)SessionState.Active, (int)_session.State);
            Rest(SessionTracker.EndMilliseconds);
            Assert.AreEqual((int)SessionState.Ended, (int)_session.State);
            Assert.AreEqual(6u, _session.BackwardStrides);
        }

        [TestMethod]
        public void Its_figures_are_those_of_its_strides()
        {
            Walk(11);
            Assert.AreEqual(10400u, _session.ActiveMilliseconds);
            Assert.AreEqual(1200, _session.MeanStepsPerMinuteTenths);
            Assert.AreEqual(600, _session.MeanMillimetersPerSecond);
            Assert.AreEqual(11u * 600u, _session.DistanceMillimeters);
            Assert.AreEqual(11u, _session.ToeFirstStrides);
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

        private void Walk(int strides)
        {
            for (int i = 0; i < strides; i++)
            {
                Rest(StrideMilliseconds);
                _sequence++;
                _session.Add(new Stride(
                    _sequence, _now, Direction.Backward, Landing.Toe, Posture.Unknown, 90, -40, 0, StrideMilliseconds, 400, 600, 20, 100));
            }
        }

        private void Rest(int milliseconds)
        {
            for (int left = milliseconds; left > 0; left -= 20)
            {
                _now += 20;
                _session.Tick(_now);
            }
        }
    }
}
