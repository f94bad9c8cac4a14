using Backstep.Gait;
using Backstep.Protocol;
using nanoFramework.TestFramework;

namespace Backstep.NFUnitTest
{
    /// <summary>What the device writes, the device reads back.</summary>
    [TestClass]
    public class ProtocolTests
    {
        private const int Room = 64;

        [TestMethod]
        public void A_stride_comes_back_as_it_was()
        {
            byte[] buffer = new byte[Room];
            Stride stride = new Stride(
                70000, 3000000000, Direction.Backward, Landing.Toe, Posture.Free, 87, -42, 5, 1180, 430, 512, 31, 140);
            Assert.AreEqual(StrideCodec.Length, StrideCodec.Encode(stride, buffer, 3));
            DecodeError error;
            Stride back = StrideCodec.Decode(buffer, 3, out error);
            Assert.AreEqual((int)DecodeError.None, (int)error);
            Assert.AreEqual(stride.Sequence, back.Sequence);
            Assert.AreEqual(stride.ContactMilliseconds, back.ContactMilliseconds);
            Assert.AreEqual((int)stride.Direction, (int)back.Direction);
            Assert.AreEqual((int)stride.Landing, (int)back.Landing);
            Assert.AreEqual((int)stride.Posture, (int)back.Posture);
            Assert.AreEqual(stride.ConfidencePercent, back.ConfidencePercent);
            Assert.AreEqual(stride.FootStrikeHalfDegrees, back.FootStrikeHalfDegrees);
            Assert.AreEqual(stride.TiltHalfDegrees, back.TiltHalfDegrees);
            Assert.AreEqual(stride.StrideMilliseconds, back.StrideMilliseconds);
            Assert.AreEqual(stride.SwingMilliseconds, back.SwingMilliseconds);
            Assert.AreEqual(stride.LengthMillimeters, back.LengthMillimeters);
            Assert.AreEqual(stride.ImpactTenthsG, back.ImpactTenthsG);
            Assert.AreEqual(stride.DecisionMilliseconds, back.DecisionMilliseconds);
        }

        [TestMethod]
        public void What_is_missing_in_a_stride_stays_missing()
        {
            byte[] buffer = new byte[Room];
            Stride stride = new Stride(
                1,
                10,
                Direction.Unknown,
                Landing.Unknown,
                Posture.Unknown,
                0,
                Stride.Missing,
                Stride.Missing,
                Stride.Missing,
                1,
                Stride.Missing,
                Stride.Missing,
                0);
            StrideCodec.Encode(stride, buffer, 0);
            DecodeError error;
            Stride back = StrideCodec.Decode(buffer, 0, out error);
            Assert.AreEqual((int)DecodeError.None, (int)error);
            Assert.AreEqual(Stride.Missing, back.FootStrikeHalfDegrees);
            Assert.AreEqual(Stride.Missing, back.TiltHalfDegrees);
            Assert.AreEqual(Stride.Missing, back.StrideMilliseconds);
            Assert.AreEqual(Stride.Missing, back.LengthMillimeters);
            Assert.AreEqual(Stride.Missing, back.ImpactTenthsG);
        }

        [TestMethod]
        public void A_running_speed_measurement_comes_back_as_it_was()
        {
            byte[] buffer = new byte[Room];
            RscMeasurement measurement = new RscMeasurement(141, 108, 51, 123456, false);
            int length = measurement.Encode(buffer, 0);
            Assert.AreEqual(10, length);
            byte[] value = new byte[length];
            System.Array.Copy(buffer, 0, value, 0, length);
            DecodeError error;
            RscMeasurement back = RscMeasurement.Decode(value, out error);
            Assert.AreEqual((int)DecodeError.None, (int)error);
            Assert.AreEqual(141, back.SpeedMetersPerSecondTimes256);
            Assert.AreEqual(108, back.CadencePerMinute);
            Assert.AreEqual(51, back.StrideLengthCentimeters);
            Assert.AreEqual(123456L, back.TotalDistanceDecimeters);
            Assert.IsFalse(back.IsRunning);
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(19)]
        [DataRow(21)]
        public void A_stride_of_the_wrong_length_is_an_error(int length)
        {
            DecodeError error;
            Assert.IsNull(StrideCodec.Decode(new byte[length], out error));
            Assert.AreEqual((int)DecodeError.WrongLength, (int)error);
        }
    }
}
