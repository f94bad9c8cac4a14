#pragma warning disable CA1822, CS1591
namespace Backstep.Gait
{
    /// <summary>Contract only for now.</summary>
    public sealed class GaitEngine
    {
        public GaitEngine(Mount mount, FootSide side) { }
        public bool Add(short ax, short ay, short az, short gx, short gy, short gz) { return false; }
        public Stride TakeStride() { return null; }
        public void Gap(uint lostSamples) { }
        public uint SampleCount { get { return 0; } }
    }
}
