namespace Fleet.Rules.Settings;

/// <summary>What a vendor's list asks for a million tokens of one model, from one day on, in US dollars.</summary>
/// <param name="Model">As the coder names it.</param>
/// <param name="AsOf">The day of the list; of several for one model the newest that the day has reached counts.</param>
/// <param name="Cached">For tokens that came from the vendor's cache; null asks what input asks.</param>
/// <param name="CacheWrite">For tokens that went into it; null asks what input asks.</param>
public sealed record Price(
    string Model,
    DateOnly AsOf,
    decimal Input,
    decimal Output,
    decimal? Cached = null,
    decimal? CacheWrite = null
);
