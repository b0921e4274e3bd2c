namespace Fleet.Git;

/// <summary>A person's repository as Fleet found it.</summary>
/// <param name="Root">Where its working tree begins.</param>
/// <param name="Prefix">The subdirectory that was asked about, <c>""</c> or <c>tools/</c>.</param>
/// <param name="GitDirectory">The git directory of this checkout.</param>
/// <param name="CommonDirectory">The git directory that all its linked worktrees share.</param>
/// <param name="Trunk">The branch that proposals land on, such as <c>main</c>.</param>
/// <param name="TrunkCommit">Where trunk is, as far as this repository knows.</param>
/// <param name="Remote">Where trunk really lives, or null when it lives here.</param>
/// <param name="ObjectFormat"><c>sha1</c> or <c>sha256</c>.</param>
/// <param name="Author">Whose name commits bear.</param>
internal sealed record Repository(
    string Root,
    string Prefix,
    string GitDirectory,
    string CommonDirectory,
    string Trunk,
    Fleet.Rules.Commit TrunkCommit,
    Remote? Remote,
    string ObjectFormat,
    Identity Author
)
{
    public GitCommand Git => GitCommand.Person(Root);
}

/// <summary>A remote of a person's repository.</summary>
internal sealed record Remote(string Name, string Url);

/// <summary>What a directory turned out to be; every refusal says what to do next.</summary>
internal abstract record ProbeOutcome
{
    private ProbeOutcome() { }

    internal sealed record Usable(Repository Repository) : ProbeOutcome;

    internal abstract record Refused(string Why, string NextStep) : ProbeOutcome;

    internal sealed record NoGit(string Why) : Refused(Why, "Install git 2.38 or newer, then try again.");

    internal sealed record NotARepository(string Directory)
        : Refused($"{Directory} is not inside a git repository.", "Go to your repository, or make one: git init");

    internal sealed record Bare(string Directory)
        : Refused($"{Directory} is a bare repository: it has no files to work on.", "Clone it and use the clone.");

    internal sealed record NoCommitYet(string Root)
        : Refused($"{Root} has no commit yet.", "Make the first one: git add . && git commit -m \"First\"");

    internal sealed record NoTrunk(string Why)
        : Refused(Why, "Name the branch that work lands on: fleet init --trunk BRANCH");

    internal sealed record NotOwned(string Why)
        : Refused(Why, "If you trust this directory: git config --global --add safe.directory DIRECTORY");

    /// <summary>A kind of repository that Fleet would only half understand.</summary>
    internal sealed record NotSupported(string What, string NextStep) : Refused(What, NextStep);

    internal sealed record Unreadable(string Why)
        : Refused($"git cannot read this repository: {Why}", "See what git says there: git status");
}
