using Backstep.Gait;
using Backstep.Sensor.Imu;
using Backstep.Sensor.Storage;

namespace Backstep.Sensor.Session
{
    /// <summary>Where a new stride goes: into the ring for the air, the session, the odometer.</summary>
    public sealed class WalkRecorder : IStrideListener
    {
        /// <summary>Records a walk; a journal keeps its sessions.</summary>
        public WalkRecorder(SessionJournal journal)
        {
            Session = new SessionTracker(journal, journal.LastId);
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
