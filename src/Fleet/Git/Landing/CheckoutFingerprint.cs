using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Fleet.Git.Landing;

/// <summary>What kind of thing in a checkout changed.</summary>
internal enum CheckoutPart
{
    Head,
    Ref,
    Index,
    File,

    /// <summary>Something in the git directory that git obeys: config, hooks, attributes.</summary>
    Rule,
}

/// <summary>One difference between two fingerprints.</summary>
/// <param name="ChangedAt">
/// When it was last touched; where it is gone, when the directory was that held it. Null where nothing is left to ask.
/// </param>
internal sealed record CheckoutChange(CheckoutPart Part, string Name, DateTimeOffset? ChangedAt);

/// <summary>What became of taking a fingerprint.</summary>
internal abstract record FingerprintOutcome
{
    private FingerprintOutcome() { }

    internal sealed record Taken(CheckoutFingerprint Fingerprint) : FingerprintOutcome;

    internal sealed record Failed(string Reason) : FingerprintOutcome;
}

/// <summary>
/// Everything about a person's checkout that only the person may change, small enough to take at the start and the
/// end of every run. It notices writes; it does not prevent them.
/// </summary>
internal sealed record CheckoutFingerprint
{
    private static readonly EnumerationOptions EveryFile = new() { AttributesToSkip = FileAttributes.None };

    private CheckoutFingerprint(Repository repository, ImmutableSortedDictionary<(CheckoutPart, string), string> facts)
    {
        Root = repository.Root;
        GitDirectory = repository.GitDirectory;
        CommonDirectory = repository.CommonDirectory;
        Facts = facts;
    }

    private string Root { get; }

    private string GitDirectory { get; }

    private string CommonDirectory { get; }

    private ImmutableSortedDictionary<(CheckoutPart Part, string Name), string> Facts { get; init; }

    /// <summary>Reads only, takes no lock; three git processes at once.</summary>
    public static async Task<FingerprintOutcome> Take(Repository repository)
    {
        var git = repository.Git;
        var files = TakeFiles(repository);
        var refs = git.Run("for-each-ref", "--format=%(refname) %(objectname) %(symref)");
        // What the index holds and its flags, but not its cached times: a refresh by `git status` is no change.
        var index = git.WithOutputLimit(256 * 1024 * 1024).Run("ls-files", "--stage", "-v", "-z");
        GitOutcome[] answers = [await refs, await index];
        if (Array.Find(answers, answer => !answer.Succeeded) is { } failed)
        {
            return Unseen(repository, failed);
        }

        if (await files is not FingerprintOutcome.Taken { Fingerprint: var seen })
        {
            return await files;
        }

        var facts = seen.Facts.ToBuilder();
        AddRefs(facts, answers[0].Text);
        facts[(CheckoutPart.Index, "index")] = Digest(answers[1]);
        return new FingerprintOutcome.Taken(seen with { Facts = facts.ToImmutable() });
    }

    /// <summary>Only HEAD, the files and the rules: one git process.</summary>
    public static async Task<FingerprintOutcome> TakeFiles(Repository repository)
    {
        var status = await repository.Git.Run(
            "status",
            "--porcelain=v2",
            "-z",
            "--branch",
            "--no-ahead-behind",
            "--untracked-files=all",
            "--ignore-submodules=dirty",
            "--no-renames"
        );
        if (!status.Succeeded)
        {
            return Unseen(repository, status);
        }

        var facts = ImmutableSortedDictionary.CreateBuilder<(CheckoutPart, string), string>();
        AddStatus(facts, repository.Root, status.Text);
        AddRules(facts, repository.CommonDirectory);
        return new FingerprintOutcome.Taken(new CheckoutFingerprint(repository, facts.ToImmutable()));
    }

    /// <summary>What differs, sorted by part and name.</summary>
    public static IReadOnlyList<CheckoutChange> Compare(CheckoutFingerprint before, CheckoutFingerprint after) =>
        [.. Differences(before, after).Select(key => new CheckoutChange(key.Part, key.Name, after.ChangedAt(key)))];

