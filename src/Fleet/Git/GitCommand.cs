using System.Collections.Immutable;

namespace Fleet.Git;

/// <summary>
/// One git call: arguments without a shell, by our own rules only. Immutable; the <c>With…</c> methods return a
/// copy.
/// </summary>
internal sealed record GitCommand
{
    private static readonly string[] Hardened =
    [
        "--no-pager",
        "-c",
        "core.hooksPath=/dev/null",
        "-c",
        "core.fsmonitor=false",
        "-c",
        "core.quotePath=false",
        "-c",
        "gc.auto=0",
        "-c",
        "maintenance.auto=false",
        "-c",
        "protocol.ext.allow=never",
        "-c",
        "submodule.recurse=false",
        "-c",
        "fetch.recurseSubmodules=false",
        "-c",
        "commit.gpgSign=false",
    ];

    private GitCommand() { }

    /// <summary>How long a local command may take unless told otherwise.</summary>
    public TimeSpan Timeout { get; private init; } = TimeSpan.FromMinutes(2);

    /// <summary>How many bytes of output are kept; more kills the command.</summary>
    public int OutputLimit { get; private init; } = 64 * 1024 * 1024;

    private ImmutableArray<string> Prefix { get; init; } = [];

    private string WorkingDirectory { get; init; } = "/";

    private ImmutableDictionary<string, string> Environment { get; init; } = ImmutableDictionary<string, string>.Empty;

    private ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>
    /// A repository of Fleet's own: its own config only, named explicitly so that nothing is discovered.
    /// </summary>
    public static GitCommand Hub(string gitDirectory) =>
        new()
        {
            WorkingDirectory = Directory.Exists(gitDirectory) ? gitDirectory : "/",
            Environment = GitEnvironment.Own,
            Prefix =
            [
                .. Hardened,
                "-c",
                "core.attributesFile=/dev/null",
                "-c",
                "safe.bareRepository=explicit",
                $"--git-dir={gitDirectory}",
            ],
        };

    /// <summary>
    /// A person's repository: their config is in force, but no hook runs and no lock is taken for reading.
    /// </summary>
    public static GitCommand Person(string directory) =>
        new()
        {
            WorkingDirectory = directory,
            Environment = GitEnvironment.Persons,
            Prefix = [.. Hardened],
        };

    /// <summary>The same environment and directory, but the hub's objects and refs.</summary>
    public GitCommand For(Hub hub) => this with { Prefix = Prefix.Add($"--git-dir={hub.Path}") };

    /// <summary>Reads and writes files there instead of where the git directory says.</summary>
    public GitCommand WithWorkTree(string path) => this with { Prefix = Prefix.Add($"--work-tree={path}") };

    /// <summary>Uses that index file instead of the repository's own.</summary>
    public GitCommand WithIndex(string path) => WithVariable("GIT_INDEX_FILE", path);

    public GitCommand WithVariable(string name, string value) =>
        this with
        {
            Environment = Environment.SetItem(name, value),
        };

    public GitCommand WithConfig(string key, string value) =>
        this with
        {
            Prefix = Prefix.Add("-c").Add($"{key}={value}"),
        };

    public GitCommand WithInput(string text) => this with { Input = System.Text.Encoding.UTF8.GetBytes(text) };

    public GitCommand WithInput(ReadOnlyMemory<byte> bytes) => this with { Input = bytes };

    public GitCommand WithTimeout(TimeSpan limit) => this with { Timeout = limit };

    public GitCommand WithOutputLimit(int bytes) => this with { OutputLimit = bytes };

    /// <summary>Runs it. What comes from outside belongs behind <c>--end-of-options</c> or <c>--</c>.</summary>
    public Task<GitOutcome> Run(params string[] arguments) => Run(arguments, CancellationToken.None);

    public Task<GitOutcome> Run(IReadOnlyList<string> arguments, CancellationToken stop) =>
        GitProcess.Run([.. Prefix, .. arguments], WorkingDirectory, Environment, Input, Timeout, OutputLimit, stop);
}
