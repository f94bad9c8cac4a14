namespace Backstep.Sensor.Storage
{
    /// <summary>
    /// The session log on the volume: files of one flash block, numbered on. Records are added to the newest; when it
    /// is full a new one is begun, and the oldest is deleted when there are too many. See README.md in this folder.
    /// </summary>
    public sealed class WalkLog
    {
        /// <summary>Size of a file: one erase block of the ESP32's flash, which is also littlefs's.</summary>
        public const int SegmentBytes = 4096;

        /// <summary>
        /// Files kept: 192 KB of the volume's 256. The rest is for littlefs (it copies a block to change it), the
        /// configuration, and the network settings that nanoFramework keeps on the same volume.
        /// </summary>
        public const int MostSegments = 48;

        /// <summary>Failures in a row that may pass by themselves. From the next one on, the oldest file is given away
        /// for a new one.</summary>
        private const int ToleratedFailures = 1;

        /// <summary>Failures in a row from which on giving away has not helped: a broken volume would take all, and old
        /// sessions on it may still be readable.</summary>
        private const int MostFailures = 8;

        private const string Prefix = "walk";

        /// <summary>A file of 4 KB in the shortest time that fills one (2 minutes): after so many the flash is worn out
        /// a hundred times over. A higher number is nobody's here.</summary>
        private const int LargestNumber = 999999999;

        private readonly IVolume _volume;
        private bool _isFound;
        private string _name;
        private int _size;
        private int _failures;

        /// <summary>Finds the log on the volume. A torn record at its end is left behind: writing goes on in a new
        /// file.</summary>
        public WalkLog(IVolume volume)
        {
            _volume = volume;
            Find();
        }

        /// <summary>Number of the oldest file.</summary>
        public int First { get; private set; }

        /// <summary>Number of the newest file; it may not have been begun.</summary>
        public int Last { get; private set; }

        /// <summary>Number of the last session in the log when it was found; 0 when there is none.</summary>
        public int LastSession { get; private set; }

        /// <summary>Writes that the volume refused.</summary>
        public uint FailedWrites { get; private set; }

        /// <summary>Whether the last write failed.</summary>
        public bool IsFailing { get; private set; }

        /// <summary>The content of a file, or null when it is not there or cannot be read.</summary>
        public byte[] Read(int segment)
        {
            return _volume.Read(Prefix + segment.ToString());
        }

        /// <summary>Adds records, in one write. False when the volume refused; then they may still have been written,
        /// so who repeats them may double them.</summary>
        public bool Append(byte[] records, int length)
        {
            if (!_isFound)
            {
                // Nothing was found at the start. Perhaps the volume could only not be read then: what it holds must
                // not be overwritten.
                Find();
            }

            if (_size + length > SegmentBytes)
            {
                BeginNext();
            }

            IsFailing = !(Write(records, length) || (MakeWay() && Write(records, length)));
            return !IsFailing;
        }

        /// <summary>Deletes all sessions. False when the volume refused: what is left can no longer be read in this
        /// run.</summary>
        public bool Forget()
        {
            bool isForgotten = true;
            for (int segment = First; segment <= Last; segment++)
            {
                isForgotten = _volume.Delete(Prefix + segment.ToString()) && isForgotten;
            }

            Last++;
            First = Last;
            _size = 0;
            _name = null;
            return isForgotten;
        }

        private static int NumberOf(string name)
        {
            if (!name.StartsWith(Prefix))
            {
                return 0;
            }

            string digits = name.Substring(Prefix.Length);
            return int.TryParse(digits, out int number) && number > 0 && number <= LargestNumber
                && digits == number.ToString() ? number : 0;
        }

        private void Find()
        {
            string[] names = _volume.List();
            int[] numbers = new int[names.Length];
            for (int i = 0; i < names.Length; i++)
            {
                numbers[i] = NumberOf(names[i]);
            }

            Last = Newest(numbers);
            _isFound = Last > 0;
            if (!_isFound)
            {
                First = 1;
                Last = 1;
                return;
            }

            First = Oldest(numbers);
            DropLeftovers(numbers);
            FindEnd();
        }

        // The files of a log are neighbours. One far away is a stray: it is left alone, and does not lead astray. The
        // newest is the one with the most neighbours behind it; of two, the later.
        private int Newest(int[] numbers)
        {
            int newest = 0;
            int most = 0;
            for (int i = 0; i < numbers.Length; i++)
            {
                int behind = 0;
                for (int j = 0; j < numbers.Length; j++)
                {
                    behind += numbers[j] > 0 && numbers[j] <= numbers[i]
                        && numbers[j] > numbers[i] - MostSegments ? 1 : 0;
                }

                if (behind > most || (behind == most && IsLikelier(numbers[i], newest)))
                {
                    newest = numbers[i];
                    most = behind;
                }
            }

            // Alone and without a record: the one file of a log just begun is number 1.
            return most > 1 || newest == 1 || HoldsRecord(newest) ? newest : 0;
        }

        private bool IsLikelier(int one, int other)
        {
            bool areNeighbours = one - other < MostSegments && other - one < MostSegments;
            bool holds = areNeighbours || HoldsRecord(one);
            return holds == (areNeighbours || HoldsRecord(other)) ? one > other : holds;
        }

        private bool HoldsRecord(int segment)
        {
            byte[] content = Read(segment);
            return content != null && SessionFrame.LastWhole(content) != SessionFrame.None;
        }

        private int Oldest(int[] numbers)
        {
            int oldest = Last;
            for (int i = 0; i < numbers.Length; i++)
            {
                if (numbers[i] > Last - MostSegments && numbers[i] > 0 && numbers[i] < oldest)
                {
                    oldest = numbers[i];
                }
            }

            return oldest;
        }

        // More than there may be: deletions that failed.
        private void DropLeftovers(int[] numbers)
        {
            for (int i = 0; i < numbers.Length; i++)
            {
                if (numbers[i] > 0 && numbers[i] <= Last - MostSegments && numbers[i] > Last - 2 * MostSegments)
                {
                    _volume.Delete(Prefix + numbers[i].ToString());
                }
            }
        }

        private void FindEnd()
        {
            int newest = Last;
            byte[] content = Read(newest);
            int last = content == null ? SessionFrame.None : SessionFrame.LastWhole(content);
            if (last != SessionFrame.None && last + SessionFrame.Measure(content, last) == content.Length)
            {
                _size = content.Length;
            }
            else if (last != SessionFrame.None || content == null)
            {
                // Torn at the end, or unreadable now: nothing can be added to it, and nothing of it is thrown away.
                BeginNext();
            }

            for (int segment = newest - 1; last == SessionFrame.None && segment >= First; segment--)
            {
                content = Read(segment);
                last = content == null ? SessionFrame.None : SessionFrame.LastWhole(content);
            }

            LastSession = last == SessionFrame.None ? 0 : SessionFrame.Id(content, last);
        }

        private void BeginNext()
        {
            Last++;
            _size = 0;
            _name = null;

            // Twice, so that it comes right again after a deletion that failed.
            for (int i = 0; i < 2 && Last - First >= MostSegments; i++)
            {
                DropOldest();
            }
        }

        private bool Write(byte[] records, int length)
        {
            if (_name == null)
            {
                _name = Prefix + Last.ToString();
            }

            // The first write of a file replaces what an earlier, failed one may have left of it.
            if (_size == 0 ? _volume.Write(_name, records, length) : _volume.Append(_name, records, length))
            {
                _isFound = true;
                _size += length;
                _failures = 0;
                return true;
            }

            FailedWrites++;
            _failures++;
            if (_size > 0)
            {
                // It may have been written in part: nothing can be added to it.
                BeginNext();
            }

            return false;
        }

        private bool MakeWay()
        {
            return _failures > ToleratedFailures && _failures <= MostFailures && DropOldest();
        }

        private bool DropOldest()
        {
            bool isDropped = First < Last && _volume.Delete(Prefix + First.ToString());
            if (isDropped)
            {
                First++;
            }

            return isDropped;
        }
    }
}
