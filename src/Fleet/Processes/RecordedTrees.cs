namespace Fleet.Processes;

/// <summary>The trees that the records of some pieces name. One damaged record never hides the others.</summary>
internal sealed record RecordedTrees(IReadOnlyList<ProcessTree> Trees, IReadOnlyList<string> Unreadable)
{
    internal static RecordedTrees Read(IReadOnlyCollection<string> directories)
    {
        var trees = new List<ProcessTree>();
        var unreadable = new List<string>();
        foreach (var directory in directories)
        {
            try
            {
                if (new PieceFiles(directory).Tree is { } tree)
                {
                    trees.Add(tree);
                }
            }
            catch (Exception error) when (IsDamage(error))
            {
                unreadable.Add($"{directory}: {error.Message}");
            }
        }

        return new RecordedTrees(trees, unreadable);
    }

    internal static bool IsDamage(Exception error) =>
        error is IOException or UnauthorizedAccessException or InvalidDataException;
}
