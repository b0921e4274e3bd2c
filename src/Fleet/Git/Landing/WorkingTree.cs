namespace Fleet.Git.Landing;

/// <summary>One working tree of a person's repository, the main one or a linked one.</summary>
/// <param name="Branch">The full name of the branch it is on, or null when HEAD is detached.</param>
internal sealed record WorkingTree(string Path, string GitDirectory, string? Branch)
{
    // What git leaves in the git directory while something is going on.
    private static readonly (string Name, string What)[] Underway =
    [
        ("index.lock", "another git command holds the index"),
        ("MERGE_HEAD", "a merge is in progress"),
        ("CHERRY_PICK_HEAD", "a cherry-pick is in progress"),
        ("REVERT_HEAD", "a revert is in progress"),
        ("rebase-merge", "a rebase is in progress"),
        ("rebase-apply", "a rebase or am is in progress"),
        ("sequencer", "a cherry-pick or revert of several commits is in progress"),
        ("BISECT_LOG", "a bisect is in progress"),
    ];

    public GitCommand Git => GitCommand.Person(Path);

    public string IndexFile => At("index");

    public string At(string name) => System.IO.Path.Combine(GitDirectory, name);

    /// <summary>What is going on there, or null.</summary>
    public string? InProgress() => Underway.FirstOrDefault(each => System.IO.Path.Exists(At(each.Name))).What;

    /// <summary>Will something going on there move this branch, or come back to it, when it ends?</summary>
    public bool Involves(string branch) =>
        Says("rebase-merge/head-name", branch)
        || Says("rebase-apply/head-name", branch)
        || Says("rebase-merge/update-refs", branch)
        || Says("BISECT_START", branch["refs/heads/".Length..]);

    private bool Says(string name, string line) =>
        File.Exists(At(name)) && File.ReadLines(At(name)).Contains(line, StringComparer.Ordinal);
}
