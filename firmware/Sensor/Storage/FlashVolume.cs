using System;
using System.IO;

namespace Backstep.Sensor.Storage
{
    /// <summary>
    /// The littlefs volume in the ESP32's flash, through System.IO. Its exceptions end here: flash that fails is an
    /// answer, not an accident.
    /// </summary>
    public sealed class FlashVolume : IVolume
    {
        private const string InternalFlash = "I:\\";

        private readonly string _root;

        /// <summary>The flash inside the ESP32.</summary>
        public FlashVolume()
            : this(InternalFlash)
        {
        }

        /// <summary>Another volume or folder, with its separator at the end.</summary>
        public FlashVolume(string root)
        {
            _root = root;
        }

        /// <inheritdoc/>
        public byte[] Read(string name)
        {
            try
            {
                string path = _root + name;
                return File.Exists(path) ? File.ReadAllBytes(path) : null;
            }
            catch (Exception)
            {
                return null;
            }
        }

        /// <inheritdoc/>
        public bool MayHold(string name)
        {
            try
            {
                // File.Exists is false for a volume that is not mounted, too; listing that one throws.
                return File.Exists(_root + name) || Directory.GetFiles(_root) == null;
            }
            catch (Exception)
            {
                return true;
            }
        }

        /// <inheritdoc/>
        public bool Write(string name, byte[] content, int length)
        {
            return Put(name, FileMode.Create, content, length);
        }

        /// <inheritdoc/>
        public bool Append(string name, byte[] content, int length)
        {
            return Put(name, FileMode.Append, content, length);
        }

        /// <inheritdoc/>
        public bool Rename(string oldName, string newName)
        {
            try
            {
                // Move does not replace. Between the two steps only the old name exists: whoever reads knows to look
                // for it.
                string target = _root + newName;
                if (File.Exists(target))
                {
                    File.Delete(target);
                }

                File.Move(_root + oldName, target);
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <inheritdoc/>
        public bool Delete(string name)
        {
            try
            {
                string path = _root + name;
                if (File.Exists(path))
                {
                    File.Delete(path);
                }

                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <inheritdoc/>
        public string[] List()
        {
            try
            {
                string[] paths = Directory.GetFiles(_root);
                string[] names = new string[paths.Length];
                for (int i = 0; i < paths.Length; i++)
                {
                    names[i] = Path.GetFileName(paths[i]);
                }

                return names;
            }
            catch (Exception)
            {
                return new string[0];
            }
        }

        private bool Put(string name, FileMode mode, byte[] content, int length)
        {
            try
            {
                using (FileStream stream = new FileStream(_root + name, mode, FileAccess.Write))
                {
                    stream.Write(content, 0, length);
                    stream.Flush();
                }

                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }
    }
}
