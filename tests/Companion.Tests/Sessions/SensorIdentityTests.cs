using Backstep.Companion.Tests.Bluetooth;
using Backstep.Gait;
using Backstep.Link;
using Backstep.Protocol;
using Backstep.Protocol.Tests.Support;
using Backstep.Store;
using Backstep.Walks.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Companion.Tests.Sessions;

/// <summary>Two sensors, walked alone and live, flashed anew in between: sessions are never mixed, and none is
/// missing.</summary>
public sealed class SensorIdentityTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // firmware that tells no identity
    public async Task Two_sensors_that_are_flashed_anew_in_between_are_never_mixed(bool tellIdentity)
    {
        long walks = Math.Min(200, Sampling.PropertyCases * 3 / 100); // 60 of 2,000; the long check takes 200
        for (int seed = 1; seed <= walks; seed++)
        {
            await new Diary(seed, tellIdentity).LiveAsync();
        }
    }

    [Fact]
    public async Task After_Forget_a_walk_alone_is_a_session_of_its_own()
    {
        // The issue's: a live walk of 43 strides, Forget, battery out and in, a walk alone, live ten days later.
        foreach (int alone in new[] { 28, 85 })
        {
            var diary = new Diary(alone, tellIdentity: true);
            await diary.WalkLiveAsync(0, 43);
            diary.Shoes[0].Wipe();
            diary.Shoes[0].Reboot();
            diary.WalkAlone(0, alone);
            diary.Time.Advance(TimeSpan.FromDays(10));
            await diary.WalkLiveAsync(0, 0);
            Assert.Equal([43, alone],
                diary.Store.Summaries().OrderBy(one => one.Header.Id).Select(one => one.Totals.BackwardStrides));
        }
    }

    [Fact]
    public async Task A_sensor_that_cannot_write_its_flash_and_restarts_in_a_walk_keeps_both_starts()
    {
        // The issue's: both starts are run 0, 130 strides shown, 85 stored.
        var diary = new Diary(1, tellIdentity: true);
        diary.Shoes[0].FlashWorks = false;
        diary.Shoes[0].Reboot();
        await diary.FollowAsync(0, async turn =>
        {
            await diary.WalkAsync(0, 45, turn);
            await turn(); // the last one comes
            diary.Shoes[0].InRange = false;
            diary.Shoes[0].Reboot();
            await diary.WalkAsync(0, 50, turn);
            diary.Shoes[0].InRange = true;
            await diary.WalkAsync(0, 35, turn);
        });
        Assert.Equal(130, diary.Store.Summaries().Sum(one => one.Totals.BackwardStrides));
    }

    private sealed class Diary(int seed, bool tellIdentity)
    {
        private static readonly string[] Addresses = ["AA:BB:CC:00:00:01", "AA:BB:CC:00:00:02"];

        private readonly Random _random = new(seed);

        public FakeTimeProvider Time { get; } = new(Kept.Morning);

        public ShoeModel[] Shoes => field ??=
        [
            new ShoeModel(_random, Time) { IsNew = tellIdentity },
            new ShoeModel(_random, Time) { IsNew = tellIdentity },
        ];

        public SessionStore Store => field ??= SessionStore.InMemory(Time);

        public async Task LiveAsync()
        {
            for (int day = 0; day < 8; day++)
            {
                int shoe = _random.Next(2);
                switch (_random.Next(5))
                {
                    case 0:
                        Shoes[shoe].Wipe();
                        break;
                    case 1:
                        Shoes[shoe].Reboot();
                        break;
                    case 2:
                        WalkAlone(shoe, _random.Next(5, 30));
                        break;
                    default:
                        await WalkLiveAsync(shoe, _random.Next(5, 30));
                        break;
                }

                Time.Advance(TimeSpan.FromMinutes(_random.Next(20, 3000)));
            }

            await WalkLiveAsync(0, 0);
            await WalkLiveAsync(1, 0);
            Check();
            Store.Dispose();
        }

        public void WalkAlone(int shoe, int strides)
        {
            for (int i = 0; i < strides; i++)
            {
                Time.Advance(TimeSpan.FromMilliseconds(1400));
                Shoes[shoe].Walk();
            }

            Time.Advance(TimeSpan.FromMinutes(2));
            Shoes[shoe].End();
        }

        public Task WalkLiveAsync(int shoe, int strides) =>
            FollowAsync(shoe, turn => WalkAsync(shoe, strides, turn));

        public async Task WalkAsync(int shoe, int strides, Func<Task> turn)
        {
            for (int i = 0; i < strides; i++)
            {
                for (int slice = 0; slice < 7; slice++)
                {
                    Time.Advance(TimeSpan.FromMilliseconds(200));
                    await turn();
                }

                Shoes[shoe].Walk();
            }
        }

        public async Task FollowAsync(int shoe, Func<Func<Task>, Task> walk)
        {
            var header = Kept.Header(Store.LastWalker().Id) with
            {
                Sensors = [new SessionSensor("shoe", Addresses[shoe], Placement.Unknown)],
            };
            var recorder = new SessionRecorder(Store, header, Time, Time);
            using var client = new SensorClient(Shoes[shoe], Time, recorder.Wanted(Addresses[shoe]));
            client.Received += received => recorder.Apply(0, received);
            await client.ConnectAsync(Token);
            await PassAsync(5);
            await walk(TurnAsync);
            await PassAsync(130);
            Shoes[shoe].End();
            await PassAsync(30);
            Assert.True(client.IsComplete);
            recorder.Close();
            await client.DisconnectAsync();

            async Task PassAsync(double seconds)
            {
                for (double passed = 0; passed < seconds; passed += 0.2)
                {
                    Time.Advance(TimeSpan.FromMilliseconds(200));
                    await TurnAsync();
                }
            }

            async Task TurnAsync()
            {
                await Shoes[shoe].ReceiveAsync(TimeSpan.Zero, Token);
                await client.WorkAsync(Token);
                recorder.Work();
            }
        }

        private void Check()
        {
            var kept = Store.Summaries().Select(one => Store.Find(one.Header.Id)!)
                .Select(
                    one => (one.Summary.Header.Sensors[0].Address, Strides: Ordered(one.Strides.Select(s => s.Stride))))
                .ToList();
            for (int shoe = 0; shoe < 2; shoe++)
            {
                string[] erased = [.. Shoes[shoe].Erased.Select(Name)];
                foreach (var walk in Shoes[shoe].Walked.Select(Ordered))
                {
                    int same = kept.RemoveAll(one => one.Address == Addresses[shoe] && one.Strides.SequenceEqual(walk));
                    Assert.True(same == 1 || (same == 0 && walk.All(erased.Contains)),
                        $"seed {seed}, shoe {shoe}: a walk of {walk.Length} strides is kept {same} times");
                }
            }

            Assert.True(kept.Count == 0, $"seed {seed}: {kept.Count} sessions that nobody walked");
        }

        private static string[] Ordered(IEnumerable<Stride> strides) => [.. strides.Select(Name).Order()];

        private static string Name(Stride stride)
        {
            byte[] record = new byte[StrideCodec.Length];
            StrideCodec.Encode(stride, record, 0);
            return Convert.ToHexString(record);
        }
    }
}