    /// <summary>
    /// This baseline plus what Fleet itself did between two fingerprints, a landing for example, so that runs which
    /// were alive meanwhile are not blamed for it.
    /// </summary>
    public CheckoutFingerprint Absorb(CheckoutFingerprint beforeLanding, CheckoutFingerprint afterLanding)
    {
        var facts = Facts.ToBuilder();
        // Only what was untouched until then: what a run had already changed stays a difference.
        foreach (var key in Differences(beforeLanding, afterLanding).Where(key => Fact(key) == beforeLanding.Fact(key)))
        {
            if (afterLanding.Fact(key) is { } fact)
            {
                facts[key] = fact;
            }
            else
            {
                facts.Remove(key);
            }
        }

        return this with
        {
            Facts = facts.ToImmutable(),
        };
    }

    private string? Fact((CheckoutPart, string) key) => Facts.GetValueOrDefault(key);

    private static List<(CheckoutPart Part, string Name)> Differences(CheckoutFingerprint one, CheckoutFingerprint two)
    {
        var keys = one.Facts.Keys.Union(two.Facts.Keys).Order();
        return [.. keys.Where(key => one.Fact(key) != two.Fact(key))];
    }

    private DateTimeOffset? ChangedAt((CheckoutPart Part, string Name) key)
    {
        var path = key.Part switch
        {
            CheckoutPart.Head => Path.Combine(GitDirectory, "HEAD"),
            CheckoutPart.Index => Path.Combine(GitDirectory, "index"),
            CheckoutPart.File => Path.Combine(Root, key.Name),
            CheckoutPart.Ref or CheckoutPart.Rule => Path.Combine(CommonDirectory, key.Name),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return (FileStamp.Of(path) ?? FileStamp.Of(Path.GetDirectoryName(path)!))?.ChangedAt;
    }

    private static void AddStatus(
        ImmutableSortedDictionary<(CheckoutPart, string), string>.Builder facts,
        string root,
        string status
    )
    {
        foreach (var line in status.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            // Branch lines, then "1 XY sub mH mI mW hH hI path", "u … path" with two fields more, "? path".
            var words = line[0] switch
            {
                '1' => 9,
                'u' => 11,
                _ => 2,
            };
            var fields = line.Split(' ', words);
            if (
                line.StartsWith("# branch.oid", StringComparison.Ordinal)
                || line.StartsWith("# branch.head", StringComparison.Ordinal)
            )
            {
                var head = facts.GetValueOrDefault((CheckoutPart.Head, "HEAD"), "");
                facts[(CheckoutPart.Head, "HEAD")] = $"{head}{line}\n";
            }
            else if (line[0] is '1' or 'u' or '?')
            {
                var stamp = FileStamp.Of(Path.Combine(root, fields[^1]));
                facts[(CheckoutPart.File, fields[^1])] = $"{string.Join(' ', fields[..^1])} {stamp}";
            }
        }
    }

    private static void AddRefs(ImmutableSortedDictionary<(CheckoutPart, string), string>.Builder facts, string refs)
    {
        foreach (var line in refs.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var cut = line.IndexOf(' ', StringComparison.Ordinal);
            // Fleet's own.
            if (!line.StartsWith(FleetRefs.All, StringComparison.Ordinal))
            {
                facts[(CheckoutPart.Ref, line[..cut])] = line[(cut + 1)..];
            }
        }
    }

    private static void AddRules(ImmutableSortedDictionary<(CheckoutPart, string), string>.Builder facts, string git)
    {
        var hooks = Path.Combine(git, "hooks");
        var names = Directory.Exists(hooks)
            ? Directory
                .EnumerateFileSystemEntries(hooks, "*", EveryFile)
                .Select(path => $"hooks/{Path.GetFileName(path)}")
            : [];
        foreach (
            var name in names.Concat(["config", "config.worktree", "info/attributes", "info/exclude", "info/grafts"])
        )
        {
            if (FileStamp.Of(Path.Combine(git, name)) is { } stamp)
            {
                facts[(CheckoutPart.Rule, name)] = stamp.ToString();
            }
        }
    }

    private static FingerprintOutcome.Failed Unseen(Repository repository, GitOutcome failed) =>
        new($"{repository.Root} could not be looked at: {failed.Why}");

    private static string Digest(GitOutcome outcome) =>
        outcome is GitOutcome.Ok ok
            ? Convert.ToHexString(SHA256.HashData(ok.Bytes.Span))
            : throw new System.Diagnostics.UnreachableException();
}
