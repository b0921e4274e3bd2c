using System.Collections.Immutable;

namespace Fleet.Rules.Settings;

/// <summary>An agent's own rules about tool calls; a deny outweighs an ask, and an ask an allow.</summary>
/// <param name="Allow">Where there is any, nothing else is allowed.</param>
/// <param name="Deny">Never.</param>
/// <param name="Ask">A person answers each time.</param>
/// <param name="Wait">How long; then the answer is no.</param>
/// <param name="Under">Rules of another layer: the stricter of both answers holds.</param>
public sealed record AgentPermissions(
    ImmutableArray<string> Allow = default,
    ImmutableArray<string> Deny = default,
    ImmutableArray<string> Ask = default,
    TimeSpan Wait = default,
    AgentPermissions? Under = null
)
{
    public static readonly TimeSpan DefaultWait = TimeSpan.FromHours(1);

    public ImmutableArray<string> Allow { get; init; } = Allow.IsDefault ? [] : Allow;
    public ImmutableArray<string> Deny { get; init; } = Deny.IsDefault ? [] : Deny;
    public ImmutableArray<string> Ask { get; init; } = Ask.IsDefault ? [] : Ask;
    public TimeSpan Wait { get; init; } = Wait > TimeSpan.Zero ? Wait : DefaultWait;

    /// <summary>It says nothing of its own.</summary>
    public bool IsEmpty => Allow.IsEmpty && Deny.IsEmpty && Ask.IsEmpty;
}
