using Fleet.Daemon.Effects;
using Fleet.Git.Landing;
using Fleet.Rules;
using Fleet.Tests.Git;

namespace Fleet.Tests.Daemon;

public sealed class CheckoutWatchTests
{
    private static readonly RunId Run = new(new TaskId(1), 1);

    [Fact]
    public async Task What_a_landing_writes_is_blamed_on_no_run_that_looks_meanwhile()
    {
        using var home = await Home.Open();
        using var watch = new CheckoutWatch(TimeProvider.System);
        await watch.Begin(Run, home.Repository);
        Task<System.Collections.Immutable.ImmutableArray<string>>? asked = null;

        await watch.During(
            home.Repository,
            async () =>
            {
                home.Shop.Write("landed", "by fleet\n");
                asked = watch.ChangesDuring(Run, home.Repository);
                await Task.WhenAny(asked, Task.Delay(TimeSpan.FromMilliseconds(200)));
                home.Shop.Commit("Landed");
                return new LandingOutcome.Moved(home.Trunk);
            }
        );

        Assert.Empty(await asked!);
    }

    [Fact]
    public async Task What_was_written_before_a_landing_is_still_blamed()
    {
        using var home = await Home.Open();
        using var watch = new CheckoutWatch(TimeProvider.System);
        await watch.Begin(Run, home.Repository);
        home.Shop.Write("trespass", "by a run\n");

        await watch.During(
            home.Repository,
            () => Task.FromResult<LandingOutcome>(new LandingOutcome.Moved(home.Trunk))
        );

        Assert.Equal(["trespass"], await watch.ChangesDuring(Run, home.Repository));
    }
}
