using System.Collections.Immutable;
using Fleet.Rules.Settings;
using Fleet.Rules.Spending;

namespace Fleet.Rules.Tests.Spending;

public sealed class PriceListTests
{
    private static readonly ImmutableArray<Price> Prices =
    [
        new("m-1", new DateOnly(2026, 6, 1), Input: 2, Output: 8, Cached: 0.2m, CacheWrite: 2.5m),
        new("m-1", new DateOnly(2026, 1, 1), Input: 4, Output: 16),
    ];

    private static readonly Usage Million = new(1_000_000, 1_000_000, 1_000_000, 1_000_000);

    [Theory]
    [InlineData("2026-07-01", 12.7)]
    [InlineData("2026-06-01", 12.7)]
    [InlineData("2026-05-31", 28)]
    [InlineData("2025-01-01", 28)]
    public void The_newest_list_that_the_day_has_reached_counts(string day, double usd) =>
        Assert.Equal((decimal)usd, PriceList.Of(Prices, "M-1", Million, DateOnly.Parse(day, null)));

    [Fact]
    public void A_told_cost_is_never_replaced() =>
        Assert.Null(PriceList.Of(Prices, "m-1", Million with { Usd = 0.01m }, new DateOnly(2026, 7, 1)));

    [Fact]
    public void A_model_that_is_in_no_list_and_tokens_that_nobody_told_have_no_price()
    {
        Assert.Null(PriceList.Of(Prices, "m-2", Million, new DateOnly(2026, 7, 1)));
        Assert.Null(PriceList.Of(Prices, null, Million, new DateOnly(2026, 7, 1)));
        Assert.Null(PriceList.Of(Prices, "m-1", Usage.Unknown, new DateOnly(2026, 7, 1)));
    }
}
