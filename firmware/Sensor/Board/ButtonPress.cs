namespace Backstep.Sensor.Board
{
    /// <summary>What a person did with the button.</summary>
    public enum ButtonPress
    {
        /// <summary>Nothing since the last question.</summary>
        None = 0,

        /// <summary>Pressed and let go: start or pause.</summary>
        Tap = 1,

        /// <summary>Held for one to four seconds: stop.</summary>
        Hold = 2,

        /// <summary>Held for four seconds or longer: let a central pair.</summary>
        Pair = 3,
    }
}
