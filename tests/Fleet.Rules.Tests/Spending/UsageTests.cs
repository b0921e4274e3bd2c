using Fleet.Rules.Spending;

namespace Fleet.Rules.Tests.Spending;

public sealed class UsageTests
{
    [Fact]
    public void Unknown_and_known_add_up_to_what_is_known_and_unknown_stays_unknown()
    {
        var sum = new Usage(Input: 5) + new Usage(Output: 7, Usd: 0.5m) + new Usage(Input: 1);
        Assert.Equal(new Usage(Input: 6, Output: 7, Usd: 0.5m), sum);
        Assert.Equal((13L, null), (sum.Tokens, Usage.Unknown.Tokens));
    }

    [Fact]
    public void A_running_total_gives_what_it_grew_by_and_one_that_shrank_began_anew()
    {
        var before = new Usage(Input: 100, Output: 10, Usd: 1m);
        Assert.Equal(new Usage(20, Output: 5, Usd: 0.25m), new Usage(120, Output: 15, Usd: 1.25m).Since(before));
        Assert.Equal(new Usage(20, Output: 5), new Usage(20, Output: 15).Since(before));
        Assert.Equal(new Usage(Input: 3), new Usage(Input: 3).Since(Usage.Unknown));
    }
}
