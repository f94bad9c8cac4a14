using System;
using System.Collections;
using System.Threading.Tasks;

namespace Backstep.BadSamples
{
    [Breaks("no-generics", "is a generic type")]
    public class GenericType
    {
        public class Box<T> { public T Content; }
    }

    [Breaks("no-generics", "is a generic method")]
    public class GenericMethod
    {
        public static object Same<T>(object it) { return it; }
    }

    [Breaks("no-generics", "uses System.Action`1<int>")]
    public class GenericDelegate
    {
        public Action<int> Hook;
    }

    [Breaks("no-generics", "System.Nullable`1<int>")]
    public class NullableValue
    {
        public static bool IsSet(int? value) { return value.HasValue; }
    }

    [Breaks("no-generics", "System.ValueTuple`2<int, int>")]
    public class Tuples
    {
        public static (int Left, int Right) Both() { return (1, 2); }
    }

    [Breaks("no-multidimensional-arrays", "int[,]")]
    public class MultidimensionalArray
    {
        public static int Corner() { int[,] grid = new int[3, 3]; return grid[0, 0]; }
    }

    [Breaks("no-multidimensional-arrays", "float[,]")]
    public class MultidimensionalField
    {
        public float[,] Grid;
    }

    [Breaks("no-default-interface-methods", "interface method with a body")]
    public class DefaultInterfaceMethod
    {
        public interface IBeep { void Beep() { } }
    }

    [Breaks("no-checked", "add.ovf")]
    public class CheckedAddition
    {
        public static int Sum(int a, int b) { return checked(a + b); }
    }

    [Breaks("no-checked", "conv.ovf.u1")]
    public class CheckedConversion
    {
        public static byte Narrow(int a) { checked { return (byte)a; } }
    }

    [Breaks("no-enum-text", "DayOfWeek")]
    public class EnumToString
    {
        public static string Text(DayOfWeek day) { return day.ToString(); }
    }

    [Breaks("no-enum-text", "DayOfWeek")]
    public class EnumInInterpolation
    {
        public static string Text(DayOfWeek day) { return $"Today is {day}"; }
    }

    [Breaks("no-state-machines", "is async or an iterator")]
    public class Iterator
    {
        public static IEnumerable Count() { yield return 1; yield return 2; }
    }

    [Breaks("no-state-machines", "is async or an iterator")]
    public class AsyncMethod
    {
        public static async Task Wait() { await Task.Yield(); }
    }

    [Breaks("no-volatile", "is volatile")]
    public class VolatileField
    {
        private volatile bool _stop;
        public void Stop() { _stop = true; }
    }

    [Breaks("no-nan", "is the constant NaN")]
    public class NaNConstant
    {
        public const float Missing = float.NaN;
    }

    [Breaks("no-nan", "loads NaN")]
    public class NaNValue
    {
        public static double Missing() { return double.NaN; }
    }

    [Breaks("no-nan", "loads NaN")]
    public class NaNByConstantDivision
    {
        public static float Missing() { const float zero = 0f; return zero / zero; }
    }

    [Breaks("guarded-math", "div on float or double")]
    public class FloatDivision
    {
        public static float Half(float a, float b) { return a / b; }
    }

    [Breaks("guarded-math", "div on float or double")]
    public class FloatDivisionOfFields
    {
        private readonly double[] _values = new double[4];
        public double Ratio(int i) { return _values[i] / _values[i + 1]; }
    }

    [Breaks("guarded-math", "div on float or double")]
    public class FloatDivisionOfConvertedInts
    {
        public static float Mean(int sum, int count) { return (float)sum / count; }
    }

    [Breaks("guarded-math", "div on float or double")]
    public class FloatDivisionAfterBranches
    {
        public static float Choose(bool first, float a, int b) { return (first ? a : b) / (first ? b : a); }
    }

    [Breaks("guarded-math", "div on float or double")]
    public class FloatDivisionInHandler
    {
        public static float Try(
            float[] a) { try { return a[0]; } catch (Exception) { return a[1] / a[2]; } finally { a[0] = 0f; } }
    }

    [Breaks("guarded-math", "div on float or double")]
    public class FloatDivisionByReference
    {
        public static void Scale(ref float a, float b) { a /= b; }
    }

    [Breaks("guarded-math", "rem on float or double")]
    public class FloatRemainder
    {
        public static double Wrap(double a, double b) { return a % b; }
    }

    [Breaks("guarded-math", "calls Math.Sqrt")]
    public class SquareRoot
    {
        public static double Root(double a) { return Math.Sqrt(a); }
    }

    [Breaks("guarded-math", "calls Math.Acos")]
    public class ArcCosine
    {
        public static double Angle(double a) { return Math.Acos(a); }
    }
}
