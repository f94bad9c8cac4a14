using System.Globalization;
using Backstep.Gym.Gateway;
using Backstep.Link;
using Backstep.Walks.Sessions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Gym.Tests.Gateway;

/// <summary>Whatever happens to clip, link, gateway and server, at whatever moment: the server holds each stride once,
/// in the session that counted it, and each session whole.</summary>
public sealed class ClipToServerTests
{
    // Of each kind; these begin where faults were found. BACKSTEP_GYM_CASES asks for more, as .ci/run does.
    private static readonly int Cases = int.TryParse(Environment.GetEnvironmentVariable("BACKSTEP_GYM_CASES"),
        NumberStyles.None, CultureInfo.InvariantCulture, out int cases) ? cases : 8;

    [Theory]
    [InlineData(35, true)]
    [InlineData(121, true)]
    [InlineData(226, false)]
    public async Task Nothing_is_lost_and_nothing_doubled(int firstSeed, bool canKeep)
    {
        for (int seed = firstSeed; seed < firstSeed + Cases; seed++)
        {
            using var one = new GatewayCase(seed, canKeep);
            await one.RunAsync();
        }
    }

    /// <summary>One case: a clip, a gateway that is killed now and then, a server.</summary>
    private sealed class GatewayCase : IDisposable
    {
        private const string Clip = "model";

        // Two starts of a clip that cannot count them are told apart by its clock, no closer than this.
        private static readonly TimeSpan Apart = TimeSpan.FromSeconds(15);

        private readonly int _seed;
        private readonly bool _canKeep;
        private readonly Random _random;
        private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
        private readonly ModelClip _clip;
        private readonly ModelServer _server;
        private readonly string _folder = Directory.CreateTempSubdirectory("outbox").FullName;
        private int _lives;
        private Outbox _outbox = null!;
        private OutboxWriter _writer = null!;
        private OutboxSender _sender = null!;
        private ClipIntake _intake = null!;
        private SensorClient? _client;
        private TimeSpan? _asksAt;
        private TimeSpan _passed;

        public GatewayCase(int seed, bool canKeep)
        {
            (_seed, _canKeep, _random) = (seed, canKeep, new Random(seed));
            _clip = new ModelClip(_random, canKeep);
            _server = new ModelServer(_random, isFaulty: seed % 3 != 0);
            Start();
        }

        public async Task RunAsync()
        {
            int away = 0;
            for (int step = 0; step < 300; step++)
            {
                Pass(_random.Next(20, 900));
                away--;
                _clip.InRange = away <= 0;
                switch (_random.Next(80))
                {
                    case 0:
                        _clip.Cut();
                        break;
                    case 1:
                        away = _random.Next(5, 120);
                        _clip.InRange = false;
                        _clip.Cut();
                        break;
                    case 2 when _canKeep || _clip.Uptime > Apart:
                        _clip.Reboot();
                        break;
                    case 3 or 4:
                        await KillAsync();
                        break;
                    case 5 or 6:
                        _clip.Press();
                        break;
                    case 7 or 8:
                        _clip.IsWalking = !_clip.IsWalking;
                        break;
                    case < 30:
                        _clip.IsWalking = true;
                        break;
                    default:
                        break;
                }

                await TurnAsync(calm: false);
            }

            _clip.InRange = true;
            _clip.IsWalking = false;
            for (int i = 0; i < 500; i++) // every session pauses and ends, and comes out of the flash
            {
                Pass(i < 100 ? 300 : 700);
                await TurnAsync(calm: true);
            }

            Check();
        }

        public void Dispose()
        {
            _client?.Dispose();
            _outbox.Dispose();
            Directory.Delete(_folder, true);
        }

        private void Pass(int milliseconds)
        {
            var time = TimeSpan.FromMilliseconds(milliseconds);
            _passed += time;
            _time.Advance(time);
            _clip.Pass(time);
        }

        private async Task TurnAsync(bool calm)
        {
            if (_client == null)
            {
                await ConnectAsync();
            }
            else
            {
                await _clip.ReceiveAsync(TimeSpan.Zero, TestContext.Current.CancellationToken);
                await _client.WorkAsync(TestContext.Current.CancellationToken);
            }

            Assert.True(_writer.TryPost(_intake.Take()));
            if (_intake.WantsSessions)
            {
                (_intake.WantsSessions, _asksAt) = (false, _passed + TimeSpan.FromSeconds(7));
            }

            if (_client != null && _passed >= _asksAt)
            {
                _asksAt = null;
                _client.AskForSessions();
            }

            if (calm || _random.Next(3) == 0)
            {
                Assert.True(_writer.Write());
            }

            if (calm || _random.Next(2) == 0)
            {
                var sent = _sender.TakeDue();
                if (calm || _random.Next(8) > 0)
                {
                    _sender.OnStored(_server.Take(_outbox.Identity, sent));
                }
            }
        }

