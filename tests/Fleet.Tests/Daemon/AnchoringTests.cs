using Fleet.Daemon;
using Fleet.Daemon.Effects;
using Fleet.Git;
using Fleet.Log;
using Fleet.Rules;
using Fleet.Tests.Git;
using Fleet.Tests.Processes;
using Known = Fleet.Rules.Repositories.Repository;

namespace Fleet.Tests.Daemon;

public sealed class AnchoringTests : IAsyncDisposable
{
    private static readonly RepositoryName Shop = new("shop");
    private readonly Scratch scratch = new();
    private readonly ManualClock clock = new();
    private readonly CancellationTokenSource stop = new();
    private readonly FleetHome home;
    private readonly HubAccess hubs;
    private readonly Anchoring anchoring;
    private readonly List<string> notes = [];
    private readonly Task running;
    private long seq = 1;

    public AnchoringTests()
    {
        home = new FleetHome(Directory.CreateDirectory(scratch.At("home")).FullName);
        var state = FleetState.Empty with
        {
            Repositories = FleetState.Empty.Repositories.Add(
                Shop,
                new Known(Shop, scratch.Repository().Path, "main", null)
            ),
        };
        hubs = new HubAccess(() => state, new Hubs(home.Hubs), new Epoch(1), "here", HomeId.Of(home));
        anchoring = new Anchoring(home, () => state, () => Head(seq), hubs, notes.Add, clock);
        running = anchoring.Run(stop.Token);
    }

    [Fact]
    public async Task News_of_a_minute_are_anchored_in_the_file_and_in_each_hub()
    {
        await Minute();
        await Anchored(1);

        seq = 7;
        await Minute();
        await Anchored(1, 7);

        Assert.Empty(notes);
    }

    [Fact]
    public async Task A_minute_without_news_writes_nothing()
    {
        await Minute();
        await Anchored(1);

        await Minute();
        await Minute();
        seq = 2;
        await Minute();

        await Anchored(1, 2);
    }

    [Fact]
    public async Task A_thousand_events_do_not_wait_for_the_minute()
    {
        seq = 999;
        anchoring.Count(seq);
        await Eventually.Holds(() => clock.IsWaitedFor);
        seq = 1_000;
        anchoring.Count(seq);

        await Anchored(1_000);
    }

    [Fact]
    public async Task Where_no_anchor_can_be_written_it_is_noted_and_tried_again()
    {
        Directory.CreateDirectory(home.AnchorFile);
        await Minute();
        await Eventually.Holds(() => notes.Count == 1);
        Directory.Delete(home.AnchorFile);

        await Minute();

        await Anchored(1);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ContinueWith(_ => { }, TaskScheduler.Default);
        anchoring.Dispose();
        hubs.Dispose();
        stop.Dispose();
        scratch.Dispose();
    }

    private async Task Minute()
    {
        await Eventually.Holds(() => clock.IsWaitedFor);
        clock.Advance(TimeSpan.FromSeconds(60));
    }

    private async Task Anchored(params long[] wanted)
    {
        var hub = new Hub(Shop, home.Hub(Shop));
        await Eventually.Holds(() => Directory.Exists(hub.Path) && Numbers(hub).SequenceEqual(wanted));
        Assert.Equal(wanted, new AnchorFile(home.AnchorFile).Read().Anchors.Select(anchor => anchor.Seq));
    }

    private static IEnumerable<long> Numbers(Hub hub) =>
        AnchorRef.History(hub, most: 9).Result.Select(anchor => anchor.Sequence).Reverse();

    private static Position Head(long seq) => new(seq, Chain.BodyHash($"{seq}"));
}
