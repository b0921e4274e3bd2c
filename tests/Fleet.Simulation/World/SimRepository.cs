using System.Collections.Immutable;
using Fleet.Rules;

namespace Fleet.Simulation.World;

using Files = ImmutableSortedDictionary<string, string>;

/// <summary>One move of a trunk: by Fleet for a task, or by a stranger.</summary>
internal sealed record TrunkMove(Commit Before, Commit After, TaskId? By);

/// <summary>A repository as it really is, whatever Fleet believes.</summary>
internal sealed class SimRepository(string root, Objects objects, Files files)
{
    public string Root { get; } = root;

    public RepositoryName Name { get; } = new(root.Split('/')[^1]);

    public Commit Head { get; private set; } = objects.Add(files).Id;

    public List<TrunkMove> Moves { get; } = [];

    public bool Unreadable { get; set; }

    public string? PauseFile { get; set; }

    public Files Files => objects[Head].Files;

    public void Move(Commit to, TaskId? by)
    {
        Moves.Add(new TrunkMove(Head, to, by));
        Head = to;
    }

    public void StrangerCommits(Files files) => Move(objects.Add(files, Head).Id, by: null);
}