        private async Task ConnectAsync()
        {
            var client = new SensorClient(_clip, _time, _intake.Wanted());
            client.Received += _intake.Apply;
            try
            {
                await client.ConnectAsync(TestContext.Current.CancellationToken);
                _client = client;
            }
            catch (SensorLinkException)
            {
                client.Dispose(); // another time
            }
        }

        /// <summary>As kill -9: what is on disk is all that stays, read where it lies while nobody closed it.</summary>
        private async Task KillAsync()
        {
            if (_client != null)
            {
                await _client.DisconnectAsync();
                _client.Dispose();
                _client = null;
            }

            var killed = _outbox;
            string from = Life(_lives++);
            Directory.CreateDirectory(Life(_lives));
            foreach (string file in Directory.EnumerateFiles(from))
            {
                using var old = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                using var copy = File.Create(Path.Combine(Life(_lives), Path.GetFileName(file)));
                old.CopyTo(copy);
            }

            Start();
            killed.Dispose();
        }

        private string Life(int number) => Path.Combine(_folder, $"life{number}");

        private void Start()
        {
            _outbox = new Outbox(Life(_lives), "gateway", _time);
            using (var quick = _outbox.Connection.CreateCommand())
            {
                quick.CommandText = "PRAGMA synchronous = OFF"; // no power cut here: only processes end
                quick.ExecuteNonQuery();
            }

            _writer = new OutboxWriter(_outbox, _time, NullLogger.Instance);
            _sender = new OutboxSender(_writer, "gym", (_, _, _) => Task.CompletedTask, _time, NullLogger.Instance);
            _intake = new ClipIntake(Clip, true, _outbox.HadOf(Clip), _outbox.HandedOf(Clip), _outbox.NextRun, _time);
            _asksAt = null;
        }

        private void Check()
        {
            string flash = ClipName.OfFlash(_clip.Flash);
            Assert.True(_writer.Waiting == 0, $"seed {_seed}: {_writer.Waiting} batches wait");
            if (!_canKeep)
            {
                CheckUncounted();
                return;
            }

            var truth = _clip.Sessions.SelectMany(session => session.Strides.Select(stride =>
                (Key: (flash, session.Run, stride.Sequence), session.Id))).ToDictionary(one => one.Key, one => one.Id);
            foreach (var (key, (line, session)) in _server.Strides)
            {
                Assert.True(session == null || (truth.TryGetValue(key, out int id) && id == session),
                    $"seed {_seed}: stride {key} is said to be of session {session}");
                Assert.Equal(_clip.All.Single(one => one.Run == key.Run && one.Stride.Sequence == key.Number)
                    .Stride.ContactMilliseconds, line.ContactMilliseconds);
            }

            // All of the run that goes on, and all that any session counted, each in it.
            Assert.All(_clip.Strides, stride => Assert.True(
                _server.Strides.ContainsKey((flash, _clip.Run, stride.Sequence)), $"seed {_seed}: {stride.Sequence}"));
            Assert.All(truth, one => Assert.True(
                _server.Strides.TryGetValue(one.Key, out var kept) && kept.Session == one.Value,
                $"seed {_seed}: stride {one.Key} of session {one.Value}"));
            foreach (var session in _clip.Sessions)
            {
                Assert.True(_server.Sessions.TryGetValue((flash, session.Run, session.Id), out var told),
                    $"seed {_seed}: session {session.Id}");
                Assert.Equal(session.Totals!.BackwardStrides, told.BackwardStrides);
                Assert.Equal(session.Totals.UnknownStrides, told.UnknownStrides);
                Assert.Equal(session.Strides.Count == 0 ? null : session.Strides[0].Sequence, told.FirstNumber);
                Assert.Equal(session.Strides.Count == 0 ? null : session.Strides[^1].Sequence, told.LastNumber);
            }
        }

        // What a restart loses, nobody has. The rest: each once, under a run of the gateway's.
        private void CheckUncounted()
        {
            var runs = _server.Strides.GroupBy(one => one.Key.Run).ToArray();
            Assert.All(runs, run => Assert.InRange(run.Key, Outbox.FirstOwnRun, int.MaxValue));
            var kept = _server.Strides.Values.ToLookup(one => StrideRecord.Name(one.Line.ToStride()));
            Assert.All(_clip.Strides, stride => Assert.True(kept[StrideRecord.Name(stride)].Count() == 1,
                $"seed {_seed}: stride {stride.Sequence}"));
            Assert.Equal(_server.Strides.Count, _server.Strides.Values
                .Select(one => StrideRecord.Name(one.Line.ToStride())).Distinct().Count());
        }
    }
}
