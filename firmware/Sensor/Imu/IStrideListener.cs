using Backstep.Gait;

namespace Backstep.Sensor.Imu
{
    /// <summary>Who wants to know of strides.</summary>
    public interface IStrideListener
    {
        /// <summary>A stride is complete. Called between two samples: note it down and return, no input or output
        /// here.</summary>
        void OnStride(Stride stride);
    }
}
