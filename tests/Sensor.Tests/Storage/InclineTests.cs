using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Sensor.Storage;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Board;

namespace Backstep.Sensor.Tests.Storage;

/// <summary>The incline of a session in the flash, and records of firmware that did not keep it.</summary>
public sealed class InclineTests
{
    private readonly MemoryVolume _volume = new();

    [Theory]
    [InlineData(25)]
    [InlineData(-10)]
    [InlineData(0)]
    [InlineData(Message.Missing)]
    public void A_record_keeps_the_incline_of_its_session(int fifths)
    {
        Store(fifths);
        var stored = new SessionBench(_volume).Stored().Single();
        Assert.Equal(fifths, stored.Start.InclineFifthsPercent);
        Assert.Equal((7, 3), (stored.Start.Id, stored.Start.Run));
        Assert.Equal(300, stored.Totals.ElapsedSeconds);
        Assert.Equal(Message.Missing, stored.Totals.InclineFifthsPercent); // stands with the start alone
    }

    [Fact]
    public void A_record_of_earlier_firmware_says_nothing_of_it()
    {
        // Kind 2: byte 2 is what a session start begins with, 3, not an incline of 0.6 %.
        Store(25);
        var content = _volume.Read("walk1");
        (content[0], content[2]) = (2, (byte)LogFrameKind.SessionStart);
        var checksum = Crc16.Of(content, 0, content.Length - 2);
        (content[^2], content[^1]) = ((byte)checksum, (byte)(checksum >> 8));
        _volume.Write("walk1", content, content.Length);

        var stored = new SessionBench(_volume).Stored().Single();
        Assert.Equal(Message.Missing, stored.Start.InclineFifthsPercent);
        Assert.Equal((7, 3), (stored.Start.Id, stored.Start.Run));
    }

    private void Store(int fifths)
    {
        var record = new byte[SessionFrame.Longest];
        var totals = new Protocol.Session(SessionState.Ended, false, 7, 300, 270, 0, 0, 0, Stride.Missing,
            Stride.Missing, Stride.Missing, Stride.Missing, Stride.Missing, false, fifths);
        var length = SessionFrame.Complete(record, 0, new LogSessionStart(7, 0, 0, 0), 3, totals, 0);
        _volume.Write("walk1", record, length);
    }
}
