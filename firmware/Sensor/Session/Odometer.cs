using Backstep.Gait;

namespace Backstep.Sensor.Session
{
    /// <summary>Distance walked since the program started, through all sessions; an app may set it (RSCS, Set
    /// Cumulative Value).</summary>
    public sealed class Odometer
    {
        private const int MillimetersPerDecimeter = 100;

        private long _millimeters;

        /// <summary>Distance in 0.1 m. Strides whose length could not be measured add nothing.</summary>
        public long Decimeters
        {
            get { return _millimeters / MillimetersPerDecimeter; }
        }

        /// <summary>Adds a stride.</summary>
        public void Add(Stride stride)
        {
            if (stride.LengthMillimeters != Stride.Missing)
            {
                _millimeters += stride.LengthMillimeters;
            }
        }

        /// <summary>Sets the distance, in 0.1 m.</summary>
        public void Set(uint decimeters)
        {
            _millimeters = (long)decimeters * MillimetersPerDecimeter;
        }
    }
}
