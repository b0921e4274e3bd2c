using System.Collections;
using System.Collections.Immutable;

namespace Fleet.Git;

/// <summary>The environments git runs in: nothing of the caller's GIT_* ever gets through.</summary>
internal static class GitEnvironment
{
    private static readonly ImmutableDictionary<string, string> Fixed = ImmutableDictionary.CreateRange(
        StringComparer.Ordinal,
        [
            KeyValuePair.Create("LC_ALL", "C"),
            KeyValuePair.Create("GIT_TERMINAL_PROMPT", "0"),
            KeyValuePair.Create("GIT_OPTIONAL_LOCKS", "0"),
            KeyValuePair.Create("GIT_EDITOR", "true"),
            KeyValuePair.Create("GIT_NO_LAZY_FETCH", "1"),
            KeyValuePair.Create("GIT_DEFAULT_REF_FORMAT", "files"),
        ]
    );

    /// <summary>For hubs and worktrees: no config but the repository's own.</summary>
    public static ImmutableDictionary<string, string> Own { get; } = MakeOwn();

    /// <summary>For a person's repository: their settings and credentials, but never a prompt.</summary>
    public static ImmutableDictionary<string, string> Persons { get; } = MakePersons();

    private static ImmutableDictionary<string, string> MakeOwn()
    {
        var own = Fixed
            .Add("GIT_CONFIG_NOSYSTEM", "1")
            .Add("GIT_CONFIG_GLOBAL", "/dev/null")
            .Add("GIT_ATTR_NOSYSTEM", "1")
            .Add("HOME", "/");
        foreach (var name in (string[])["PATH", "TMPDIR"])
        {
            if (System.Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
            {
                own = own.Add(name, value);
            }
        }

        return own;
    }

    private static ImmutableDictionary<string, string> MakePersons()
    {
        var persons = Fixed.ToBuilder();
        foreach (DictionaryEntry entry in System.Environment.GetEnvironmentVariables())
        {
            var name = (string)entry.Key;
            if (
                !name.StartsWith("GIT_", StringComparison.Ordinal)
                || name is "GIT_SSH" or "GIT_SSH_COMMAND" or "GIT_ASKPASS"
            )
            {
                persons.TryAdd(name, (string?)entry.Value ?? "");
            }
        }

        persons["SSH_ASKPASS_REQUIRE"] = "never";
        return persons.ToImmutable();
    }
}
