using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Sensor.Storage;
using nanoFramework.TestFramework;

namespace Backstep.NFUnitTest
{
    /// <summary>Records of the session log: whole or nothing.</summary>
    [TestClass]
    public class StorageTests
    {
        private const int Room = 3 * SessionFrame.Longest;

        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(11)]
        public void A_record_says_what_was_put_into_it(int strides)
        {
            byte[] buffer = new byte[Room];
            int length = Put(buffer, 7, 3, strides);
            Assert.AreEqual(38 + strides * StrideCodec.Length, length);
            Assert.AreEqual(length, SessionFrame.Measure(buffer, 3));
            Assert.IsTrue(SessionFrame.IsWhole(buffer, 3));
            Assert.AreEqual(7, SessionFrame.Id(buffer, 3));
            Assert.AreEqual(strides, SessionFrame.Strides(buffer, 3));
            for (int i = 0; i < strides; i++)
            {
                DecodeError error;
                int at = 3 + SessionFrame.StridesAt + i * StrideCodec.Length;
                Stride stride = StrideCodec.Decode(buffer, at, out error);
                Assert.AreEqual((int)DecodeError.None, (int)error);
                Assert.AreEqual((uint)(100 + i), stride.Sequence);
            }
        }

        [TestMethod]
        public void Not_one_changed_byte_passes()
        {
            byte[] buffer = new byte[Room];
            int length = Put(buffer, 7, 0, 2);
            for (int i = 0; i < length; i++)
            {
                buffer[i] ^= 0x40;
                Assert.IsFalse(SessionFrame.IsWhole(buffer, 0));
                buffer[i] ^= 0x40;
            }

            Assert.IsTrue(SessionFrame.IsWhole(buffer, 0));
        }

        [TestMethod]
        public void A_torn_tail_is_dropped_and_the_record_before_it_found()
        {
            byte[] buffer = new byte[Room];
            int first = Put(buffer, 1, 0, 3);
            int second = Put(buffer, 2, first, 2);
            for (int length = 0; length <= first + second; length++)
            {
                byte[] torn = new byte[length];
                System.Array.Copy(buffer, torn, length);
                int expected = length < first ? SessionFrame.None : length < first + second ? 0 : first;
                Assert.AreEqual(expected, SessionFrame.LastWhole(torn));
            }
        }

        [TestMethod]
        public void The_log_goes_on_after_a_restart_and_drops_what_was_torn()
        {
            byte[] buffer = new byte[Room];
            OneFile file = new OneFile();
            int length = Put(buffer, 41, 0, 2);
            WalkLog log = new WalkLog(file);
            Assert.AreEqual(0, log.LastSession);
            Assert.IsTrue(log.Append(buffer, length));
            Assert.AreEqual(41, new WalkLog(file).LastSession);
            Assert.AreEqual(1, new WalkLog(file).Last);

            file.Append(file.Name, buffer, length - 1);
            Assert.AreEqual(41, new WalkLog(file).LastSession);
            Assert.AreEqual(2, new WalkLog(file).Last);
        }

        private static int Put(byte[] buffer, int id, int offset, int strides)
        {
            for (int i = 0; i < strides; i++)
            {
                uint number = (uint)(100 + i);
                Stride stride = new Stride(
                    number,
                    number * 1000,
                    Direction.Backward,
                    Landing.Toe,
                    Posture.Unknown,
                    90,
                    -40,
                    0,
                    1000,
                    400,
                    600,
                    20,
                    100);
                StrideCodec.Encode(
                    stride,
                    buffer,
                    offset + SessionFrame.StridesAt + i * StrideCodec.Length);
            }

            LogSessionStart start = new LogSessionStart(id, 0, 100, (uint)(99 + strides));
            Protocol.Session totals = new Protocol.Session(
                SessionState.Active,
                false,
                id,
                strides,
                strides,
                strides,
                0,
                0,
                100,
                Message.Missing,
                120,
                120,
                strides * 60);
            return SessionFrame.Complete(buffer, offset, start, 1, totals, strides);
        }

        /// <summary>A volume with room for one small file.</summary>
        private sealed class OneFile : IVolume
        {
            private byte[] _content;

            public string Name { get; private set; }

            public byte[] Read(string name)
            {
                return name == Name ? _content : null;
            }

            public bool MayHold(string name)
            {
                return name == Name;
            }

            public bool Write(string name, byte[] content, int length)
            {
                Name = name;
                _content = new byte[0];
                return Append(name, content, length);
            }

            public bool Append(string name, byte[] content, int length)
            {
                byte[] longer = new byte[_content.Length + length];
                System.Array.Copy(_content, longer, _content.Length);
                System.Array.Copy(content, 0, longer, _content.Length, length);
                _content = longer;
                return true;
            }

            public bool Rename(string oldName, string newName)
            {
                return false;
            }

            public bool Delete(string name)
            {
                return false;
            }

            public string[] List()
            {
                return Name == null ? new string[0] : new string[] { Name };
            }
        }
    }
}
