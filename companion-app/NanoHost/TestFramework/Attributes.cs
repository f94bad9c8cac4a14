using System;

namespace nanoFramework.TestFramework;

/// <summary>A class of device tests.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class TestClassAttribute : Attribute;

/// <summary>A device test: a public method that returns nothing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class TestMethodAttribute : Attribute;

/// <summary>Runs before the tests of its class.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class SetupAttribute : Attribute;

/// <summary>Runs after the tests of its class.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class CleanupAttribute : Attribute;

/// <summary>One call of a test with these arguments.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public class DataRowAttribute : Attribute
{
    /// <summary>The test's arguments, in order.</summary>
    public DataRowAttribute(params object[] methodParameters) => MethodParameters = methodParameters;

    /// <summary>The test's arguments, in order.</summary>
    public object[] MethodParameters { get; }
}
