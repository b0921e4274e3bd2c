using Fleet.Git;
using Fleet.Rules;
using Fleet.Rules.Settings;

namespace Fleet.Tests.Git;

/// <summary>Each daemon makes worktrees in places of its own epoch, out of a replaced one's reach.</summary>
public sealed class WorktreePlaceTests
{
    private static readonly Epoch Second = new(2);

    [Theory]
    [InlineData("12.1.e7", "12.1.e7")]
    [InlineData(".12.1.e7.making", "12.1.e7")]
    [InlineData("12.1", null)]
    [InlineData("12.1.e", null)]
    [InlineData("12.1.e-7", null)]
    [InlineData(".12.1.e7", null)]
    [InlineData("notes.e7", null)]
    public void A_place_is_read_from_its_name(string name, string? place)
    {
        Assert.Equal(place is not null, WorktreePlace.TryParse(name, out var read));
        Assert.Equal(place ?? "0.0.e0", $"{read}");
    }

    [Theory]
    [InlineData(WorktreeKind.Clone)]
    [InlineData(WorktreeKind.Linked)]
    public async Task A_successor_makes_its_own_beside_what_is_being_made(WorktreeKind kind)
    {
        using var home = await Home.Open();
        var first = await home.Worktree(kind);
        var zombie = home.Worktrees;
        var second = await Succeed(home, kind);
        second.Write("work", "1\n");
        var commit = second.Commit("Work");

        Assert.IsType<WorktreeOutcome.Ready>(await zombie.Prepare(home.Request(kind: kind)));
        Assert.IsType<RemovalOutcome.StaleEpoch>(await zombie.Remove(first.Path));
        Assert.NotEqual(first.Path, second.Path);
        Assert.Equal(commit, (await Harvested(home, second)).Head.Sha);
    }

    [Theory]
    [InlineData(WorktreeKind.Clone)]
    [InlineData(WorktreeKind.Linked)]
    public async Task What_nobody_told_of_goes_and_what_the_log_names_stays(WorktreeKind kind)
    {
        using var home = await Home.Open();
        var untold = await home.Worktree(kind);
        var half = WorktreePlace.Aside(home.Scratch.At("worktrees", "13.1.e1"));
        Directory.CreateDirectory(half);
        var named = await Succeed(home, kind);
        var own = WorktreePlace.Aside(home.Scratch.At("worktrees", "14.1.e2"));
        Directory.CreateDirectory(own);
        var strangers = Directory.CreateDirectory(home.Scratch.At("worktrees", "15.1.e1")).FullName;

        await home.Worktrees.RemoveUntold(home.Scratch.At("worktrees"), new HashSet<string> { named.Path });

        string[] left = [named.Path, own, strangers];
        Assert.Equal(left.Order(), Directory.GetDirectories(home.Scratch.At("worktrees")).Order());
        Assert.False(Directory.Exists(untold.Path));
        Assert.Empty(named.Git("status", "--porcelain"));
    }

    [Fact]
    public async Task What_a_dead_daemons_git_still_writes_into_is_removed_once_it_is_still()
    {
        using var home = await Home.Open();
        var half = WorktreePlace.Aside(home.Scratch.At("worktrees", "13.1.e1"));
        Directory.CreateDirectory(half);
        await home.Reign(Second);
        using var writes = new CancellationTokenSource();
        var writer = Task.Run(() => KeepFilling(half, writes.Token));

        for (var attempt = 0; attempt < 20; attempt++)
        {
            _ = await home.Worktrees.RemoveUntold(home.Scratch.At("worktrees"), new HashSet<string>());
        }

        await writes.CancelAsync();
        await writer;
        Assert.True(await home.Worktrees.RemoveUntold(home.Scratch.At("worktrees"), new HashSet<string>()));
        Assert.False(Directory.Exists(half));
    }

    private static void KeepFilling(string folder, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            Directory.CreateDirectory(Path.Combine(folder, $"{i % 50}", "inner"));
        }
    }

    [Fact]
    public async Task A_linked_branch_that_a_run_works_on_is_not_put_back_by_a_replaced_daemon()
    {
        using var home = await Home.Open();
        var zombie = home.Worktrees;
        var request = home.Request(kind: WorktreeKind.Linked);
        await zombie.Prepare(request with { Path = home.Scratch.At("worktrees", "12.1.e0") });
        var tree = await Succeed(home, WorktreeKind.Linked);
        tree.Write("work", "1\n");
        var commit = tree.Commit("Work");
        await new LinkedWorktree(home.Hub).Make(
            request,
            WorktreePlace.Aside(request.Path),
            home.Hub.NotesOf(request.Path)
        );
        Assert.Equal(commit, tree.Head);
    }

    private static async Task<ScratchRepository> Succeed(Home home, WorktreeKind kind)
    {
        await home.Reign(Second);
        var request = home.Request($"{new WorktreePlace(Home.Run, Second)}", kind);
        return new ScratchRepository(Ready(await home.Worktrees.Prepare(request)).Path);
    }

    private static Worktree Ready(WorktreeOutcome outcome) => Assert.IsType<WorktreeOutcome.Ready>(outcome).Worktree;

    private static Task<HarvestedWork> Harvested(Home home, ScratchRepository tree) => home.Saved(tree.Path);
}
