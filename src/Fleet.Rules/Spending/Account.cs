using System.Collections.Immutable;

namespace Fleet.Rules.Spending;

/// <summary>One who pays for a coder: the facts so far.</summary>
public sealed record Account(AccountId Id)
{
    /// <summary>The name of the only account of a coder for which settings name none.</summary>
    public const string Default = "default";
    public const int MostWindows = 16;

    /// <summary>The position of the event that started its newest run; 0 before any.</summary>
    public long LastStarted { get; init; }

    /// <summary>What its coder told of how full it is; empty where it tells nothing.</summary>
    public ImmutableArray<AccountWindow> Windows { get; init; } = [];

    /// <summary>No run starts on it until then.</summary>
    public AccountHold? Hold { get; init; }

    /// <summary>Holds since its last turn that ended well; each next one is longer, so that nothing spins.</summary>
    public int HoldsInARow { get; init; }

    /// <summary>Why it waits for a person: it is not signed in, its key is refused, or it has no money.</summary>
    public string? Refused { get; init; }

    public bool IsFree => Hold is null && Refused is null;

    /// <summary>The share of its fullest window that is used, from 0 to 1; a window that has reset is empty.</summary>
    public double Used(DateTimeOffset now) =>
        Windows
            .Where(window => window.ResetsAt is not { } reset || reset > now)
            .Select(window => window.IsReached ? 1 : window.Used ?? 0)
            .DefaultIfEmpty(0)
            .Max();
}

/// <summary>One of an account's limits, as its coder told of it.</summary>
/// <param name="Name">The vendor's name for it.</param>
/// <param name="Used">From 0 to 1; null is unknown.</param>
/// <param name="IsReached">Nothing more is served until it resets.</param>
public sealed record AccountWindow(string Name, double? Used, DateTimeOffset? ResetsAt, bool IsReached);

/// <summary>Why an account rests, and until when.</summary>
public sealed record AccountHold(DateTimeOffset Until, string Why);
