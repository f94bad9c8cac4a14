namespace Backstep.Sensor.Board
{
    /// <summary>
    /// The words of the status LED. Each value is its own blink: bit n lights the LED in the n-th 100 ms of a cycle of
    /// 2 s. A word is chosen so that a person can tell it by counting flashes.
    /// </summary>
    public enum LedSignal
    {
        /// <summary>Dark.</summary>
        Off = 0,

        /// <summary>One flash: awake, nobody connected.</summary>
        Searching = 0x00001,

        /// <summary>Two flashes: an app is connected.</summary>
        Connected = 0x00005,

        /// <summary>Three flashes: charge the battery.</summary>
        LowBattery = 0x00015,

        /// <summary>One long flash: lets itself be paired with.</summary>
        Pairing = 0x003FF,

        /// <summary>Four flashes: the foot moves as in walking, but there are no strides. Look at the clip: its arrow
        /// points to the toes.</summary>
        LookAtClip = 0x00055,

        /// <summary>A long flash and a short one: the flash memory refuses to be written; walking goes on.</summary>
        StorageFault = 0x0005F,

        /// <summary>
        /// A long flash and two short ones: the managed heap is too small for the program; it tries again.
        /// </summary>
        MemoryFault = 0x0015F,

        /// <summary>Slow even beat, half a second on and off: a session is being walked.</summary>
        Walking = 0x07C1F,

        /// <summary>Nervous flicker without a pause: the motion chip does not answer, or is not one that this program
        /// knows.</summary>
        SensorFault = 0x55555,
    }
}
