using Backstep.Link.BlueZ;

namespace Backstep.Companion.Tests.BlueZ;

/// <summary>What comes over a link reaches whoever drives it, and nothing of a link that is over.</summary>
public sealed class LinkMailboxTests : IDisposable
{
    private readonly LinkMailbox _mailbox = new();
    private readonly List<string> _news = [];

    public void Dispose() => _mailbox.Dispose();

    [Fact]
    public async Task Values_and_the_loss_come_in_order_and_only_when_they_are_fetched()
    {
        _mailbox.Begin("dev");
        _mailbox.Listen("stride", value => _news.Add($"stride {value[0]}"));
        _mailbox.OnValue("stride", [1]);
        _mailbox.OnValue("log", [2]);
        _mailbox.OnValue("stride", [3]);
        _mailbox.End(device => $"{device} went", _news.Add);
        _mailbox.OnValue("stride", [4]);
        _mailbox.End(device => $"{device} went again", _news.Add);
        Assert.Empty(_news);
        Assert.Null(_mailbox.Device);
        await FetchAsync();
        Assert.Equal(["stride 1", "stride 3", "dev went"], _news);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_came_over_the_last_link_is_not_taken_for_this_ones(bool isUpAgain)
    {
        _mailbox.Begin("dev");
        _mailbox.Listen("stride", _ => _news.Add("stride"));
        _mailbox.OnValue("stride", [1]);
        Assert.Equal("dev", _mailbox.Forget());
        Assert.Null(_mailbox.Forget());
        if (isUpAgain)
        {
            _mailbox.Begin("dev");
            _mailbox.OnValue("stride", [2]); // nobody listens yet
        }

        await FetchAsync();
        Assert.Empty(_news);
    }

    [Fact]
    public async Task Whoever_does_not_listen_any_more_gets_nothing()
    {
        _mailbox.OnValue("stride", [0]);
        _mailbox.Begin("dev");
        _mailbox.Listen("stride", _ => _news.Add("stride"));
        _mailbox.Ignore("stride");
        _mailbox.OnValue("stride", [1]);
        await FetchAsync();
        Assert.Empty(_news);
    }

    [Fact]
    public async Task Who_does_not_fetch_loses_what_comes_and_gets_it_again_later()
    {
        _mailbox.Begin("dev");
        _mailbox.Listen("stride", _ => _news.Add("stride"));
        for (int i = 0; i < 5000; i++)
        {
            _mailbox.OnValue("stride", [1]);
        }

        await FetchAsync();
        Assert.Equal(4096, _news.Count);
        _mailbox.OnValue("stride", [1]);
        await FetchAsync();
        Assert.Equal(4097, _news.Count);
    }

    private Task FetchAsync() => _mailbox.ReceiveAsync(TimeSpan.Zero, TestContext.Current.CancellationToken);
}
