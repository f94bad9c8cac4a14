using System.Diagnostics;
using Backstep.Gait;
using Backstep.Sensor.Board;

namespace Backstep.Sensor.Imu
{
    /// <summary>
    /// Keeps the samples coming. The chip's clock paces them into its FIFO (0.85 s deep); this empties it and passes
    /// them on, and whatever goes wrong on the way is counted, told to the engine as a gap, and mended without a
    /// restart: the wire, the power, the plug.
    /// </summary>
    public sealed class MotionSampler
    {
        /// <summary>Of the settings. A chip that has lost its power is found out sooner: its FIFO stays
        /// empty.</summary>
        private const int CheckEveryMilliseconds = 5000;

        /// <summary>Checks from one look at the temperature to the next: a minute, in which a chip that is taken from
        /// the cold warms up by some degrees.</summary>
        private const int TemperatureChecks = 12;

        private const int ProbeEveryMilliseconds = 1000;

        /// <summary>
        /// Five samples: a FIFO that has none after so long is empty, and a sign of trouble. Right after it was
        /// started, a turn may come when it has one, which stays in it.
        /// </summary>
        private const int EmptyMilliseconds = 5 * MotionScale.SampleMilliseconds;

        /// <summary>So many unanswered questions in a row (0.5 s) are an unplugged chip. Fewer cost nothing: the
        /// samples wait in the FIFO.</summary>
        private const int MostMisses = 5;

        private readonly IClock _clock;
        private readonly MotionChip _chip;
        private readonly MotionFeed _feed;
        private readonly RawMotionBuffer _raw;
        private readonly ChipTrust _trust = new ChipTrust();

        private long _accountedMilliseconds;
        private long _nextProbeMilliseconds;
        private long _nextCheckMilliseconds;
        private long _nextRevivalMilliseconds;
        private int _samplesSinceCheck;
        private int _checksToTemperature;
        private int _misses;
        private bool _isUp;
        private bool _isEmpty;
        private bool _isFeeding;
        private bool _isReported;
        private byte _reportedIdentity;
        private ChipState _reportedState;

        /// <summary>Samples go to the feed, and as raw bytes to the buffer. The sample clock starts here.</summary>
        public MotionSampler(IClock clock, MotionChip chip, MotionFeed feed, RawMotionBuffer raw)
        {
            _clock = clock;
            _chip = chip;
            _feed = feed;
            _raw = raw;
            _accountedMilliseconds = clock.NowMilliseconds;
        }

        /// <summary>
        /// Whether the chip answers, is set up and is believed. False: the sample clock goes on, by estimate, but
        /// nothing is measured.
        /// </summary>
        public bool IsStreaming
        {
            get { return _isUp && _trust.State == ChipState.Sound; }
        }

        /// <summary>Whether all is well with the chip: it streams, and has answered the last question with
        /// samples.</summary>
        public bool IsAtEase
        {
            get { return IsStreaming && _misses == 0 && !_isEmpty; }
        }

        /// <summary>Times the chip was brought up.</summary>
        public uint BringUps { get; private set; }

        /// <summary>Times the FIFO ran over before it was emptied.</summary>
        public uint Overflows { get; private set; }

        /// <summary>Times bytes were found missing in the FIFO.</summary>
        public uint Misalignments { get; private set; }

        /// <summary>Times the chip was found to stand still, or to feel no weight.</summary>
        public uint Doubts { get; private set; }

        /// <summary>Questions that the chip did not acknowledge.</summary>
        public uint Misses { get; private set; }

        /// <summary>Transfers that broke off half-way.</summary>
        public uint BrokenTransfers { get; private set; }

        /// <summary>Times the chip was found to have forgotten its settings, or to have stopped.</summary>
        public uint BrownOuts { get; private set; }

        /// <summary>Samples that no one will ever see, estimated from the clock. Includes the time before the chip was
        /// first found.</summary>
        public uint LostSamples { get; private set; }

        /// <summary>Fetches and passes on all whole samples that wait in the FIFO.</summary>
        public void Drain()
        {
            long now = _clock.NowMilliseconds;
            if (!_isUp)
            {
                Probe(now);
                return;
            }

            if (_isFeeding)
            {
                // The last pass ended in the middle of feeding: nobody knows how far it came.
                _isFeeding = false;
                Restart();
                return;
            }

            if ((_isEmpty || now >= _nextCheckMilliseconds) && !Check())
            {
                return;
            }

            Fetch(now);
        }

