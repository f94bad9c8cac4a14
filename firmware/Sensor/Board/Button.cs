using System;
using System.Device.Gpio;
using System.Threading;

namespace Backstep.Sensor.Board
{
    /// <summary>
    /// The push button. Edges arrive on the event thread and are measured there; the program's loop asks for the
    /// result. Two presses between two questions (20 ms) count as one: nobody is that fast.
    /// </summary>
    public sealed class Button
    {
        private const int HoldMilliseconds = 1000;
        private const int PairMilliseconds = 4000;
        private const int DebounceMilliseconds = 30;
        private const long NotPressed = -1;

        private readonly IClock _clock;
        private readonly GpioPin _pin;
        private long _pressedMilliseconds = NotPressed;
        private int _press;

        /// <summary>Opens the pin, with the ESP32's pull-up where the board has none, and listens.</summary>
        public Button(GpioController gpio, Pins pins, IClock clock)
        {
            _clock = clock;
            _pin = gpio.OpenPin(pins.Button, pins.IsButtonPulledUp ? PinMode.Input : PinMode.InputPullUp);
            _pin.DebounceTimeout = new TimeSpan(DebounceMilliseconds * TimeSpan.TicksPerMillisecond);
            _pin.ValueChanged += OnEdge;
        }

        /// <summary>Whether a finger is on it now.</summary>
        public bool IsDown
        {
            get { return _pin.Read() == PinValue.Low; }
        }

        /// <summary>Whether <see cref="Take"/> has something to tell.</summary>
        public bool IsPressed
        {
            get { return _press != (int)ButtonPress.None; }
        }

        /// <summary>What was pressed since the last call.</summary>
        public ButtonPress Take()
        {
            return (ButtonPress)Interlocked.Exchange(ref _press, (int)ButtonPress.None);
        }

        // On the event thread, which an exception would end for ever: without memory the press is lost instead.
        private void OnEdge(object sender, PinValueChangedEventArgs edge)
        {
            try
            {
                Measure(edge);
            }
            catch (OutOfMemoryException)
            {
                _pressedMilliseconds = NotPressed;
            }
        }

        private void Measure(PinValueChangedEventArgs edge)
        {
            long now = _clock.NowMilliseconds;
            if (edge.ChangeType == PinEventTypes.Falling)
            {
                _pressedMilliseconds = now;
            }
            else if (_pressedMilliseconds != NotPressed)
            {
                long held = now - _pressedMilliseconds;
                _pressedMilliseconds = NotPressed;
                Interlocked.Exchange(ref _press,
                    (int)(held >= PairMilliseconds ? ButtonPress.Pair : held >= HoldMilliseconds ? ButtonPress.Hold
                        : ButtonPress.Tap));
            }
        }
    }
}
