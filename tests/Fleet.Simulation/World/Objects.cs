using System.Collections.Immutable;
using Fleet.Rules;

namespace Fleet.Simulation.World;

using Files = ImmutableSortedDictionary<string, string>;

/// <summary>A commit of the simulated git: the whole content of its tree, and its parents.</summary>
internal sealed record SimCommit(Commit Id, int Number, Tree Tree, Files Files, ImmutableArray<Commit> Parents);

/// <summary>
/// The objects of every simulated repository. A tree's id is its content in words, so equality is real.
/// </summary>
internal sealed class Objects
{
    public static readonly Files NoFiles = Files.Empty.WithComparers(StringComparer.Ordinal);
    private readonly Dictionary<Commit, SimCommit> commits = [];

    public SimCommit this[Commit id] => commits[id];

    public SimCommit Add(Files files, params ReadOnlySpan<Commit> parents)
    {
        var number = commits.Count + 1;
        var made = new SimCommit(new Commit($"c{number}"), number, TreeOf(files), files, [.. parents]);
        commits.Add(made.Id, made);
        return made;
    }

    public static Tree TreeOf(Files files) => new(string.Join(' ', files.Select(f => $"{f.Key}={f.Value}")));

    public bool IsAncestor(Commit old, Commit of)
    {
        var least = this[old].Number;
        var seen = new HashSet<Commit>();
        var open = new Stack<Commit>([of]);
        while (open.TryPop(out var id))
        {
            if (id == old)
            {
                return true;
            }

            if (seen.Add(id) && this[id].Number > least)
            {
                foreach (var parent in this[id].Parents)
                {
                    open.Push(parent);
                }
            }
        }

        return false;
    }

    /// <summary>Merges theirs into ours path by path; a path that both changed differently is a conflict.</summary>
    public (Files Merged, ImmutableArray<string> Conflicts) Merge(Commit ours, Commit theirs)
    {
        var left = this[ours].Files;
        var right = this[theirs].Files;
        var start = this[MergeBase(ours, theirs)].Files;
        var conflicts = ImmutableArray.CreateBuilder<string>();
        var merged = left.ToBuilder();
        foreach (var path in start.Keys.Concat(right.Keys).Distinct(StringComparer.Ordinal))
        {
            var (was, mine, other) = (At(start, path), At(left, path), At(right, path));
            if (other == was || other == mine)
            {
                continue;
            }

            if (mine != was)
            {
                conflicts.Add(path);
            }
            else if (other is null)
            {
                merged.Remove(path);
            }
            else
            {
                merged[path] = other;
            }
        }

        return (merged.ToImmutable(), conflicts.DrainToImmutable());
    }

    private static string? At(Files files, string path) => files.GetValueOrDefault(path);

    private Commit MergeBase(Commit ours, Commit theirs)
    {
        var mine = Ancestors(ours);
        return Ancestors(theirs).Where(mine.Contains).MaxBy(id => this[id].Number);
    }

    private HashSet<Commit> Ancestors(Commit of)
    {
        var seen = new HashSet<Commit>();
        var open = new Stack<Commit>([of]);
        while (open.TryPop(out var id))
        {
            if (seen.Add(id))
            {
                foreach (var parent in this[id].Parents)
                {
                    open.Push(parent);
                }
            }
        }

        return seen;
    }
}
