using Backstep.Gait;

namespace Backstep.Sensor.Imu
{
    /// <summary>
    /// Everything that looks at strides for the sake of the rails: the estimate, and the guided calibration. A stride costs more than one sample may, so the work is
    /// done in parts, one at each of the next feedings.
    /// </summary>
    public sealed class RailWatch
    {
        private Stride _forCalibration;

        /// <summary>Whether the rails are held.</summary>
        public RailEstimator Estimator { get; } = new RailEstimator();

        /// <summary>The guided calibration; null while nobody calibrates.</summary>
        public RailCalibration Calibration { get; set; }

        /// <summary>Whether <see cref="Work"/> has something to do.</summary>
        public bool HasWork
        {
            get { return _forCalibration != null || Estimator.HasWork; }
        }

        /// <summary>Takes a stride. What the one before left undone is done now.</summary>
        public void Add(Stride stride)
        {
            while (HasWork)
            {
                Work();
            }

            Estimator.Add(stride);
            if (Calibration != null && Calibration.IsRunning)
            {
                _forCalibration = stride;
            }
        }

        /// <summary>Does the next part of the work.</summary>
        public void Work()
        {
            if (_forCalibration != null)
            {
                if (Calibration != null)
                {
                    Calibration.Add(_forCalibration);
                }

                _forCalibration = null;
            }
            else
            {
                Estimator.Work();
            }
        }
    }
}
