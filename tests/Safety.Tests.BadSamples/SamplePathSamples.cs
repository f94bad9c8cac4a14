using System;

namespace Backstep.BadSamples
{
    [Breaks("sample-path-no-allocation", "creates object")]
    public class AllocatesAnObject
    {
        public object Last;
        public void Add(int sample) { Last = new object(); }
    }

    [Breaks("sample-path-no-allocation", "creates an array of int")]
    public class AllocatesAnArray
    {
        public int[] Last;
        public void Add(int sample) { Last = new int[] { sample }; }
    }

    [Breaks("sample-path-no-allocation", "boxes int")]
    public class Boxes
    {
        public object Last;
        public void Add(int sample) { Last = sample; }
    }

    [Breaks("sample-path-no-allocation", "System.String.Concat")]
    public class ConcatenatesText
    {
        public string Last = "";
        private string _other = "";
        public void Add(int sample) { Last = Last + _other; }
    }

    [Breaks("sample-path-no-allocation", "makes a delegate")]
    public class MakesAClosure
    {
        public Action Last;
        private int _sum;
        public void Add(int sample) { Last = () => _sum++; }
    }

    [Breaks("sample-path-no-allocation",
        "reached by AllocatesFarAway.Add > AllocatesFarAway.One > AllocatesFarAway.Two")]
    public class AllocatesFarAway
    {
        public object Last;
        public void Add(int sample) { One(); }
        private void One() { if (Last == null) { Two(); } }
        private void Two() { Last = new object(); }
    }

    [Breaks("sample-path-no-allocation", "Noisy.Backstep.BadSamples.AllocatesBehindAnInterface.IEar.Hear")]
    public class AllocatesBehindAnInterface
    {
        private readonly IEar _ear = new Noisy();
        public interface IEar { void Hear(int sample); }
        public void Add(int sample) { _ear.Hear(sample); }
        public sealed class Noisy : IEar
        {
            public object Last;
            void IEar.Hear(int sample) { Last = new object(); }
        }
    }

    [Breaks("sample-path-no-allocation", "Derived.Hear")]
    public class AllocatesInAnOverride
    {
        private readonly Base _ear = new Derived();
        public void Add(int sample) { _ear.Hear(sample); }
        public abstract class Base { public abstract void Hear(int sample); }
        public sealed class Derived : Base
        {
            public object Last;
            public override void Hear(int sample) { Last = new object(); }
        }
    }

    [Breaks("sample-path-no-allocation", "Quiet.Hear")]
    public class AllocatesInAnInheritedImplementation
    {
        private readonly IEar _ear = new Ear();
        public interface IEar { void Hear(int sample); }
        public void Add(int sample) { _ear.Hear(sample); }
        public class Quiet
        {
            public object Last;
            public void Hear(int sample) { Last = new object(); }
        }

        public sealed class Ear : Quiet, IEar { }
    }

    [Breaks("sample-path-no-struct", "handles the struct Backstep.BadSamples.CopiesAStruct.Vector")]
    public class CopiesAStruct
    {
        public struct Vector { public float X, Y, Z; }
        private Vector _last;
        public void Add(int sample) { Vector copy = _last; copy.X = sample; _last = copy; }
    }

    [Breaks("sample-path-no-struct", "handles the struct System.TimeSpan")]
    public class UsesATimeSpan
    {
        private TimeSpan _last;
        public long Ticks;
        public void Add(int sample) { Ticks += Keep(_last) ? 1 : 0; }
        private static bool Keep(TimeSpan time) { return true; }
    }

    [Breaks("sample-path-no-throw", "throws")]
    public class Throws
    {
        private Exception _old;
        public void Add(int sample) { if (sample < 0) { throw _old; } }
        public void Prepare() { _old = new InvalidOperationException(); }
    }
}
