using Backstep.Link;

namespace Backstep.Companion.Tests.Bluetooth;

public class StrideLedgerTests
{
    private readonly StrideLedger _ledger = new();

    [Fact]
    public void Numbers_in_order_leave_no_hole()
    {
        Assert.All([1u, 2u, 3u], number => Assert.True(_ledger.Add(number)));
        Assert.Equal((4u, false), (_ledger.NextMissing, _ledger.HasHole));
    }

    [Fact]
    public void A_number_left_out_is_a_hole_until_it_comes()
    {
        _ledger.Add(1);
        _ledger.Add(4);
        _ledger.Add(3);
        Assert.Equal((2u, true), (_ledger.NextMissing, _ledger.HasHole));
        _ledger.Add(2);
        Assert.Equal((5u, false), (_ledger.NextMissing, _ledger.HasHole));
    }

    [Fact]
    public void What_comes_twice_counts_once()
    {
        _ledger.Add(1);
        _ledger.Add(3);
        Assert.False(_ledger.Add(1));
        Assert.False(_ledger.Add(3));
    }

    [Fact]
    public void What_the_sensor_no_longer_holds_is_given_up_and_named()
    {
        foreach (uint number in (uint[])[1, 2, 5, 9])
        {
            _ledger.Add(number);
        }

        Assert.Equal([(3u, 4u), (6u, 7u)], _ledger.GiveUpBelow(8));
        Assert.Equal((8u, true), (_ledger.NextMissing, _ledger.HasHole));
        Assert.Empty(_ledger.GiveUpBelow(8));
        Assert.Equal([(8u, 8u)], _ledger.GiveUpBelow(9));
        Assert.Equal((10u, false), (_ledger.NextMissing, _ledger.HasHole));
    }

    [Fact]
    public void However_strides_come_every_one_is_had_once()
    {
        var random = new Random(9);
        var numbers = Enumerable.Range(1, 300).Select(number => (uint)number)
            .SelectMany(number => Enumerable.Repeat(number, random.Next(1, 3))).OrderBy(_ => random.Next()).ToList();
        Assert.Equal(300, numbers.Count(_ledger.Add));
        Assert.Equal((301u, false), (_ledger.NextMissing, _ledger.HasHole));
    }
}
