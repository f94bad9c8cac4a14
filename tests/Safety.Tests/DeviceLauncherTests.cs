using Backstep.BadSamples.Launcher;
using Safety.Tests.Launcher;
using Nano = nanoFramework.TestFramework;

namespace Safety.Tests;

/// <summary>The runner of device tests calls as the device's launcher does: what fails there fails here.</summary>
public sealed class DeviceLauncherTests
{
    [Theory]
    [InlineData("Reads_a_field", Verdict.Failed)]
    [InlineData("Writes_a_field", Verdict.Failed)]
    [InlineData("Asks_its_own_object", Verdict.Failed)]
    [InlineData("Is_virtual", Verdict.Failed)]
    [InlineData("Needs_no_object", Verdict.Passed)]
    [InlineData("Is_static", Verdict.Passed)]
    public void A_test_is_called_without_an_object(string method, Verdict verdict)
    {
        DeviceResult result = Run<UsesThis>().Single(r => r.Call.Method.Name == method);
        Assert.Equal(verdict, result.Verdict);
        Assert.Equal(verdict == Verdict.Failed, result.Thrown is NullReferenceException);
    }

    [Fact]
    public void A_set_up_runs_once_for_its_class_so_what_a_test_leaves_behind_is_seen()
    {
        Assert.Equal(
            ["Begins Passed", "Walks_three Passed", "Walks_three_more Failed"],
            Run<LeaksState>().Select(r => $"{r.Call.Method.Name} {r.Verdict}"));
    }

    [Fact]
    public void What_a_test_throws_is_its_result_and_stops_nothing_not_even_when_a_set_up_throws_it()
    {
        Order.Notes.Clear();
        IReadOnlyList<DeviceResult> results = Run<ComesToGrief>();
        Assert.Equal(
            [
                "Sets_up Failed", "Throws Failed", "Asserts_what_is_not_so Failed", "Skips_itself Skipped",
                "Is_all_right Passed", "Cleans_up Passed",
            ],
            results.Select(r => $"{r.Call.Method.Name} {r.Verdict}"));
        Assert.Equal("thrown", results[1].Thrown?.Message);
        Assert.Equal("Assert.AreEqual failed. Expected:<1>. Actual:<2>. one is two", results[2].Thrown?.Message);
        Assert.Equal("not today", results[3].Thrown?.Message);
        Assert.Equal(["all right", "cleaned up"], Order.Notes.Cast<string>());
    }

    [Fact]
    public void A_set_up_that_skips_leaves_its_class_out() =>
        Assert.Equal(
            ["Finds_nothing Skipped", "Would_fail NotRun", "Would_clean NotRun"],
            Run<SkipsAll>().Select(r => $"{r.Call.Method.Name} {r.Verdict}"));

    [Fact]
    public void Tests_without_data_come_first_then_each_row_by_its_number_and_no_argument_is_converted()
    {
        string name = typeof(HasRows).FullName!;
        Assert.Equal(
            [
                $"{name}.Without_data.0 Passed", $"{name}.Wants_data_and_has_none.0 Failed ArgumentException",
                $"{name}.Number.0 Passed", $"{name}.Number.1 Failed AssertFailedException",
                $"{name}.Number.2 Failed InvalidCastException", $"{name}.Number.3 Failed ArgumentException",
                $"{name}.Row_without_TestMethod.0 Passed",
            ],
            Run<HasRows>().Select(r => $"{r.Call.Name} {r.Verdict} {r.Thrown?.GetType().Name}".TrimEnd()));
    }

    [Fact]
    public void A_class_that_inherits_tests_has_its_own_first() =>
        Assert.Equal(["Own", "Inherited"], Run<Inherits>().Select(r => r.Call.Method.Name));

    [Fact]
    public void Classes_come_in_the_order_in_which_they_are_declared_and_only_test_classes_do() =>
        Assert.Equal(
            [typeof(UsesThis), typeof(ComesToGrief), typeof(LeaksState)],
            DeviceLauncher.Plan([typeof(LeaksState), typeof(IsNoTestClass), typeof(ComesToGrief), typeof(UsesThis)])
                .Select(c => c.Class).Distinct());

    [Fact]
    public void A_device_assertion_that_does_not_hold_fails()
    {
        Fails(() => Nano.Assert.AreEqual(1, 2));
        Fails(() => Nano.Assert.AreEqual(1f, 1.0000001f));
        Fails(() => Nano.Assert.AreEqual(null, "a"));
        Fails(() => Nano.Assert.AreEqual((object)1, 1L));
        Fails(() => Nano.Assert.AreNotEqual("a", "a"));
        Fails(() => Nano.Assert.IsTrue(false));
        Fails(() => Nano.Assert.IsFalse(true));
        Fails(() => Nano.Assert.IsNull(1));
        Fails(() => Nano.Assert.IsNotNull(null));
        Fails(() => Nano.Assert.ThrowsException(typeof(Exception), () => { }));
        Fails(() => Nano.Assert.ThrowsException(typeof(SystemException), () => throw new FormatException()));
        Assert.Throws<Nano.SkipTestException>(() => Nano.Assert.SkipTest("later"));
    }

    [Fact]
    public void A_device_assertion_that_holds_says_nothing()
    {
        Nano.Assert.AreEqual(2, 2);
        Nano.Assert.AreEqual("a", new string('a', 1));
        Nano.Assert.AreEqual((string?)null, null);
        Nano.Assert.AreNotEqual(1u, 2u);
        Nano.Assert.IsTrue(true);
        Nano.Assert.IsFalse(false);
        Nano.Assert.IsNull(null);
        Nano.Assert.IsNotNull("a");
        Nano.Assert.ThrowsException(typeof(FormatException), () => throw new FormatException());
    }

    private static void Fails(Action assertion) => Assert.Throws<TestFrameworkShared.AssertFailedException>(assertion);

    private static IReadOnlyList<DeviceResult> Run<T>() => DeviceLauncher.Run([typeof(T)]);
}
