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

        /// <summary>The session's totals, as they are kept: the incline is that of the whole session.</summary>
        public static Protocol.Session Of(SessionTracker session)
        {
            return Of(session, false, session.MeanInclineTenthsPercent);
        }

        /// <summary>How the session stands now, and whether the foot moves without strides.</summary>
        public static Protocol.Session Of(SessionTracker session, bool lacksStrides)
        {
            return Of(session, lacksStrides, session.InclineTenthsPercent);
        }

        private static Protocol.Session Of(SessionTracker session, bool lacksStrides, int inclineTenthsPercent)
        {
            int mean = session.MeanStepsPerMinuteTenths;
            return new Protocol.Session(
                state: session.State,
                isRhythmSettled: session.Rhythm.IsSettled,
                id: (int)session.Id,
                elapsedSeconds: (int)(session.ElapsedMilliseconds / MillisecondsPerSecond),
                activeSeconds: (int)(session.ActiveMilliseconds / MillisecondsPerSecond),
                backwardStrides: (int)session.BackwardStrides,
                forwardStrides: (int)session.ForwardStrides,
                unknownStrides: (int)session.UnknownStrides,
                toeFirstPercent: Percent(session.ToeFirstStrides, session.LandedStrides),
                railsHeldPercent: Percent(session.HeldStrides, session.PosturedStrides),
                cadenceNowStepsPerMinute: Round(session.Now.StepsPerMinuteTenths),
                cadenceMeanStepsPerMinute: mean == 0 ? Stride.Missing : Round(mean),
                distanceCentimeters: (int)(session.DistanceMillimeters / MillimetersPerCentimeter),
                lacksStrides: lacksStrides,
                inclineFifthsPercent: Fifths(inclineTenthsPercent));
        }

        private static int Percent(uint part, uint whole)
        {
            return whole == 0 ? Message.Missing : (int)((part * FullPercent + whole / 2) / whole);
        }

        private static int Fifths(int tenths)
        {
            return tenths == Message.Missing ? tenths : (tenths < 0 ? tenths - 1 : tenths + 1) / 2;
        }

        private static int Round(int tenths)
        {
            return (tenths + TenthsPerStep / 2) / TenthsPerStep;
        }
    }
}
