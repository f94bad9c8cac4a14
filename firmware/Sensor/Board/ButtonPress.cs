namespace Backstep.Sensor.Board
{
    /// <summary>What a person did with the button.</summary>
    public enum ButtonPress
    {
        /// <summary>Nothing since the last question.</summary>
        None = 0,

        /// <summary>Pressed and let go: start or pause.</summary>
        Tap = 1,

        /// <summary>Held for a second or longer: stop.</summary>
        Hold = 2,
    }
}
