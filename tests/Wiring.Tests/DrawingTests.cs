using System.Xml.Linq;

namespace Wiring.Tests;

public class DrawingTests
{
    private const string Shoe = "firmware/wiring/shoe-board.svg";
    private const string Desk = "firmware/wiring/desk-board.svg";
    private const string Clip = "firmware/wiring/clip.svg";

    [Fact]
    public void The_shoe_unit_is_drawn_as_the_program_and_the_XIAO_have_it() =>
        Assert.Empty(Drawing.Problems(Page.Read(Shoe), Boards.Xiao));

    [Fact]
    public void The_desk_unit_is_drawn_as_the_program_and_the_DevKitC_have_it() =>
        Assert.Empty(Drawing.Problems(Page.Read(Desk), Boards.DevKit));

    [Fact]
    public void The_picture_of_the_shoe_can_be_heard_and_stands_on_a_panel_of_its_own() =>
        Assert.Empty(Drawing.Header(XDocument.Parse(Page.Read(Clip)).Root!));

    [Theory]
    [InlineData("SDA · GPIO 21", "SDA · GPIO 22",
        "MotionData is GPIO 21, drawn from DevKitC:21 and labelled 'SDA · GPIO 22'")]
    [InlineData("INT · GPIO 33", "INT · GPIO 32", "DevKitC: GPIO 32 is no pin of the program")]
    [InlineData("data-from=\"DevKitC:27\"", "data-from=\"DevKitC:14\"",
        "Button: the line does not go from DevKitC:14 to Button:in")]
    [InlineData("M636 444H", "M636 412H", "MotionClock: the line does not go from DevKitC:22 to GY-521:SCL")]
    [InlineData("V258H472V190", "V258H428V190", "MotionData: the line does not go from DevKitC:21 to GY-521:SDA")]
    [InlineData("data-signal=\"MotionInterrupt\"", "data-signal=\"MotionData\"",
        "there is no wire MotionInterrupt GY-521:INT")]
    [InlineData("data-from=\"LED:out\"", "data-from=\"LED:in\"", "LED:out has no ground")]
    [InlineData("\"wire MotionData\"", "\"wire MotionClock\"", "MotionData: drawn as wire MotionClock")]
    [InlineData(">27</text>", ">14</text>", "DevKitC: the name of pad 27 is not beside it")]
    [InlineData("data-part=\"GY-521\" data-pin=\"SCL\"", "data-part=\"GY-521\" data-pin=\"SDA\"",
        "GY-521 is drawn with the pads VCC GND SDA SDA XDA XCL AD0 INT")]
    [InlineData("role=\"img\"", "", "title and description are not there for a screen reader")]
    [InlineData("class=\"panel\"", "class=\"part\"",
        "there is no panel behind it: on a dark page its text would be lost")]
    public void A_wrong_drawing_is_caught(string right, string wrong, string problem)
    {
        string svg = Page.Read(Desk);
        Assert.Contains(right, svg, StringComparison.Ordinal);
        Assert.Contains(problem, Drawing.Problems(svg.Replace(right, wrong, StringComparison.Ordinal), Boards.DevKit));
    }
}
