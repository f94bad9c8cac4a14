using Backstep.Files.Recording;
using Backstep.Gait;
using Backstep.Lab.Evaluation;
using Backstep.Walks.Strides;

namespace Backstep.Companion.Tests.Evaluation;

/// <summary>Counts and errors worked out by hand.</summary>
public sealed class EvaluationTallyTests
{
    [Fact]
    public void Strides_outside_of_the_references_stretches_are_neither_hits_nor_extra()
    {
        // Contacts every second, a hole from 3 to 7 in which the reference left strides out.
        var reference = Partial(1, 2, 3, 7, 8);
        var figures =
            Figures.Of(Tally.Of(reference, [Found(1.01), Found(2.02), Found(2.5), Found(3.6), Found(5), Found(7)]));
        Assert.Equal((6, 5, 3, 2, 1, 2),
            (figures.Found, figures.Referenced, figures.Matched, figures.Missed, figures.Extra, figures.Elsewhere));
        Assert.Equal(0.6, figures.Recall);
        Assert.Equal(0.75, figures.Precision);
        Assert.Equal(10, figures.ContactMilliseconds.MedianAbsolute);
        Assert.Equal(10, figures.ContactMilliseconds.Bias);
        Assert.Equal(20, figures.ContactMilliseconds.Percentile95Absolute);
    }

    [Fact]
    public void In_a_complete_reference_every_stride_without_a_partner_is_extra()
    {
        var figures =
            Figures.Of(
                Tally.Of(Reference.Complete(Direction.Backward, [new ReferenceContact(1)], []), [Found(1), Found(9)]));
        Assert.Equal((1, 1, 0), (figures.Matched, figures.Extra, figures.Elsewhere));
        Assert.Equal(0.5, figures.Precision);
    }

    [Fact]
    public void Without_contacts_strides_are_only_counted_and_their_direction_judged()
    {
        var figures =
            Figures.Of(
                Tally.Of(Reference.None(Direction.Backward),
                    [Found(1), Found(2, Direction.Forward), Found(3, Direction.Unknown)]));
        Assert.Equal((3, 1, 1, 1),
            (figures.Found, figures.DirectionRight, figures.DirectionWrong, figures.DirectionUnknown));
        Assert.Null(figures.Recall);
        Assert.Null(figures.Precision);
        Assert.Null(figures.Extra);
        Assert.Null(figures.ContactMilliseconds.MedianAbsolute);
        Assert.Null(figures.KnownAfterMilliseconds.Median);
    }

    [Fact]
    public void Where_nobody_knows_the_direction_none_is_judged()
    {
        var figures = Figures.Of(Tally.Of(Reference.None(Direction.Unknown), [Found(1)]));
        Assert.Null(figures.DirectionRight);
        Assert.Null(figures.DirectionWrongShare);
    }

    [Fact]
    public void A_contacts_own_direction_goes_before_that_of_the_recording()
    {
        var reference = Reference.Partial(Direction.Backward,
            [new ReferenceContact(1), new ReferenceContact(2) { Direction = Direction.Forward }], []);
        var figures = Figures.Of(Tally.Of(reference, [Found(1), Found(2, Direction.Forward)]));
        Assert.Equal((2, 0), (figures.DirectionRight, figures.DirectionWrong));
    }

    [Fact]
    public void Cadence_is_compared_over_four_strides_in_a_row_and_never_across_a_hole()
    {
        // True strides of 1 s are 120 steps/min, found ones of 1.25 s are 96. The first contact of a stretch has no
        // stride time, so five contacts make one window.
        var five = Tally.Of(Partial(1, 2, 3, 4, 5), [Found(1), Found(2), Found(3), Found(4), Found(5)]);
        Assert.Equal(-24, Assert.Single(five.CadenceErrors), 1e-9);
        Assert.Empty(Tally.Of(Partial(1, 2, 3, 4, 5), [Found(1), Found(2), Found(4), Found(5)]).CadenceErrors);
        Assert.Empty(
            Tally.Of(Partial(1, 2, 3, 7, 8, 9),
                [Found(1), Found(2), Found(3), Found(7), Found(8), Found(9)]).CadenceErrors);
    }

