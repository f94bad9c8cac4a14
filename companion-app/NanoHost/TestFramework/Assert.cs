using System;
using TestFrameworkShared;

namespace nanoFramework.TestFramework;

/// <summary>The device's assertions: every overload of AreEqual and AreNotEqual, so that a test binds to the same one
/// here and there.</summary>
public sealed class Assert
{
    /// <summary>As on the device; nothing needs one.</summary>
    public Assert()
    {
    }

    /// <summary>Fails unless the condition holds.</summary>
    public static void IsTrue(bool condition, string message = "") => FailIf(!condition, "IsTrue", "", message);

    /// <summary>Fails if the condition holds.</summary>
    public static void IsFalse(bool condition, string message = "") => FailIf(condition, "IsFalse", "", message);

    /// <summary>Fails unless the value is null.</summary>
    public static void IsNull(object? value, string message = "") => FailIf(value is not null, "IsNull", "", message);

    /// <summary>Fails if the value is null.</summary>
    public static void IsNotNull(object? value, string message = "") => FailIf(value is null, "IsNotNull", "", message);

    /// <summary>Fails unless the action throws exactly this type.</summary>
    public static void ThrowsException(Type exception, Action action, string message = "")
    {
        try
        {
            action();
        }
        catch (Exception thrown)
        {
            FailIf(thrown.GetType() != exception, "ThrowsException",
                $" Expected:<{exception}>. Actual:<{thrown.GetType()}>.", message);
            return;
        }

        FailIf(true, "ThrowsException", $" Expected:<{exception}>, nothing was thrown.", message);
    }

    /// <summary>Ends the test without a verdict.</summary>
    public static void SkipTest(string? message = null) => throw new SkipTestException(message);

    /// <summary>Fails unless both are equal.</summary>
    public static void AreEqual(bool expected, bool actual, string message = "") =>
        Compare(true, expected, actual, message);

    /// <summary>Fails unless both are equal.</summary>
    public static void AreEqual(byte expected, byte actual, string message = "") =>
        Compare(true, expected, actual, message);

    /// <summary>Fails unless both are equal.</summary>
    public static void AreEqual(char expected, char actual, string message = "") =>
        Compare(true, expected, actual, message);

    /// <summary>Fails unless both are equal.</summary>
    public static void AreEqual(DateTime expected, DateTime actual, string message = "") =>
        Compare(true, expected, actual, message);

    /// <summary>Fails unless both are equal.</summary>
    public static void AreEqual(double expected, double actual, string message = "") =>
        Compare(true, expected, actual, message);

    /// <summary>Fails unless both are equal.</summary>
    public static void AreEqual(float expected, float actual, string message = "") =>
        Compare(true, expected, actual, message);

    /// <summary>Fails unless both are equal.</summary>
    public static void AreEqual(int expected, int actual, string message = "") =>
        Compare(true, expected, actual, message);

    /// <summary>Fails unless both are equal.</summary>
    public static void AreEqual(long expected, long actual, string message = "") =>
        Compare(true, expected, actual, message);

    /// <summary>Fails unless both are equal.</summary>
    public static void AreEqual(object? expected, object? actual, string message = "") =>
        Compare(true, expected, actual, message);

    /// <summary>Fails unless both are equal.</summary>
    public static void AreEqual(sbyte expected, sbyte actual, string message = "") =>
        Compare(true, expected, actual, message);

    /// <summary>Fails unless both are equal.</summary>
    public static void AreEqual(short expected, short actual, string message = "") =>
        Compare(true, expected, actual, message);

    /// <summary>Fails unless both are equal.</summary>
    public static void AreEqual(string? expected, string? actual, string message = "") =>
        Compare(true, expected, actual, message);

    /// <summary>Fails unless both are equal.</summary>
    public static void AreEqual(uint expected, uint actual, string message = "") =>
        Compare(true, expected, actual, message);

    /// <summary>Fails unless both are equal.</summary>
    public static void AreEqual(ulong expected, ulong actual, string message = "") =>
        Compare(true, expected, actual, message);

    /// <summary>Fails unless both are equal.</summary>
    public static void AreEqual(ushort expected, ushort actual, string message = "") =>
        Compare(true, expected, actual, message);

    /// <summary>Fails if both are equal.</summary>
    public static void AreNotEqual(bool notExpected, bool actual, string message = "") =>
        Compare(false, notExpected, actual, message);

    /// <summary>Fails if both are equal.</summary>
    public static void AreNotEqual(byte notExpected, byte actual, string message = "") =>
        Compare(false, notExpected, actual, message);

    /// <summary>Fails if both are equal.</summary>
    public static void AreNotEqual(char notExpected, char actual, string message = "") =>
        Compare(false, notExpected, actual, message);

    /// <summary>Fails if both are equal.</summary>
    public static void AreNotEqual(DateTime notExpected, DateTime actual, string message = "") =>
        Compare(false, notExpected, actual, message);

    /// <summary>Fails if both are equal.</summary>
    public static void AreNotEqual(double notExpected, double actual, string message = "") =>
        Compare(false, notExpected, actual, message);

    /// <summary>Fails if both are equal.</summary>
    public static void AreNotEqual(float notExpected, float actual, string message = "") =>
        Compare(false, notExpected, actual, message);

    /// <summary>Fails if both are equal.</summary>
    public static void AreNotEqual(int notExpected, int actual, string message = "") =>
        Compare(false, notExpected, actual, message);

    /// <summary>Fails if both are equal.</summary>
    public static void AreNotEqual(long notExpected, long actual, string message = "") =>
        Compare(false, notExpected, actual, message);

    /// <summary>Fails if both are equal.</summary>
    public static void AreNotEqual(object? notExpected, object? actual, string message = "") =>
        Compare(false, notExpected, actual, message);

    /// <summary>Fails if both are equal.</summary>
    public static void AreNotEqual(sbyte notExpected, sbyte actual, string message = "") =>
        Compare(false, notExpected, actual, message);

    /// <summary>Fails if both are equal.</summary>
    public static void AreNotEqual(short notExpected, short actual, string message = "") =>
        Compare(false, notExpected, actual, message);

    /// <summary>Fails if both are equal.</summary>
    public static void AreNotEqual(string? notExpected, string? actual, string message = "") =>
        Compare(false, notExpected, actual, message);

    /// <summary>Fails if both are equal.</summary>
    public static void AreNotEqual(uint notExpected, uint actual, string message = "") =>
        Compare(false, notExpected, actual, message);

    /// <summary>Fails if both are equal.</summary>
    public static void AreNotEqual(ulong notExpected, ulong actual, string message = "") =>
        Compare(false, notExpected, actual, message);

    /// <summary>Fails if both are equal.</summary>
    public static void AreNotEqual(ushort notExpected, ushort actual, string message = "") =>
        Compare(false, notExpected, actual, message);

    private static void Compare(bool equal, object? expected, object? actual, string message) =>
        FailIf(Equals(expected, actual) != equal, equal ? "AreEqual" : "AreNotEqual",
            $" {(equal ? "Expected" : "Not expected")}:<{expected ?? "(null)"}>. Actual:<{actual ?? "(null)"}>.",
            message);

    private static void FailIf(bool failed, string assertion, string details, string message)
    {
        if (failed)
        {
            throw new AssertFailedException($"Assert.{assertion} failed.{details} {message}".TrimEnd());
        }
    }
}
