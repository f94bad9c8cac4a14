using Backstep.Gait;
using Backstep.Sensor.Imu;

namespace Backstep.Sensor.Session
{
    /// <summary>Where a new stride goes: into the ring for the air, the session, the odometer.</summary>
    public sealed class WalkRecorder : IStrideListener
    {
        /// <summary>Records a walk; a listener keeps its sessions, numbered on from the last one.</summary>
        public WalkRecorder(ISessionListener sessions, int lastId)
        {
            Session = new SessionTracker(sessions, lastId);
        }

        /// <summary>The last strides.</summary>
        public StrideRing Strides { get; } = new StrideRing();

        /// <summary>The session.</summary>
        public SessionTracker Session { get; }

        /// <summary>The distance.</summary>
        public Odometer Odometer { get; } = new Odometer();

        /// <inheritdoc/>
        public void OnStride(Stride stride)
        {
            Strides.Add(stride);
            Session.Add(stride);
            Odometer.Add(stride);
        }
    }
}
