using System.Device.Gpio;
using System.Device.I2c;
using Backstep.NanoHost;
using Backstep.Sensor.Board;
using Backstep.VirtualSensor.Board;
using GC = System.GC;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Runtime.Native;

namespace Backstep.Sensor.Tests;

public sealed class QuietPassTests
{
    [Fact]
    public void A_pass_without_strides_and_listeners_allocates_nothing()
    {
        var board = new StillBoard();
        using var entered = new Machine(board, board, board, board, board, board).Enter();
        var sensor = Sensor(board);
        Pass(board, sensor, 200); // bring-up, first readings, everything compiled
        Assert.True(sensor.Sampler.IsStreaming);
        var transfers = board.Transfers;

        // A little less than a second: no beat falls into it, and with it no session value for a reader.
        var before = GC.GetAllocatedBytesForCurrentThread();
        Pass(board, sensor, 40);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
        // Every 200 ms, since the foot stands.
        Assert.InRange(board.Transfers - transfers, 8, 10);
        Assert.Equal(0u, sensor.Faults);
    }

    [Fact]
    public void A_second_without_strides_and_listeners_allocates_one_session_value()
    {
        var board = new StillBoard();
        using var entered = new Machine(board, board, board, board, board, board).Enter();
        var sensor = Sensor(board);
        Pass(board, sensor, 200);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Pass(board, sensor, 50 * 60);
        var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / 60;

        Assert.InRange(allocated, 50, 150);
    }

    private static ShoeSensor Sensor(StillBoard board) => new(board, new MemoryVolume(), new Panel());

    private static void Pass(StillBoard board, ShoeSensor sensor, int passes)
    {
        for (var i = 0; i < passes; i++)
        {
            sensor.Pass();
            board.Now += TimeSpan.FromMilliseconds(20);
        }
    }

    /// <summary>
    /// A board at rest, without a central, that allocates nothing itself. The chip is a register file whose FIFO
    /// always holds three still samples.
    /// </summary>
    private sealed class StillBoard : ITime, IClock, II2cBus, IPins, IAnalogInputs, IRadio, IPower
    {
        private readonly byte[] _registers = new byte[128];
        private byte _register;

        public StillBoard() => _registers[0x75] = 0x68;

        public TimeSpan Now { get; set; } = TimeSpan.FromSeconds(1);

        public int Transfers { get; private set; }

        public long NowMilliseconds => (long)Now.TotalMilliseconds;

        public Sleep.WakeupCause WakeCause => default;

        public Sleep.WakeupGpioPin WakePins => default;

        public IReadOnlyList<ulong> Bonds => [];

        public void Sleep(TimeSpan time) => Now += time;

        public void Sleep(int milliseconds) => Now += TimeSpan.FromMilliseconds(milliseconds);

        public void Hold(TimeSpan time) => Now += time;

        public I2cTransferStatus Transfer(
            int dataPin, int clockPin, int address, I2cBusSpeed speed, ReadOnlySpan<byte> write, Span<byte> read,
            out int transferred)
        {
            Transfers++;
            transferred = write.Length + read.Length;
            if (write.Length > 0)
            {
                _register = write[0];
                write[1..].CopyTo(_registers.AsSpan(_register));
            }

            if (_register == 0x74)
            {
                for (var i = 0; i < read.Length; i++)
                {
                    // 1 g on z, a little noise on x.
                    read[i] = i % 12 == 4 ? (byte)8 : i % 12 == 1 ? (byte)(i / 12) : (byte)0;
                }
            }
            else
            {
                _registers[0x72] = 0;
                _registers[0x73] = 36;
                _registers.AsSpan(_register, read.Length).CopyTo(read);
            }

            return I2cTransferStatus.FullTransfer;
        }

        public bool Read(int pin) => true;

        public void Write(int pin, bool high)
        {
        }

        public void SetMode(int pin, PinMode mode)
        {
        }

        public void Watch(int pin, Action<bool>? changed)
        {
        }

        int IAnalogInputs.Read(int pin) => 2400;

        public void WakeByTimer(TimeSpan time)
        {
        }

        public void WakeByPin(int pin, bool high)
        {
        }

        public void WakeByPins(IReadOnlyList<int> pins, bool anyHigh)
        {
        }

        public void DeepSleep()
        {
        }

        public void LightSleep()
        {
        }

        public void Reboot(RebootOption option)
        {
        }

        public void Start(string deviceName, ushort appearance)
        {
        }

        public void Stop()
        {
        }

        public void Register(IReadOnlyList<GattServiceDefinition> services)
        {
        }

        public void SetPairing(PairingSetup setup)
        {
        }

        public bool Advertise(byte[] advertisement, byte[] scanResponse, bool connectable, bool discoverable) => true;

        public void StopAdvertising()
        {
        }

        public int Notify(ushort connection, ushort characteristicId, byte[] value) => 7;

        public byte[] WrittenValue(ushort requestId) => [];

        public void AnswerRead(ushort requestId, byte[] value, byte attError)
        {
        }

        public void AnswerWrite(ushort requestId, byte attError)
        {
        }

        public void AnswerPairing(ushort connection, bool accept, int? passkey)
        {
        }

        public void DeleteBond(ulong? address)
        {
        }
    }
}
