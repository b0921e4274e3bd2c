using System.Collections.Immutable;

namespace Fleet.Rules.Settings;

/// <summary>Which of a coder's free accounts the next run is given.</summary>
public enum AccountChoice
{
    /// <summary>The first one in the order of the file.</summary>
    Order,

    /// <summary>The one of which least is used, as far as its coder tells.</summary>
    Quota,

    /// <summary>The one that was not used for longest.</summary>
    RoundRobin,
}

/// <summary>Where one account of a coder is signed in: names and paths, never a secret.</summary>
/// <param name="Name">Its key in the file.</param>
/// <param name="ConfigDir">The coder's own directory for it; null is one in the home.</param>
/// <param name="KeyFile">A file that holds its key; null is none.</param>
/// <param name="Env">Variables of the daemon that it is given, <c>NAME</c> or <c>NAME=OTHER</c>.</param>
public sealed record AccountSettings(
    string Name,
    string Coder,
    string? ConfigDir = null,
    string? KeyFile = null,
    ImmutableArray<string> Env = default
)
{
    public ImmutableArray<string> Env { get; init; } = Env.IsDefault ? [] : Env;

    /// <summary>By value: an entry that a person changed is another account.</summary>
    public bool Equals(AccountSettings? other) =>
        other is not null
        && (Name, Coder, ConfigDir, KeyFile) == (other.Name, other.Coder, other.ConfigDir, other.KeyFile)
        && Env.SequenceEqual(other.Env, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Name, Coder, ConfigDir, KeyFile, Env.Length);
}

/// <summary>How the accounts of one coder are used together.</summary>
/// <param name="Failover">A task whose account is used up goes on with another one.</param>
public sealed record PoolSettings(string Coder, AccountChoice Choose = AccountChoice.Order, bool Failover = false);
