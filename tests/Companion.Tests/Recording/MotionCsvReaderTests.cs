using System.Text;
using Backstep.Files.Recording;
using Backstep.Walks;

namespace Backstep.Companion.Tests.Recording;

public class MotionCsvReaderTests
{
    private static readonly MotionRow First = new(0.5, 0.1, -0.2, 0.98, 1.5, -2.25, 300);

    [Fact]
    public void Reads_what_the_format_says()
    {
        var row = Assert.Single(Recordings.Read($"{Recordings.Header}\n0.5,0.1,-0.2,0.98,1.5,-2.25,300\n"));
        Assert.Equal(First, row);
    }

    [Theory]
    [InlineData("gz_dps,t_s,az_g,ay_g,ax_g,gy_dps,gx_dps\n300,0.5,0.98,-0.2,0.1,-2.25,1.5\n")]
    [InlineData("note,t_s,ax_g,temp_c,ay_g,az_g,gx_dps,gy_dps,gz_dps,x\nhello,0.5,0.1,21,-0.2,0.98,1.5,-2.25,300,\n")]
    [InlineData("note,t_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps\n\"a, b\",0.5,0.1,-0.2,0.98,1.5,-2.25,300\n")]
    [InlineData("note,t_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps\n"
        + "\"say \"\"hi\"\", now\",0.5,0.1,-0.2,0.98,1.5,-2.25,300\n")]
    [InlineData("# by hand\n\n#again\nt_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps\n# here "
        + "too\n0.5,0.1,-0.2,0.98,1.5,-2.25,300\n\n")]
    [InlineData("\uFEFFt_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps\r\n0.5,0.1,-0.2,0.98,1.5,-2.25,300\r\n")]
    [InlineData(" T_s, Ax_g ,ay_g,az_g,\"gx_dps\",gy_dps,gz_dps\n 0.5 , 1e-1,-0.2, +0.98,1.5,-2.25,300")]
    public void Bears_any_order_extra_columns_comments_and_line_ends(string csv)
    {
        Assert.Equal(First, Assert.Single(Recordings.Read(csv)));
    }

    [Fact]
    public void Keeps_comments_for_who_wants_them()
    {
        using var reader = new MotionCsvReader(new MemoryStream(Encoding.UTF8.GetBytes($"# synthetic: "
            + $"yes\n{Recordings.Header}\n")), "test.csv");
        Assert.Equal(["synthetic: yes"], reader.Comments);
    }

    [Fact]
    public void Reads_the_same_however_the_stream_hands_out_its_bytes()
    {
        string csv = "# comment\n"
            + Recordings.Csv(
                Recordings.Rows(5000, 200,
                    t => new MotionRow(0, Math.Round(Math.Sin(t), 5), 0, 1, Math.Round(100 * Math.Cos(t), 3), 0, 0)));
        var whole = Recordings.Read(csv);
        using var reader = new MotionCsvReader(new DrippingStream(Encoding.UTF8.GetBytes(csv)), "test.csv");
        Assert.Equal(5000, whole.Count);
        Assert.Equal(whole, reader.Rows());
    }

    [Fact]
    public void A_line_that_never_ends_is_refused_and_not_swallowed_whole()
    {
        var error =
            Assert.Throws<BadInputException>(() => Recordings.Read(new string('x', (1 << 20) + 10)));
        Assert.Contains("line 1: a line is longer than 1 MB", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Hands out 1 to 7 bytes at a time.</summary>
    private sealed class DrippingStream(byte[] bytes) : MemoryStream(bytes)
    {
        private readonly Random _random = new(7);

        public override int Read(byte[] buffer, int offset, int count) =>
            base.Read(buffer, offset, Math.Min(count, _random.Next(1, 8)));
    }
}
