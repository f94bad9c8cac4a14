using Backstep.Gait;

namespace Backstep.Sensor.Session
{
    /// <summary>Who keeps the sessions. Called between two samples: note it down and return, no input or output
    /// here.</summary>
    public interface ISessionListener
    {
        /// <summary>A session has begun; no stride of it is counted yet.</summary>
        void OnBegun(SessionTracker session);

        /// <summary>A stride was counted into the session.</summary>
        void OnCounted(Stride stride);

        /// <summary>The session is over; its figures still stand.</summary>
        void OnEnded(SessionTracker session);
    }
}
