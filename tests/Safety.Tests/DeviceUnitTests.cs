using System.Reflection;
using Nano = nanoFramework.TestFramework;

namespace Safety.Tests;

/// <summary>
/// Runs the device's own unit tests (tests/NFUnitTest) on a PC, each as a test of its own. As the device's launcher does, it calls [Setup] before and
/// [Cleanup] after; unlike it, for every test anew, on a new object, so that no test can lean on another.
/// </summary>
public sealed class DeviceUnitTests
{
    private const int NoRow = -1;
    private static readonly Assembly Assembly = Assembly.Load("NFUnitTest");

    /// <summary>Class, method, and the number of its data row, or -1.</summary>
    public static TheoryData<string, string, int> Cases
    {
        get
        {
            TheoryData<string, string, int> cases = [];
            foreach (Type type in Assembly.GetTypes().Where(t => t.GetCustomAttribute<Nano.TestClassAttribute>() is not null).OrderBy(t => t.FullName, StringComparer.Ordinal))
            {
                foreach (MethodInfo method in With<Nano.TestMethodAttribute>(type).Union(With<Nano.DataRowAttribute>(type)))
                {
                    int rows = method.GetCustomAttributes<Nano.DataRowAttribute>().Count();
                    IEnumerable<int> numbers = rows == 0 ? [NoRow] : Enumerable.Range(0, rows);
                    cases.AddRange([.. numbers.Select(row => new TheoryDataRow<string, string, int>(type.FullName!, method.Name, row))]);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_device_test_passes(string className, string method, int row)
    {
        Type type = Assembly.GetType(className, throwOnError: true)!;
        object instance = Activator.CreateInstance(type)!;
        MethodInfo test = type.GetMethod(method)!;
        object[]? arguments = row == NoRow ? null : test.GetCustomAttributes<Nano.DataRowAttribute>().ElementAt(row).MethodParameters;
        try
        {
            foreach (MethodInfo setup in With<Nano.SetupAttribute>(type))
            {
                setup.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, null, null);
            }

            test.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        }
        catch (Nano.SkipTestException skipped)
        {
            Assert.Skip(skipped.Message);
        }
        finally
        {
            foreach (MethodInfo cleanup in With<Nano.CleanupAttribute>(type))
            {
                cleanup.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, null, null);
            }
        }
    }

    [Fact]
    public void There_are_device_tests_of_the_gait_the_protocol_the_session_and_the_storage()
    {
        Assert.Contains(Cases, c => c.Data.Item1.Contains("Session", StringComparison.Ordinal));
        Assert.Contains(Cases, c => c.Data.Item1.Contains("Storage", StringComparison.Ordinal));
        Assert.Contains(Cases, c => c.Data.Item1.Contains("Gait", StringComparison.Ordinal) || c.Data.Item1.Contains("Stride", StringComparison.Ordinal));
        Assert.Contains(Cases, c => c.Data.Item1.Contains("Protocol", StringComparison.Ordinal) || c.Data.Item1.Contains("Codec", StringComparison.Ordinal));
    }

    [Fact]
    public void A_device_assertion_that_does_not_hold_fails()
    {
        Assert.Throws<TestFrameworkShared.AssertFailedException>(() => Nano.Assert.AreEqual(1, 2));
        Assert.Throws<TestFrameworkShared.AssertFailedException>(() => Nano.Assert.AreNotEqual("a", "a"));
        Assert.Throws<TestFrameworkShared.AssertFailedException>(() => Nano.Assert.IsTrue(false));
        Assert.Throws<TestFrameworkShared.AssertFailedException>(() => Nano.Assert.IsFalse(true));
        Assert.Throws<TestFrameworkShared.AssertFailedException>(() => Nano.Assert.IsNull(this));
        Assert.Throws<TestFrameworkShared.AssertFailedException>(() => Nano.Assert.IsNotNull(null));
        Assert.Throws<TestFrameworkShared.AssertFailedException>(() => Nano.Assert.ThrowsException(typeof(Exception), () => { }));
        Assert.Throws<Nano.SkipTestException>(() => Nano.Assert.SkipTest("later"));
    }

    private static IEnumerable<MethodInfo> With<T>(Type type)
        where T : Attribute => type.GetMethods().Where(m => m.GetCustomAttributes<T>().Any());
}
