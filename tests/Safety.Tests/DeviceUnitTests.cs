using System.Reflection;
using nanoFramework.TestFramework;

namespace Safety.Tests;

/// <summary>
/// Runs the device's own unit tests (tests/NFUnitTest) on a PC, each as a test of its own. As the device's launcher does, it calls [Setup] before and
/// [Cleanup] after; unlike it, for every test anew, on a new object, so that no test can lean on another.
/// </summary>
public sealed class DeviceUnitTests
{
    private static readonly Assembly Assembly = Assembly.Load("NFUnitTest");

    /// <summary>Class, method, and the number of its data row, or -1.</summary>
    public static TheoryData<string, string, int> Cases
    {
        get
        {
            TheoryData<string, string, int> cases = [];
            foreach (Type type in Assembly.GetTypes().Where(t => t.GetCustomAttribute<TestClassAttribute>() is not null).OrderBy(t => t.FullName, StringComparer.Ordinal))
            {
                foreach (MethodInfo method in With<TestMethodAttribute>(type).Concat(With<DataRowAttribute>(type)).Distinct())
                {
                    int rows = method.GetCustomAttributes<DataRowAttribute>().Count();
                    for (int row = rows == 0 ? -1 : 0; row < rows; row++)
                    {
                        cases.Add(type.FullName!, method.Name, row);
                        if (rows == 0)
                        {
                            break;
                        }
                    }
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
        object[]? arguments = row < 0 ? null : test.GetCustomAttributes<DataRowAttribute>().ElementAt(row).MethodParameters;
        try
        {
            foreach (MethodInfo setup in With<SetupAttribute>(type))
            {
                setup.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, null, null);
            }

            test.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        }
        catch (SkipTestException skipped)
        {
            Assert.Skip(skipped.Message);
        }
        finally
        {
            foreach (MethodInfo cleanup in With<CleanupAttribute>(type))
            {
                cleanup.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, null, null);
            }
        }
    }

    [Fact]
    public void There_are_device_tests_of_the_gait_and_of_the_protocol()
    {
        Assert.Contains(Cases, c => c.Data.Item1.Contains("Gait", StringComparison.Ordinal) || c.Data.Item1.Contains("Stride", StringComparison.Ordinal));
        Assert.Contains(Cases, c => c.Data.Item1.Contains("Protocol", StringComparison.Ordinal) || c.Data.Item1.Contains("Codec", StringComparison.Ordinal));
    }

    private static IEnumerable<MethodInfo> With<T>(Type type)
        where T : Attribute => type.GetMethods().Where(m => m.GetCustomAttribute<T>(inherit: false) is not null || m.GetCustomAttributes<T>(inherit: false).Any());
}
