using Backstep.Gait;

namespace Backstep.Sensor.Imu
{
    /// <summary>
    /// Everything that looks at strides for the sake of the rails: the estimate, and the guided calibration. A stride
    /// costs more than one sample may, so the work is done in parts, one at each of the next feedings.
    /// </summary>
    public sealed class RailWatch
    {
        private readonly RailEstimator _estimator = new RailEstimator();
        private Stride _forCalibration;
        private int _inclineTenthsPercent;

        /// <summary>Whether the rails are held.</summary>
        public RailEstimator Estimator
        {
            get { return _estimator; }
        }

        /// <summary>The guided calibration; null while nobody calibrates.</summary>
        public RailCalibration Calibration { get; set; }

        /// <summary>Takes a stride. What the one before left undone is done now. Returns whether <see cref="Work"/> has
        /// something to do.</summary>
        /// <param name="stride">The stride.</param>
        /// <param name="inclineTenthsPercent">The slope under the last strides, 0.1 %, or
        /// <see cref="Stride.Missing"/>.</param>
        public bool Add(Stride stride, int inclineTenthsPercent)
        {
            if (_forCalibration != null)
            {
                Work();
            }

            _estimator.Add(stride);
            if (Calibration != null && Calibration.IsRunning)
            {
                _forCalibration = stride;
                _inclineTenthsPercent = inclineTenthsPercent;
                return true;
            }

            return _estimator.HasWork;
        }

        /// <summary>Does the next part of the work. Returns whether there is more.</summary>
        public bool Work()
        {
            if (_forCalibration == null)
            {
                return _estimator.Work();
            }

            if (Calibration != null)
            {
                Calibration.Add(_forCalibration, _inclineTenthsPercent);
            }

            _forCalibration = null;
            return _estimator.HasWork;
        }
    }
}
