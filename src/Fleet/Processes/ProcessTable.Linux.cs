using System.Globalization;

namespace Fleet.Processes;

/// <summary>Every process of this machine at one moment, read in a single pass over /proc.</summary>
internal sealed class ProcessTable
{
    private readonly Dictionary<int, ProcStat> _processes = [];
    private readonly Dictionary<int, List<int>> _children = [];
    private readonly Dictionary<Mark, List<int>> _marked = [];

    private ProcessTable() { }

    internal static ProcessTable Scan()
    {
        var table = new ProcessTable();
        foreach (var path in Directory.EnumerateDirectories("/proc"))
        {
            var name = path.AsSpan("/proc/".Length);
            if (
                int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && ProcStat.Read(pid) is { } stat
            )
            {
                table.Add(stat);
            }
        }

        return table;
    }

    /// <summary>
    /// The living members of these trees: roots, bearers of their marks, and all descendants of either.
    /// </summary>
    internal List<ProcStat> Members(IReadOnlyList<ProcessTree> trees, IReadOnlyCollection<ProcessIdentity> seen)
    {
        var found = new HashSet<int>();
        var open = new Stack<int>();
        foreach (var tree in trees)
        {
            if (tree.Root is { } root)
            {
                PushIfSame(root, open);
            }

            if (tree.Mark is { } mark && _marked.TryGetValue(mark, out var bearers))
            {
                bearers.ForEach(open.Push);
            }
        }

        foreach (var identity in seen)
        {
            PushIfSame(identity, open);
        }

        return Closure(open, found);
    }

    private List<ProcStat> Closure(Stack<int> open, HashSet<int> found)
    {
        var members = new List<ProcStat>();
        while (open.TryPop(out var pid))
        {
            // Whoever asks may itself run inside the tree (an agent calling stop): it never ends itself halfway.
            if (pid <= 1 || pid == Environment.ProcessId || !found.Add(pid))
            {
                continue;
            }

            if (!_processes[pid].IsDead)
            {
                members.Add(_processes[pid]);
            }

            if (_children.TryGetValue(pid, out var children))
            {
                children.ForEach(open.Push);
            }
        }

        return members;
    }

    private void PushIfSame(ProcessIdentity identity, Stack<int> open)
    {
        if (_processes.TryGetValue(identity.Pid, out var stat) && stat.Identity == identity)
        {
            open.Push(identity.Pid);
        }
    }

    private void Add(ProcStat stat)
    {
        _processes[stat.Pid] = stat;
        Index(_children, stat.Parent, stat.Pid);
        if (Mark.Of(stat.Pid) is { } mark)
        {
            Index(_marked, mark, stat.Pid);
        }
    }

    private static void Index<TKey>(Dictionary<TKey, List<int>> index, TKey key, int pid)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out var list))
        {
            index[key] = list = [];
        }

        list.Add(pid);
    }
}
