using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Sensor.Imu;
using Backstep.Sensor.Session;
using Backstep.Sensor.Storage;

namespace Backstep.Sensor.Owner
{
    /// <summary>The configuration in force: kept on flash, applied to whatever depends on it.</summary>
    public sealed class Settings
    {
        private readonly ConfigurationStore _store;
        private readonly LevelStore _level;
        private readonly RailStore _rails;
        private readonly MotionFeed _feed;
        private readonly SessionTracker _session;

        /// <summary>Applies what is stored.</summary>
        public Settings(ConfigurationStore store, LevelStore level, RailStore rails, MotionFeed feed,
            SessionTracker session)
        {
            _store = store;
            _level = level;
            _rails = rails;
            _feed = feed;
            _session = session;
            Current = store.Load();
            Apply();
            UseBaselines(rails.Load());
        }

        /// <summary>The configuration in force.</summary>
        public Configuration Current { get; private set; }

        /// <summary>The walker's rail baselines in force, or null.</summary>
        public RailBaselines Baselines { get; private set; }

        /// <summary>Whether this is the second unit, on the wrist: it measures motion, and makes neither strides nor
        /// sessions.</summary>
        public bool IsOnWrist
        {
            get { return Current.Placement == Placement.Wrist; }
        }

        /// <summary>Stores a configuration, then applies it. False when it could not be stored: the old one stays in
        /// force.</summary>
        public bool Change(Configuration configuration)
        {
            if (!_store.Save(configuration))
            {
                return false;
            }

            Current = configuration;
            Apply();
            return true;
        }

        /// <summary>Changes where the unit is worn, and nothing else.</summary>
        public bool ChangePlacement(Placement placement)
        {
            Configuration now = Current;
            return Change(new Configuration(
                placement, now.Cadence, now.ToeLandingHalfDegrees, now.HeelLandingHalfDegrees, now.Mount, now.Name));
        }

        /// <summary>Changes how the chip sits on the shoe, as the guided calibration has found it on a level floor, and
        /// nothing else. False when the flash refused: then it may be tried again.</summary>
        public bool ChangeMount(Mount found)
        {
            // First, so that the mount is measured against what holds for it: of no other mount does it say anything.
            int temperature = _feed.TemperatureCounts;
            if (!(temperature == Stride.Missing ? _level.Forget() : _level.Save(found, temperature)))
            {
                return false;
            }

            Configuration now = Current;
            return Change(new Configuration(
                now.Placement, now.Cadence, now.ToeLandingHalfDegrees, now.HeelLandingHalfDegrees, found, now.Name));
        }

        /// <summary>Stores rail baselines, or that there are none (null), then applies them. False when they could not
        /// be stored: the old ones stay in force.</summary>
        public bool ChangeBaselines(RailBaselines baselines)
        {
            if (!_rails.Save(baselines))
            {
                return false;
            }

            UseBaselines(baselines);
            return true;
        }

        /// <summary>Goes back to the defaults. False when the flash refused: then the old ones come back with the next
        /// start.</summary>
        public bool Forget()
        {
            bool isForgotten = _store.Forget();
            isForgotten = _level.Forget() && isForgotten;
            isForgotten = _rails.Forget() && isForgotten;
            UseBaselines(null);
            Current = ConfigurationStore.Default;
            Apply();
            return isForgotten;
        }

        private void UseBaselines(RailBaselines baselines)
        {
            Baselines = baselines;
            _feed.Rails.Estimator.Use(baselines);
            _session.Rhythm.Use(baselines);
        }

        private void Apply()
        {
            FootSide side = Current.Placement == Placement.LeftShoe ? FootSide.Left
                : Current.Placement == Placement.RightShoe ? FootSide.Right
                : FootSide.Unknown;
            _feed.Use(Current.Mount, side, Current.ToeLandingHalfDegrees, Current.HeelLandingHalfDegrees);
            _feed.UseLevel(_level.TemperatureOf(Current.Mount));
            _feed.IsOnFoot = !IsOnWrist;
            _session.Allow(!IsOnWrist);
        }
    }
}
