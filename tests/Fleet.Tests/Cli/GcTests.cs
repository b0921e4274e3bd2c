using System.Text.Json;
using Fleet.Cli;
using Fleet.Git;
using Fleet.Rules;
using Fleet.Rules.Views;

namespace Fleet.Tests.Cli;

public sealed class GcTests : IDisposable
{
    private readonly CliUser ada = new();

    public void Dispose() => ada.Dispose();

    [Fact]
    public async Task Refs_that_only_ended_runs_needed_go_and_kept_work_stays()
    {
        var hub = await HubWithWork("9/1");

        Assert.Equal(0, (await ada.Fleet("gc")).Code);

        Assert.Equal(["refs/fleet/kept/9/1"], await RunRefs(hub));
    }

    [Fact]
    public async Task A_plan_changes_nothing_and_names_the_work_that_is_not_on_trunk()
    {
        var hub = await HubWithWork("9/1");
        var before = await RunRefs(hub);

        var items = (await ada.Fleet("gc", "--plan", "--json")).Json.GetProperty("items").EnumerateArray().ToList();

        Assert.Contains(items, item => Text(item, "path") == "refs/fleet/kept/9/1" && !Goes(item));
        Assert.Contains(items, item => Text(item, "kind") == "refs" && Goes(item));
        Assert.Equal(before, await RunRefs(hub));
    }

    [Fact]
    public async Task What_would_go_is_shown_first()
    {
        await HubWithWork("9/1");

        var items = (await ada.Fleet("gc", "--plan", "--json")).Json.GetProperty("items").EnumerateArray();

        Assert.Equal(items.OrderByDescending(Goes).Select(Goes), items.Select(Goes));
    }

    [Fact]
    public async Task Pins_of_an_open_task_stay()
    {
        await ada.Add("Open");
        var hub = await HubWithWork("1/1");

        await ada.Fleet("gc");

        Assert.Equal(["refs/fleet/base/1/1", "refs/fleet/head/1/1", "refs/fleet/kept/1/1"], await RunRefs(hub));
    }

    [Fact]
    public async Task A_pin_that_alone_holds_its_commit_stays()
    {
        var hub = await HubWithWork("9/1");
        Git(hub, "update-ref", "-d", "refs/fleet/kept/9/1");

        await ada.Fleet("gc");

        Assert.Equal(["refs/fleet/head/9/1"], await RunRefs(hub));
    }

    [Fact]
    public async Task Json_shows_what_went()
    {
        var hub = await HubWithWork("9/1");

        var said = await ada.Fleet("gc", "--json");

        Assert.Equal("LitterList", said.Json.GetProperty("kind").GetString());
        Assert.True(Goes(Assert.Single(said.Json.GetProperty("items").EnumerateArray())));
        Assert.Equal(["refs/fleet/kept/9/1"], await RunRefs(hub));
    }

    [Theory]
    [InlineData("12.1.e6", true)]
    [InlineData("12.1.e7", true)]
    [InlineData("12.1.e8", false)]
    [InlineData(".12.1.e7.making", true)]
    [InlineData(".12.1.e8.making", false)]
    [InlineData("12.2.e6", true)]
    [InlineData("12.2.e7", false)]
    [InlineData("12.3.e7", false)]
    [InlineData("12.1", false)]
    [InlineData("notes", false)]
    public void A_checkout_that_no_run_has_is_litter(string name, bool goes)
    {
        var folder = $"/w/shop/{name}";
        var task = new TaskId(12);
        var state = FleetState.Empty with { Epoch = new Epoch(7) };
        var status = FleetStatus.Of(state, "1", null, DateTimeOffset.UnixEpoch) with
        {
            Worktrees = ["/w/shop/12.2.e7"],
            LiveRuns = [new RunId(task, 3)],
        };

        Assert.Equal(goes ? [folder] : [], StrayWorktrees.Of([folder], status).Select(litter => litter.Path));
    }

    [Fact]
    public async Task A_stray_checkout_is_removed_and_a_strangers_folder_is_not()
    {
        var worktrees = Path.Combine(ada.Home.Worktrees, "shop");
        Directory.CreateDirectory(Path.Combine(worktrees, "12.1.e0", "src"));
        var notes = Directory.CreateDirectory((await HubWithWork("9/1")).NotesOf("12.1.e0"));
        Directory.CreateDirectory(Path.Combine(worktrees, "mine"));

        await ada.Fleet("gc");

        Assert.Equal([Path.Combine(worktrees, "mine")], Directory.GetDirectories(worktrees));
        Assert.False(Directory.Exists(notes.FullName));
    }

    /// <summary>A hub that holds trunk and one run's work, which is not on trunk.</summary>
    private async Task<Hub> HubWithWork(string run)
    {
        var repository = ((ProbeOutcome.Usable)await RepositoryProbe.Look(ada.Shop.Path)).Repository;
        var hub = ((HubOutcome.Ready)new Hubs(ada.Home.Hubs).Open(new RepositoryName("shop"), "sha1")).Hub;
        var claim = ((EpochOutcome.Taken)await EpochRef.Take(hub, new Epoch(1), "test")).Claim;
        Assert.IsType<SyncOutcome.At>(await TrunkSync.Run(hub, claim, repository));
        var trunk = ada.Shop.Head;
        var work = Git(
            hub,
            "-c",
            "user.name=a",
            "-c",
            "user.email=b",
            "commit-tree",
            "-m",
            "w",
            "-p",
            trunk,
            $"{trunk}^{{tree}}"
        );
        Git(hub, "update-ref", $"refs/fleet/base/{run}", trunk);
        Git(hub, "update-ref", $"refs/fleet/head/{run}", work);
        Git(hub, "update-ref", $"refs/fleet/kept/{run}", work);
        return hub;
    }

    private string Git(Hub hub, params string[] arguments) => ada.Shop.Git(["--git-dir", hub.Path, .. arguments]);

    private static async Task<string[]> RunRefs(Hub hub)
    {
        var refs = await hub.Git.Run("for-each-ref", "--format=%(refname)");
        return [.. refs.Text.Split('\n').Where(name => FleetRefs.TryRun(name, out _))];
    }

    private static bool Goes(JsonElement item) => item.GetProperty("goes").GetBoolean();

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();
}
