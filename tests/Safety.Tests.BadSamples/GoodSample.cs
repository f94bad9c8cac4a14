using System;
using System.Collections;
using System.Threading;

namespace Backstep.BadSamples
{
    /// <summary>Everything that is allowed, so that no rule cries wolf: none may find anything here.</summary>
    public sealed class GoodSample
    {
        private readonly float[] _window = new float[16];
        private readonly int[][] _jagged = { new int[2], new int[] { 1, 2, 3, 4, 5, 6, 7, 8 } };
        private readonly object _gate = new object();
        private readonly ArrayList _log = new ArrayList();
        private readonly IEar _ear = new Ear();
        private int _next;

        public event EventHandler Full;

        public interface IEar { bool Hear(float value); }

        public uint Count { get; private set; }

        public bool Add(int sample)
        {
            float scaled = sample * 0.01f;
            _window[_next] = GoodSafe.Divide(scaled, sample - 3, 0f);
            _next = (_next + 1) % _window.Length;
            Count++;
            Array.Clear(_window, 0, 1);
            lock (_gate) { _next = Math.Max(_next, sample / 7); }
            double angle = Math.Atan2(scaled, 1.0) * (180.0 / Math.PI);
            DayOfWeek day = sample > 3 ? DayOfWeek.Monday : DayOfWeek.Sunday;
            return _ear.Hear((float)angle) && day == DayOfWeek.Monday;
        }

        public string Describe()
        {
            _log.Add("line");
            Full?.Invoke(this, EventArgs.Empty);
            Interlocked.Increment(ref _next);
            int sum = 0;
            foreach (int[] row in _jagged) { sum += row[0]; }
            foreach (string text in _log) { sum += text.Length; }
            TimeSpan time = new TimeSpan(sum);
            try { return $"{sum} {time.Ticks:X2} {Name(sum)}" + int.MaxValue.ToString()
                + string.Concat("a", "b", "c"); }
            catch (InvalidOperationException) when (sum > 3) { return null; }
            finally { Full = null; }
        }

        private static string Name(int code)
        {
            return code switch { 1 => "one", 2 => "two", _ => throw new ArgumentOutOfRangeException(nameof(code)) };
        }

        private sealed class Ear : IEar
        {
            public bool Hear(float value) { return value > 0f; }
        }
    }

    /// <summary>Stands for Backstep.Gait.Safe in the samples.</summary>
    public static class GoodSafe
    {
        public static float Divide(float numerator, float denominator, float fallback)
        {
            return denominator > 0f || denominator < 0f ? (float)Math.Sqrt(numerator / denominator) : fallback;
        }
    }
}
