namespace Fleet.Rules.Settings;

/// <summary>What ends a run that does not end by itself; zero means the default.</summary>
/// <param name="Time">From start to end.</param>
/// <param name="Idle">Without any sign of progress.</param>
/// <param name="Grace">Between asking a run to end and killing its tree.</param>
/// <param name="OutputBytes">Bytes of transcript.</param>
public sealed record RunLimits(
    TimeSpan Time = default,
    TimeSpan Idle = default,
    TimeSpan Grace = default,
    long OutputBytes = RunLimits.DefaultOutputBytes
)
{
    public const long DefaultOutputBytes = 4L << 30;
    public static readonly TimeSpan DefaultTime = TimeSpan.FromMinutes(60);
    public static readonly TimeSpan DefaultIdle = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan DefaultGrace = TimeSpan.FromSeconds(5);

    public TimeSpan Time { get; init; } = Time > TimeSpan.Zero ? Time : DefaultTime;
    public TimeSpan Idle { get; init; } = Idle > TimeSpan.Zero ? Idle : DefaultIdle;
    public TimeSpan Grace { get; init; } = Grace > TimeSpan.Zero ? Grace : DefaultGrace;
}

/// <summary>Limits that were asked for by a repository or a flag; null leaves the other layer's word.</summary>
public sealed record AskedLimits(
    TimeSpan? Time = null,
    TimeSpan? Idle = null,
    TimeSpan? Grace = null,
    long? OutputBytes = null
);
