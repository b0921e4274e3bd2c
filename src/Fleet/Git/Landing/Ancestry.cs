namespace Fleet.Git.Landing;

/// <summary>Asks whether one commit is part of another's history.</summary>
internal static class Ancestry
{
    /// <summary>False also where git does not know the first commit: then it cannot be an ancestor.</summary>
    public static async Task<bool> Holds(GitCommand git, string ancestor, string descendant) =>
        ancestor == descendant || (await git.Run("merge-base", "--is-ancestor", ancestor, descendant)).Succeeded;
}
