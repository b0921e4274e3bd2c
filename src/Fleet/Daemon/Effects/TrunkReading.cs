using System.Collections.Concurrent;
using Fleet.Git;
using Fleet.Rules;
using Fleet.Rules.Settings;
using Fleet.Settings;

namespace Fleet.Daemon.Effects;

/// <summary>Brings trunk into the hub and reads the settings on it; policy is never read from anywhere else.</summary>
internal sealed class TrunkReading(TrunkLimits limits)
{
    private const string SettingsPath = ".fleet/fleet.yaml";
    private const int LongestSettings = 2 * 1024 * 1024;

    /// <summary>What was read last: what a commit holds never changes, so it is read once.</summary>
    private readonly ConcurrentDictionary<RepositoryName, TrunkAnswer.Seen> last = new();

    /// <summary>Trunk's commit with the settings on it, or why they cannot be read.</summary>
    public async Task<TrunkAnswer> Read(OpenHub open, RepositoryName name)
    {
        switch (await TrunkSync.Run(open.Hub, open.Claim, open.Person))
        {
            case SyncOutcome.At at:
                return await Settings(open, name, at.Trunk);
            case SyncOutcome.Unreachable { LastKnown: { } last }:
                return await Settings(open, name, last);
            case SyncOutcome.Unreachable unreachable:
                return new TrunkAnswer.NotNow(unreachable.Why);
            case SyncOutcome.StaleEpoch:
                return new TrunkAnswer.NotNow("another daemon is in charge");
            case SyncOutcome.Failed failed:
                return new TrunkAnswer.NotNow(failed.Why);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async Task<TrunkAnswer> Settings(OpenHub open, RepositoryName name, Commit trunk)
    {
        if (last.TryGetValue(name, out var known) && known.What.Head == trunk)
        {
            return known;
        }

        if (await CommitObject.Read(open.Hub, trunk) is not { Tree: var tree })
        {
            return new TrunkAnswer.NotNow($"trunk {trunk.Short} is not in the hub");
        }

        if (await limits.Complaint(open.Hub, trunk) is { } unsupported)
        {
            return new TrunkAnswer.Wrong(unsupported);
        }

        var blob = $"{trunk.Sha}:{SettingsPath}";
        var found = await open.Hub.Git.WithOutputLimit(LongestSettings).Run("cat-file", "blob", blob);
        var bytes = found switch
        {
            GitOutcome.Ok ok => ok.Bytes,
            GitOutcome.Failed => default(ReadOnlyMemory<byte>),
            _ => (ReadOnlyMemory<byte>?)null,
        };
        if (bytes is not { } text)
        {
            return new TrunkAnswer.Wrong($"{SettingsPath} on trunk cannot be read: {found.Why}");
        }

        return SettingsFile.Read(text.Span, SettingsKind.Repository, SettingsPath) switch
        {
            SettingsReading.Repository r => last[name] = Seen(name, trunk, tree, r.Settings, text),
            SettingsReading.Wrong wrong => new TrunkAnswer.Wrong(wrong.Render()),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static TrunkAnswer.Seen Seen(
        RepositoryName name,
        Commit trunk,
        Tree tree,
        RepositorySettings settings,
        ReadOnlyMemory<byte> text
    )
    {
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(text.Span));
        var commands = Trust.Commands(settings).IsEmpty ? null : Trust.Hash(settings);
        return new TrunkAnswer.Seen(new Observation.RepositorySeen(name, trunk, settings, hash, commands), tree);
    }
}

/// <summary>What reading trunk came to.</summary>
internal abstract record TrunkAnswer
{
    private TrunkAnswer() { }

    internal sealed record Seen(Observation.RepositorySeen What, Tree Tree) : TrunkAnswer;

    /// <summary>Its settings are not valid, or it holds what Fleet cannot work with: a person must mend it.</summary>
    internal sealed record Wrong(string Why) : TrunkAnswer;

    internal sealed record NotNow(string Why) : TrunkAnswer;
}
