namespace Fleet.Rules.Repositories;

/// <summary>Which repositories the fleet works for, what their trunks say, and whose commands are trusted.</summary>
public static class Known
{
    public static Decision Add(FleetState state, Request.AddRepository ask)
    {
        var known = state.RepositoryAt(ask.Root);
        if (
            known is { Unreadable: null }
            && string.Equals(known.Trunk, ask.Trunk, StringComparison.Ordinal)
            && string.Equals(known.Remote, ask.Remote, StringComparison.Ordinal)
        )
        {
            return Decision.Say(new Answer(Answer.Done, $"{known.Name} is known"));
        }

        var name = known?.Name ?? FreeName(state, ask.Root);
        return Decision.Done($"{name} added", new Event.RepositoryAdded(name, ask.Root, ask.Trunk, ask.Remote));
    }

    public static Decision Seen(FleetState state, Observation.RepositorySeen seen)
    {
        if (!state.Repositories.TryGetValue(seen.Repository, out var known))
        {
            return Decision.Nothing;
        }

        if (!string.Equals(known.SettingsHash, seen.Hash, StringComparison.Ordinal))
        {
            return Decision.Of(
                new Event.RepositorySettingsChanged(
                    seen.Repository,
                    seen.Head,
                    seen.Settings,
                    seen.Hash,
                    seen.CommandsHash
                )
            );
        }

        return known.Head == seen.Head && known.Unreadable is null
            ? Decision.Nothing
            : Decision.Of(new Event.TrunkSeen(seen.Repository, seen.Head));
    }

    public static Decision NotRead(FleetState state, Observation.RepositoryNotRead seen) =>
        state.Repositories.TryGetValue(seen.Repository, out var known)
        && !string.Equals(known.Unreadable, seen.Why, StringComparison.Ordinal)
            ? Decision.Of(new Event.RepositoryUnreadable(seen.Repository, seen.Why))
            : Decision.Nothing;

    public static Decision Trust(FleetState state, Request.Trust ask)
    {
        if (state.RepositoryAt(ask.Root) is not { } known)
        {
            return Decision.Refuse(Answer.Failed, $"{ask.Root} is not a repository of this fleet", "fleet init");
        }

        return string.Equals(known.TrustedHash, ask.CommandsHash, StringComparison.Ordinal)
            ? Decision.Say(new Answer(Answer.Done, $"the commands of {known.Name} are trusted already"))
            : Decision.Done(
                $"the commands of {known.Name} are trusted",
                new Event.CommandsTrusted(known.Name, ask.CommandsHash)
            );
    }

    /// <summary>A repository goes only when nothing of it is under way; its record stays.</summary>
    public static Decision Forget(FleetState state, Request.ForgetRepository ask)
    {
        if (!state.Repositories.ContainsKey(ask.Repository))
        {
            return Decision.Refuse(Answer.NotFound, $"there is no repository {ask.Repository}", "fleet doctor");
        }

        var open = state.Tasks.Values.FirstOrDefault(t => t.Repository == ask.Repository);
        return open is not null
            ? Decision.Refuse(
                Answer.Refused,
                $"{ask.Repository} still has open tasks, such as {open.Id}",
                $"fleet abandon {open.Id}"
            )
            : Decision.Done($"{ask.Repository} forgotten", new Event.RepositoryForgotten(ask.Repository));
    }

    private static RepositoryName FreeName(FleetState state, string root)
    {
        var word = Word(root);
        var name = new RepositoryName(word);
        for (var n = 2; state.Repositories.ContainsKey(name); n++)
        {
            name = new RepositoryName($"{word}-{n}");
        }

        return name;
    }

    /// <summary>The last part of the path in lower-case letters, digits and hyphens; never empty.</summary>
    private static string Word(string root)
    {
        const int longest = 40;
        var last = root.TrimEnd('/').Split('/')[^1].ToLowerInvariant();
        var safe = string.Concat(last.Take(longest).Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');
        return safe.Length == 0 ? "repository" : safe;
    }
}
