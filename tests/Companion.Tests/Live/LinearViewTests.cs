using Backstep.Companion.Live;
using Backstep.Walks.Events;
using Backstep.Walks.Strides;

namespace Backstep.Companion.Tests.Live;

public class LinearViewTests
{
    [Fact]
    public void A_line_every_ten_seconds_and_one_for_every_change()
    {
        using var text = new StringWriter { NewLine = "\n" };
        var view = new LinearView(text, Units.Metric);
        for (int tenths = 0; tenths <= 150; tenths++)
        {
            view.Show(TimeSpan.FromSeconds(tenths / 10.0),
                Snapshots.Walking with { Link = tenths < 125 ? LinkState.Connected : LinkState.Reconnecting });
        }

        const string figures = "walked 1:23 of 3:00, cadence 96, toes first 75 %, last steps\n"
            + "        TFH>?TTTTTTTTTTTTTTT, foot strike -18 deg, tilt 4 deg, belt 2.5 km/h,\n"
            + "        rails unknown, battery 87 %";
        Assert.Equal(
            "  0:00  link: connected\n"
            + "  0:00  cue: Reach back with the toes: big toe down first, then the heel\n"
            + "  0:00  rhythm: settled\n"
            + $"  0:00  {figures}\n"
            + $"  0:10  {figures}\n"
            + "  0:12  link: lost, reconnecting\n",
            text.ToString());
    }
}
