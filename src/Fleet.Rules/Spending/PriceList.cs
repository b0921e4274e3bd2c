using System.Collections.Immutable;
using Fleet.Rules.Settings;

namespace Fleet.Rules.Spending;

/// <summary>Money by list price, for tokens of which the coder told no cost.</summary>
public static class PriceList
{
    private const decimal Million = 1_000_000;

    /// <summary>Null where the cost was told, the tokens are unknown, or the table has no such model.</summary>
    public static decimal? Of(ImmutableArray<Price> prices, string? model, Usage spent, DateOnly day) =>
        spent is { Usd: null, Tokens: not null } && Find(prices, model, day) is { } price
            ? (
                (price.Input * (spent.Input ?? 0))
                + (price.Output * (spent.Output ?? 0))
                + ((price.Cached ?? price.Input) * (spent.CacheRead ?? 0))
                + ((price.CacheWrite ?? price.Input) * (spent.CacheWrite ?? 0))
            ) / Million
            : null;

    /// <summary>Before its first day a model has the price of that day.</summary>
    private static Price? Find(ImmutableArray<Price> prices, string? model, DateOnly day)
    {
        var ofModel = prices
            .Where(price => string.Equals(price.Model, model, StringComparison.OrdinalIgnoreCase))
            .OrderBy(price => price.AsOf)
            .ToList();
        return ofModel.FindLast(price => price.AsOf <= day) ?? ofModel.FirstOrDefault();
    }
}
