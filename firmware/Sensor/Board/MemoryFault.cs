using System;

namespace Backstep.Sensor.Board
{
    /// <summary>
    /// The managed heap is too small for the program: told by the light and in the log, for a while, before the next
    /// try.
    /// </summary>
    public static class MemoryFault
    {
        /// <summary>
        /// Managed heap that the program asks for, in KB. With less it may start and then lose samples, because stack
        /// frames find no room.
        /// </summary>
        public const int NeededKilobytes = 128;

        /// <summary>
        /// What must be free when everything is made, in bytes: with 19,756 no sample was lost on the 32-bit CLR, with
        /// the next smaller heap thousands were.
        /// </summary>
        public const int RoomBytes = 18 * 1024;

        /// <summary>
        /// From one try to the next: time to count the flashes, and seldom enough for the flash, on which each start
        /// leaves its mark.
        /// </summary>
        public const int ShownMilliseconds = 10000;

        private const int StepMilliseconds = 100;

        /// <summary>Asks for the room that the running program needs, and lets go of it again.</summary>
        /// <exception cref="OutOfMemoryException">There is not so much.</exception>
        public static void DemandRoom()
        {
            byte[] room = new byte[RoomBytes];
            room[0] = 1; // so that no compiler leaves it out
        }

        /// <summary>Shows and tells it. A light that could not be opened is null.</summary>
        public static void Show(IClock clock, StatusLed led)
        {
            PrintFreeMemory();
            for (int shown = 0; shown < ShownMilliseconds; shown += StepMilliseconds)
            {
                if (led != null)
                {
                    Light(led, shown);
                }

                clock.Sleep(StepMilliseconds);
            }
        }

        private static void Light(StatusLed led, int milliseconds)
        {
            try
            {
                led.Show(LedSignal.MemoryFault, milliseconds);
            }
            catch (OutOfMemoryException)
            {
                // Not even for this; the next tenth of a second may have it.
            }
        }

        private static void PrintFreeMemory()
        {
            try
            {
                uint free = nanoFramework.Runtime.Native.GC.Run(true);
                Console.WriteLine(
                    "Out of memory: " + free.ToString() + " bytes of the managed heap are free now. At least "
                    + NeededKilobytes.ToString() + " KB of it are needed: a board with PSRAM, and an image that finds"
                    + " it. Next try in 10 s.");
            }
            catch (OutOfMemoryException)
            {
                // The light says it.
            }
        }
    }
}
