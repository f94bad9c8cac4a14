using System.Reflection;
using Nano = nanoFramework.TestFramework;

namespace Safety.Tests.Launcher;

/// <summary>
/// Runs tests as nanoFramework's UnitTestLauncher does on the device (read, not copied:
/// source/UnitTestLauncher/Program.cs of nanoframework/nanoFramework.TestFramework): classes and methods in the order
/// of the metadata; for each class its set-ups once, then the tests without data, then the data rows, then its
/// clean-ups once; no object ever. A set-up that fails stops nothing, one that skips itself leaves the class out.
/// Statics live on from class to class.
/// </summary>
public static class DeviceLauncher
{
    private static readonly Type[] Phases =
    [
        typeof(Nano.SetupAttribute), typeof(Nano.TestMethodAttribute), typeof(Nano.DataRowAttribute),
        typeof(Nano.CleanupAttribute),
    ];

    /// <summary>Every call that the launcher would make, in its order.</summary>
    public static IEnumerable<DeviceCall> Plan(IEnumerable<Type> types) =>
        from type in types.OrderBy(t => t.MetadataToken)
        where type.IsClass && type.GetCustomAttributes(true).Any(a => a.GetType() == typeof(Nano.TestClassAttribute))
        from phase in Phases
        from method in Methods(type)
        from call in Calls(type, method, phase)
        select call;

    /// <summary>Makes the calls.</summary>
    public static IReadOnlyList<DeviceResult> Run(IEnumerable<Type> types)
    {
        List<DeviceResult> results = [];
        foreach (IGrouping<Type, DeviceCall> ofClass in Plan(types).GroupBy(c => c.Class))
        {
            bool isLeftOut = false;
            foreach (DeviceCall call in ofClass)
            {
                DeviceResult result = isLeftOut ? new(call, Verdict.NotRun) : Run(call);
                isLeftOut |= result.Verdict == Verdict.Skipped && call.Attribute == typeof(Nano.SetupAttribute);
                results.Add(result);
            }
        }

        return results;
    }

#pragma warning disable CA1031 // Whatever a test throws is its result.
    private static DeviceResult Run(DeviceCall call)
    {
        try
        {
            call.Invoke();
            return new(call, Verdict.Passed);
        }
        catch (Exception thrown)
        {
            bool skips = thrown.GetType() == typeof(Nano.SkipTestException);
            return new(call, skips ? Verdict.Skipped : Verdict.Failed, thrown);
        }
    }
#pragma warning restore CA1031

    /// <summary>Type.GetMethods of the device: a class's own methods as they are declared, then its base's.</summary>
    private static IEnumerable<MethodInfo> Methods(Type type) =>
        type.GetMethods().OrderBy(m => Depth(type, m.DeclaringType!)).ThenBy(m => m.MetadataToken);

    private static int Depth(Type type, Type declaring) => type == declaring ? 0 : 1 + Depth(type.BaseType!, declaring);

    private static IEnumerable<DeviceCall> Calls(Type type, MethodInfo method, Type phase)
    {
        object[] attributes = method.GetCustomAttributes(true);
        if (attributes.Any(a => a is Nano.DataRowAttribute))
        {
            attributes = [.. attributes.Where(a => a.GetType() != typeof(Nano.TestMethodAttribute))];
        }

        return
            from at in attributes.Index()
            where at.Item.GetType() == phase
            let row = at.Item as Nano.DataRowAttribute
            select new DeviceCall(type, phase, method, at.Index, row?.MethodParameters ?? []);
    }
}
