using System.Collections.Immutable;

namespace Fleet.Rules.Settings;

/// <summary>What a person set for the whole fleet, in the home; every value has a default.</summary>
/// <remarks>A part that is missing (in JSON of an older log too) becomes its default, never null.</remarks>
public sealed record HomeSettings(
    int MaxConcurrent = HomeSettings.DefaultMaxConcurrent,
    int MaxGates = HomeSettings.DefaultMaxGates,
    RunLimits? Limits = null,
    RetrySettings? Retries = null,
    TimeSpan GateTimeout = default,
    LandingSettings? Landing = null,
    ImmutableArray<AgentSettings> Agents = default,
    ImmutableArray<CoderSettings> Coders = default,
    Budget? DayBudget = null,
    DaemonSettings? Daemon = null,
    Budget? RunBudget = null,
    Budget? TaskBudget = null,
    ImmutableArray<Price> Prices = default,
    ImmutableArray<AccountSettings> Accounts = default,
    ImmutableArray<PoolSettings> Pools = default
)
{
    public const int DefaultMaxConcurrent = 3;
    public const int DefaultMaxGates = 2;
    public static readonly TimeSpan DefaultGateTimeout = TimeSpan.FromMinutes(10);

    public RunLimits Limits { get; init; } = Limits ?? new RunLimits();
    public RetrySettings Retries { get; init; } = Retries ?? new RetrySettings();
    public TimeSpan GateTimeout { get; init; } = GateTimeout > TimeSpan.Zero ? GateTimeout : DefaultGateTimeout;
    public LandingSettings Landing { get; init; } = Landing ?? new LandingSettings();
    public ImmutableArray<AgentSettings> Agents { get; init; } = Agents.IsDefault ? [] : Agents;
    public ImmutableArray<CoderSettings> Coders { get; init; } = Coders.IsDefault ? [] : Coders;
    public Budget DayBudget { get; init; } = DayBudget ?? Budget.Unlimited;
    public DaemonSettings Daemon { get; init; } = Daemon ?? new DaemonSettings();
    public Budget RunBudget { get; init; } = RunBudget ?? Budget.Unlimited;
    public Budget TaskBudget { get; init; } = TaskBudget ?? Budget.Unlimited;
    public ImmutableArray<Price> Prices { get; init; } = Prices.IsDefault ? [] : Prices;
    public ImmutableArray<AccountSettings> Accounts { get; init; } = Accounts.IsDefault ? [] : Accounts;
    public ImmutableArray<PoolSettings> Pools { get; init; } = Pools.IsDefault ? [] : Pools;
}

/// <summary>How the daemon looks after itself.</summary>
public sealed record DaemonSettings(long LogBytes = DaemonSettings.DefaultLogBytes)
{
    public const long DefaultLogBytes = 10L << 20;
}
