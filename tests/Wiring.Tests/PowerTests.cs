namespace Wiring.Tests;

public class PowerTests
{
    [Fact]
    public void The_pages_table_of_currents_is_that_of_the_model()
    {
        string[] columns = ["state", "XIAO ESP32S3, mA", "on 500 mAh", "M5StickC Plus2, mA", "on its 200 mAh"];
        var rows = MarkdownTable.Find(Page.Text, columns).Rows;
        Assert.Equal(PowerModel.Rows(), rows);
    }

    [Fact]
    public void The_goal_of_20_hours_on_500_mAh_is_said_to_be_missed_and_by_how_much()
    {
        var (least, most) = PowerModel.XiaoHours(500);
        Assert.True(most < 20);
        Assert.Contains($"{least:0} to {most:0} hours, not 20", Page.Text, StringComparison.Ordinal);
        Assert.True(PowerModel.XiaoHours(1500).Least > 20);
        Assert.Contains("1,500 mAh", Page.Text, StringComparison.Ordinal);
    }
}