    [Fact]
    public void Foot_offs_are_matched_on_their_own()
    {
        // The reference has a foot-off whose contact it left out, and one that nobody found.
        var reference = Reference.Partial(Direction.Backward, [new ReferenceContact(1)], [0.6, 1.7, 5]);
        var tally = Tally.Of(reference, [Found(1, clearance: 0.62), Found(2.1, clearance: 1.69)]);
        Assert.Equal([20.0, -10.0], tally.FootOffErrors.Select(error => Math.Round(error, 6)));
    }

    [Fact]
    public void Measures_are_compared_where_both_sides_have_them()
    {
        var contact = new ReferenceContact(1) { LengthMeters = 1, FootStrikeDegrees = -18, TiltDegrees = 5,
            Landing = Landing.Toe, FootFlatSeconds = 1.2 };
        var figures =
            Figures.Of(
                Tally.Of(
                    Reference.Complete(Direction.Backward,
                        [contact, contact with { Seconds = 2, LengthMeters = null, Landing = Landing.Flat }], []),
                        [Found(1), Found(2)]));
        Assert.Equal(1, figures.LengthPercent.Count);
        Assert.Equal(-10, figures.LengthPercent.Bias); // 0.9 m
        Assert.Equal(-2, figures.FootStrikeDegrees.Bias); // -20 degrees
        Assert.Equal(-1, figures.TiltDegrees.Bias); // 4 degrees
        Assert.Equal(0.5, figures.LandingRightShare);
        // known at 1.15 and 2.15 s, flat at 1.2 s: -50 and 950 ms
        Assert.Equal(450, figures.KnownAfterMilliseconds.Median);
    }

    [Fact]
    public void Tallies_add_up()
    {
        var total = Tally.Of(Partial(1, 2), [Found(1), Found(2)]);
        total.Add(
            Tally.Of(Partial(1, 2, 3), [Found(1.03, Direction.Unknown), Found(2, Direction.Forward), Found(2.5)]));
        var figures = Figures.Of(total);
        Assert.Equal((5, 5, 4, 1), (figures.Found, figures.Referenced, figures.Matched, figures.Extra));
        Assert.Equal((3, 1, 1), (figures.DirectionRight, figures.DirectionWrong, figures.DirectionUnknown));
        Assert.Equal((0.8, 0.8, 0.2), (figures.Recall, figures.Precision, figures.DirectionWrongShare));
        Assert.Equal(4, figures.ContactMilliseconds.Count);
        Assert.Equal(7.5, figures.ContactMilliseconds.Bias);
    }

    [Fact]
    public void Medians_and_percentiles_are_those_of_a_pencil()
    {
        double[] values = [5, 1, 4, 2, 3, 10, 9, 8, 7, 6, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20];
        Assert.Equal(10.5, Statistics.Median(values));
        Assert.Equal(19, Statistics.Percentile(values, 0.95));
        Assert.Equal(20, Statistics.Percentile(values, 1));
        Assert.Equal(1, Statistics.Percentile(values, 0));
        Assert.Equal(7, Statistics.Percentile([7], 0.95));
        Assert.Null(Statistics.Percentile([], 0.95));
        Assert.Equal(new ErrorFigures(3, 2, 4, -1, -1), ErrorFigures.Of([-4, 2, -1]));
    }

    private static Reference Partial(params double[] contacts) =>
        Reference.Partial(Direction.Backward, contacts.Select(at => new ReferenceContact(at)), []);

    private static ReplayedStride Found(double contact, Direction direction = Direction.Backward,
        double? clearance = null) =>
        new(Strides.Make(direction: direction, strideMilliseconds: 1250), contact, clearance ?? contact - 0.4,
            contact + 0.15);
}