        private void Fetch(long now)
        {
            int fetched = MotionChip.SamplesPerBurst;
            _isEmpty = now - _accountedMilliseconds >= EmptyMilliseconds;
            while (fetched == MotionChip.SamplesPerBurst)
            {
                fetched = _chip.Fetch();
                if (fetched < 0)
                {
                    _isEmpty = false;
                    Miss(fetched);
                    return;
                }

                _misses = 0;
                if (fetched > 0)
                {
                    _isEmpty = false;
                    _samplesSinceCheck += fetched;
                    int verdict = _trust.Judge(_chip.Samples, fetched);
                    if (verdict != ChipTrust.Believed)
                    {
                        OnSuspect(verdict);
                        return;
                    }

                    _raw.Add(_chip.Samples, fetched, _feed.SampleCount);
                    _isFeeding = true;
                    _feed.Feed(_chip.Samples, fetched);
                    _isFeeding = false;
                    if (_feed.Guide.IsRunning)
                    {
                        _feed.Guide.Take(_chip.Samples, fetched);
                    }

                    _accountedMilliseconds = now - _chip.Waiting * MotionScale.SampleMilliseconds;
                }
            }
        }

        private void OnSuspect(int verdict)
        {
            bool isOldTrouble = _chip.State != ChipState.Sound;
            _chip.State = _trust.State;
            if (verdict == ChipTrust.Regained)
            {
                Restart();
            }
            else if (verdict == ChipTrust.Lost && (!isOldTrouble || _clock.NowMilliseconds >= _nextRevivalMilliseconds))
            {
                // Brought up anew at once, and then now and then: that takes 0.2 s, in which nothing else is done.
                Doubts++;
                _nextRevivalMilliseconds = _clock.NowMilliseconds + CheckEveryMilliseconds;
                Lose();
            }
            else
            {
                ReportGap();
            }

            ReportChip();
        }

        // Not acknowledged: nothing has left the FIFO, the next pass asks again. Else nobody knows how many bytes have.
        private void Miss(int answer)
        {
            if (answer != MotionChip.NoAnswer)
            {
                Overflows += answer == MotionChip.Overrun ? 1u : 0u;
                Misalignments += answer == MotionChip.Misaligned ? 1u : 0u;
                BrokenTransfers += answer == MotionChip.Broken ? 1u : 0u;
                Restart();
                return;
            }

            Misses++;
            _misses++;
            if (_misses >= MostMisses)
            {
                Lose();
            }
        }

        // True: go on and fetch. The FIFO of a chip that has been reset stays empty, so that is a sign as well as its
        // settings are.
        private bool Check()
        {
            int settings = _chip.CheckSettings();
            if (settings < 0)
            {
                Miss(settings);
                return false;
            }

            if (settings == 1 && _samplesSinceCheck > 0)
            {
                BeginChecks();
                WatchTemperature();
                return true;
            }

            BrownOuts++;
            Lose();
            return false;
        }

        // What is not answered is asked again at the next check: nothing else hangs on it.
        private void WatchTemperature()
        {
            if (_checksToTemperature > 0)
            {
                _checksToTemperature--;
                return;
            }

            int counts = _chip.ReadTemperature();
            if (counts != Stride.Missing)
            {
                _checksToTemperature = TemperatureChecks - 1;
                _feed.TemperatureCounts = counts;
            }
        }

        private void BeginChecks()
        {
            _isEmpty = false;
            _nextCheckMilliseconds = _clock.NowMilliseconds + CheckEveryMilliseconds;
            _samplesSinceCheck = 0;
            _misses = 0;
        }

        private void Restart()
        {
            if (_chip.RestartFifo())
            {
                BeginChecks();
                ReportGap();
            }
            else
            {
                Lose();
            }
        }

        private void Lose()
        {
            _isUp = false;
            _nextProbeMilliseconds = 0;
            ReportGap();
        }

        private void Probe(long now)
        {
            if (now < _nextProbeMilliseconds)
            {
                return;
            }

            if (_chip.BringUp())
            {
                _isUp = true;
                _chip.State = _trust.State;
                BringUps++;
                _checksToTemperature = 0;
                BeginChecks();
            }
            else
            {
                _nextProbeMilliseconds = now + ProbeEveryMilliseconds;
            }

            ReportGap();
            ReportChip();
        }

        // Also while the chip is away, so that the sample clock, and with it a session's elapsed time, goes on.
        // Rounded, not cut: the last sample before and the first one after lie half a sample from the two times in the
        // mean, so that many gaps do not add up to a drift.
        private void ReportGap()
        {
            long lost =
                (_clock.NowMilliseconds - _accountedMilliseconds
                    + MotionScale.SampleMilliseconds / 2) / MotionScale.SampleMilliseconds;
            _accountedMilliseconds += lost * MotionScale.SampleMilliseconds;
            LostSamples += (uint)lost;
            _feed.Gap((uint)lost);
        }

        private void ReportChip()
        {
            if (!_isReported || _chip.Identity != _reportedIdentity || _chip.State != _reportedState)
            {
                _isReported = true;
                _reportedIdentity = _chip.Identity;
                _reportedState = _chip.State;
                Debug.WriteLine(_chip.Description);
            }
        }
    }
}
