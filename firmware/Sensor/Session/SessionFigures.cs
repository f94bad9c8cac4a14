using Backstep.Gait;
using Backstep.Protocol;

namespace Backstep.Sensor.Session
{
    /// <summary>The session's figures in the units of the air and of the flash.</summary>
    public static class SessionFigures
    {
        private const int MillisecondsPerSecond = 1000;
        private const int MillimetersPerCentimeter = 10;
        private const int TenthsPerStep = 10;
        private const int FullPercent = 100;

        /// <summary>How the session stands.</summary>
        public static Protocol.Session Of(SessionTracker session)
        {
            return Of(session, false);
        }

        /// <summary>How the session stands, and whether the foot moves without strides.</summary>
        public static Protocol.Session Of(SessionTracker session, bool lacksStrides)
        {
            int mean = session.MeanStepsPerMinuteTenths;
            return new Protocol.Session(
                session.State,
                session.Rhythm.IsSettled,
                (int)session.Id,
                (int)(session.ElapsedMilliseconds / MillisecondsPerSecond),
                (int)(session.ActiveMilliseconds / MillisecondsPerSecond),
                (int)session.BackwardStrides,
                (int)session.ForwardStrides,
                (int)session.UnknownStrides,
                Percent(session.ToeFirstStrides, session.LandedStrides),
                Percent(session.HeldStrides, session.PosturedStrides),
                Round(session.Now.StepsPerMinuteTenths),
                mean == 0 ? Stride.Missing : Round(mean),
                (int)(session.DistanceMillimeters / MillimetersPerCentimeter),
                lacksStrides);
        }

        private static int Percent(uint part, uint whole)
        {
            return whole == 0 ? Message.Missing : (int)((part * FullPercent + whole / 2) / whole);
        }

        private static int Round(int tenths)
        {
            return (tenths + TenthsPerStep / 2) / TenthsPerStep;
        }
    }
}
