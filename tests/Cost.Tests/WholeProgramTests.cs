namespace Backstep.Cost.Tests;

/// <summary>A whole second of the program against its budgets, and the hour's memory.</summary>
[Collection("one counting world")]
public sealed class WholeProgramTests
{
    [Fact]
    public void A_whole_second_of_walking_with_a_listening_central_is_within_budget()
    {
        var second = WholeProgram.Measure(BudgetTests.Code);

        // A walk that was not told, or a central that heard nothing, would be cheap.
        Assert.InRange(second.Strides, WholeProgram.Seconds * 6 / 10, WholeProgram.Seconds);
        Assert.InRange(second.Notifications, 3.5, 6);
        Assert.True(second.MeanOps <= WholeProgram.BudgetOps, SecondTable.Figures(second) + SecondTable.Methods(second));
        Assert.True(second.MeanBytes <= WholeProgram.BudgetBytes, SecondTable.Figures(second) + SecondTable.Methods(second));
    }

    [Fact]
    public void What_lives_after_an_hour_of_walking_is_within_budget_and_no_more_than_after_20_minutes()
    {
        var early = ProgramMemory.After(TimeSpan.FromMinutes(20));
        var late = ProgramMemory.After(TimeSpan.FromHours(1));

        Assert.True(late.TotalBytes <= ProgramMemory.BudgetBytes, MemoryTable.Of(late));
        Assert.InRange(late.TotalBytes, early.TotalBytes - 1024, early.TotalBytes + 1024);
        // The ring of strides must be in it: 1,024 records of 20 bytes.
        Assert.Contains(late.Owners, owner => owner.Bytes >= 20 * 1024);
    }
}
