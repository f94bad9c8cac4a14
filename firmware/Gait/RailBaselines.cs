namespace Backstep.Gait
{
    /// <summary>A walker's two baselines, and where they hold: one direction, one speed of the belt, one incline.
    /// Immutable.</summary>
    public sealed class RailBaselines
    {
        /// <summary>Makes them. Values are taken as they are.</summary>
        public RailBaselines(Direction direction, int beltMillimetersPerSecond, int inclineTenthsPercent,
            RailBaseline held, RailBaseline free)
        {
            Direction = direction;
            BeltMillimetersPerSecond = beltMillimetersPerSecond;
            InclineTenthsPercent = inclineTenthsPercent;
            Held = held;
            Free = free;
        }

        /// <summary>Which way the strides went.</summary>
        public Direction Direction { get; }

        /// <summary>How fast the belt ran, 1 to 65534 mm/s.</summary>
        public int BeltMillimetersPerSecond { get; }

        /// <summary>Incline in 0.1 %, -400 to 400, or <see cref="Stride.Missing"/>: as the shoe has
        /// measured it, or as an app has told.</summary>
        public int InclineTenthsPercent { get; }

        /// <summary>With a hand on the rail.</summary>
        public RailBaseline Held { get; }

        /// <summary>With free hands.</summary>
        public RailBaseline Free { get; }

        /// <summary>The same at another incline.</summary>
        public RailBaselines At(int inclineTenthsPercent)
        {
            return new RailBaselines(Direction, BeltMillimetersPerSecond, inclineTenthsPercent, Held, Free);
        }
    }
}
