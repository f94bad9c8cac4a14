using Backstep.Gait;
using Backstep.Lab.Evaluation;
using Backstep.Walks;

namespace Backstep.Companion.Tests.Evaluation;

public sealed class EvaluationReferenceTests
{
    [Fact]
    public void Events_come_in_any_order_with_comments_and_columns_that_nobody_knows()
    {
        var reference =
            Parse(
                "# by hand\nstride,t_s,event,length_m,direction\n2,2.5,initial_contact,1.1,\n\n"
                + "1,1.5,Initial_Contact,,forward\n1,1.1,toe_off,,\n1,1.8,mid_stance,,\n");
        Assert.Equal([1.5, 2.5], reference.Contacts.Select(contact => contact.Seconds));
        Assert.Equal([Direction.Forward, Direction.Unknown], reference.Contacts.Select(contact => contact.Direction));
        Assert.Equal([null, 1.1], reference.Contacts.Select(contact => contact.LengthMeters));
        Assert.Equal([null, 1.0], reference.Contacts.Select(contact => contact.StrideSeconds));
        Assert.Equal([1.1], reference.FootOffs);
        Assert.Equal(Direction.Backward, reference.Direction);
        Assert.False(reference.IsComplete);
    }

    [Theory]
    [InlineData("", "walk_events.csv is empty")]
    [InlineData("# nothing\n", "is empty")]
    [InlineData("time,event\n1,toe_off\n", "the header lacks t_s")]
    [InlineData("t_s,kind\n1,toe_off\n", "the header lacks event")]
    [InlineData("event,t_s\ntoe_off,1\nheel_strike,2\n",
        "line 3: 'heel_strike' is no event. Known are: initial_contact, toe_off, mid_stance")]
    [InlineData("event,t_s\ntoe_off,soon\n", "line 2: 'soon' in column t_s is not a number")]
    [InlineData("event,t_s\ntoe_off\n", "line 2: an empty cell in column t_s is not a number")]
    [InlineData("event,t_s\ntoe_off,NaN\n", "line 2: 'NaN' in column t_s is not a number")]
    [InlineData("event,t_s,length_m\ninitial_contact,1,far\n", "line 2: 'far' in column length_m is not a number")]
    [InlineData("event,t_s,direction\ninitial_contact,1,up\n",
        "line 2: 'up' in column direction is neither forward nor backward")]
    public void A_bad_reference_is_told_with_its_line(string csv, string why)
    {
        var error = Assert.Throws<BadInputException>(() => Parse(csv));
        Assert.Contains("walk_events.csv", error.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Played_backwards_the_foot_touches_where_it_had_left_and_goes_the_other_way()
    {
        var reference =
            Parse(
                "event,t_s,length_m\ntoe_off,1.1,\ninitial_contact,1.5,0.9\n"
                + "toe_off,2.1,\ninitial_contact,2.5,1.1\ntoe_off,4.9,\n");
        var reversed = ReferenceCsv.Reversed(reference, 10);
        Assert.Equal([5.1, 7.9, 8.9], reversed.Contacts.Select(contact => Math.Round(contact.Seconds, 6)));
        Assert.Equal([null, 1.1, 0.9], reversed.Contacts.Select(contact => contact.LengthMeters));
        Assert.Equal([7.5, 8.5], reversed.FootOffs.Select(off => Math.Round(off, 6)));
        Assert.Equal(Direction.Forward, reversed.Direction);
    }

    [Fact]
    public void A_reference_speaks_for_its_stretches_only()
    {
        var reference =
            Parse(
                "event,t_s\ninitial_contact,1\ninitial_contact,2\ninitial_contact,3\n"
                + "initial_contact,6\ninitial_contact,7\n");
        Assert.True(reference.SpeaksFor(0.8));
        Assert.True(reference.SpeaksFor(2.5));
        Assert.True(reference.SpeaksFor(3.2));
        Assert.False(reference.SpeaksFor(3.3));
        Assert.False(reference.SpeaksFor(5.7));
        Assert.True(reference.SpeaksFor(6.5));
        Assert.False(reference.SpeaksFor(7.3));
        Assert.False(Reference.None(Direction.Forward).SpeaksFor(1));
    }

    private static Reference Parse(string csv) =>
        ReferenceCsv.Parse(new StringReader(csv), "walk_events.csv", Direction.Backward);
}
