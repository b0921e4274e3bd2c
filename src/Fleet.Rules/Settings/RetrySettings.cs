namespace Fleet.Rules.Settings;

/// <summary>How often a task is tried again before it waits for a person.</summary>
/// <param name="AfterCrash">Runs after one that crashed.</param>
/// <param name="AfterRefusal">An agent's runs after a refused proposal.</param>
/// <param name="AfterCommandRefusal">The same for the command coder, which would only repeat itself.</param>
/// <param name="Backoff">The wait before each.</param>
public sealed record RetrySettings(
    int AfterCrash = 2,
    int AfterRefusal = 2,
    int AfterCommandRefusal = 0,
    BackoffSettings? Backoff = null
)
{
    public BackoffSettings Backoff { get; init; } = Backoff ?? new BackoffSettings();
}

/// <summary>The first wait, and what each next one is multiplied by: 1 s, 4 s, 16 s.</summary>
public sealed record BackoffSettings(TimeSpan First = default, int Factor = BackoffSettings.DefaultFactor)
{
    public const int DefaultFactor = 4;
    public static readonly TimeSpan DefaultFirst = TimeSpan.FromSeconds(1);

    public TimeSpan First { get; init; } = First > TimeSpan.Zero ? First : DefaultFirst;
}
