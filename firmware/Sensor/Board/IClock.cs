namespace Backstep.Sensor.Board
{
    /// <summary>The clock behind the program's loop: the one thing that a PC must replace to run the firmware in
    /// virtual time.</summary>
    public interface IClock
    {
        /// <summary>Milliseconds since start, monotonic.</summary>
        long NowMilliseconds { get; }

        /// <summary>Lets time pass. The device's tick is 10 ms: only multiples of 10 are accurate.</summary>
        void Sleep(int milliseconds);
    }
}
