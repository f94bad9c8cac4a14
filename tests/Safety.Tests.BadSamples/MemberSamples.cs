using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;

namespace Backstep.BadSamples
{
    [Breaks("real-members", "System.String.Replace")]
    public class StringReplace
    {
        public static string Tidy(string text) { return text.Replace("a", "b"); }
    }

    [Breaks("real-members", "Math.Clamp(int, int, int)")]
    public class ClampOfInts
    {
        public static int Percent(int value) { return Math.Clamp(value, 0, 100); }
    }

    [Breaks("real-members", "System.Collections.Generic.List`1")]
    public class ListOfT
    {
        public static int Count() { return new List<int>().Count; }
    }

    [Breaks("real-members", "System.Linq.Enumerable")]
    public class Linq
    {
        public static int Sum(int[] values) { return values.Sum(); }
    }

    [Breaks("real-members", "System.Span`1")]
    public class Spans
    {
        public static int First(byte[] bytes) { Span<byte> span = bytes; return span[0]; }
    }

    [Breaks("real-members", "System.Decimal")]
    public class Decimals
    {
        public static decimal Cent(decimal value) { return value * 0.01m; }
    }

    [Breaks("real-members", "System.MathF")]
    public class FloatMath
    {
        public static float Sine(float a) { return MathF.Sin(a); }
    }

    [Breaks("real-members", "System.Index")]
    public class IndexFromEnd
    {
        public static Index Last() { return ^1; }
    }

    [Breaks("real-members", "System.IEquatable`1")]
    public class Records
    {
        public record Pair(int Left, int Right);
    }

    [Breaks("real-members", "System.Text.StringBuilder.AppendJoin")]
    public class MemberThatTheTypeLacks
    {
        public static void Join(StringBuilder text) { text.AppendJoin(',', new string[0]); }
    }

    [Breaks("real-members", "System.Diagnostics.Process")]
    public class TypeOutOfReach
    {
        public static int Id() { return System.Diagnostics.Process.GetCurrentProcess().Id; }
    }


    [Breaks("real-members", "System.String.Concat(System.ReadOnlySpan`1<char>")]
    public class CharInConcatenation
    {
        // "a" + 'b' + text: the PC's compiler makes spans of it. On the device it works, but nothing here could tell.
        public static string Line(string a, char b) { return a + b; }
    }

    [Breaks("real-members", "sets DiagnosticId of attribute System.ObsoleteAttribute")]
    public class AttributeMemberThatIsMissing
    {
        [Obsolete("old", DiagnosticId = "X1")]
        public static int Old;
    }

    [Breaks("real-members", "uses type System.Range")]
    public class TypeInInterpolation
    {
        public static string Line(Range range) { return $"range {range} of {new Version(1, 2)}"; }
    }

    [Breaks("real-members", "System.AggregateException")]
    public class CaughtTypeThatIsMissing
    {
        public static bool Try(
            IEnumerable some) { try { return some.GetEnumerator()
                .MoveNext(); } catch (AggregateException) { return false; } }
    }

    [Breaks("real-members", "System.Threading.SemaphoreSlim")]
    public class LocalTypeThatIsMissing
    {
        public static bool Is(object it) { return it is SemaphoreSlim; }
    }
}
