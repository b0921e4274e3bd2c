using Fleet.Rules.Settings;

namespace Fleet.Rules.Repositories;

/// <summary>
/// A repository that the fleet works for: where it is, what its trunk says, whether its commands are trusted.
/// </summary>
/// <param name="Root">The top of the person's own checkout.</param>
/// <param name="Trunk">The branch that proposals land on.</param>
/// <param name="Remote">The remote that landings are pushed to; none for a local trunk.</param>
public sealed record Repository(RepositoryName Name, string Root, string Trunk, string? Remote)
{
    /// <summary>The position of the event that told where it is.</summary>
    public long AddedSeq { get; init; }

    /// <summary>Trunk as last seen.</summary>
    public Commit? Head { get; init; }

    /// <summary>The settings on trunk as last seen; none until trunk was read once.</summary>
    public RepositorySettings? Settings { get; init; }
    public string? SettingsHash { get; init; }

    /// <summary>The position of the event that gave these settings.</summary>
    public long SettingsSeq { get; init; }

    /// <summary>The hash of every command that those settings would run; none when there is no command.</summary>
    public string? CommandsHash { get; init; }
    public string? TrustedHash { get; init; }

    /// <summary>Why nothing lands here until a person resumes it.</summary>
    public string? Halted { get; init; }

    /// <summary>Why the repository could not be read, until it can.</summary>
    public string? Unreadable { get; init; }

    /// <summary>The task whose proposal is being landed now: one at a time.</summary>
    public TaskId? Landing { get; init; }

    /// <summary>The pause file that exists in the person's git directory now.</summary>
    public string? PauseFile { get; init; }

    /// <summary>A daemon may have died between making or removing the pause file and saying so.</summary>
    public bool IsPauseFileInDoubt { get; init; }

    public bool IsTrusted => CommandsHash is null || string.Equals(CommandsHash, TrustedHash, StringComparison.Ordinal);

    /// <summary>Whether runs may start here: its trunk was read and a person trusts what it would run.</summary>
    public bool MayRun => Settings is not null && IsTrusted;
}
