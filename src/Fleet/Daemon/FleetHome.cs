using Fleet.Rules;

namespace Fleet.Daemon;

/// <summary>Where everything of one fleet lives on disk: paths in one place.</summary>
internal sealed record FleetHome(string Root)
{
    public const string Variable = "FLEET_HOME";

    public string Settings => Path.Combine(Root, "config.yaml");

    public string Database => Path.Combine(Root, "fleet.db");

    public string AnchorFile => Path.Combine(Root, "anchors");

    /// <summary>Locked by whoever may append: the daemon for its life, the CLI for one request.</summary>
    public string WriterLock => Path.Combine(Root, "writer.lock");

    /// <summary>The process id of whoever holds the writer lock, or held it last.</summary>
    public string WriterHolder => Path.Combine(Root, "writer.pid");

    /// <summary>Who is in charge: pid, start time, epoch; read by whoever must kill a silent daemon.</summary>
    public string DaemonRecord => Path.Combine(Root, "daemon.json");

    public string DaemonLog => Path.Combine(Root, "daemon.log");

    public string Hubs => Path.Combine(Root, "hubs");

    public string Runs => Path.Combine(Root, "runs");

    public string Gates => Path.Combine(Root, "gates");

    /// <summary>What one coder keeps between its runs: that it is signed in, and its sessions.</summary>
    public string Coder(string name) => Path.Combine(Root, "coders", Safe(name));

    /// <summary>The same for one of several accounts of a coder.</summary>
    public string Account(AccountId id) => Path.Combine(Root, "accounts", Safe(id.Coder), Safe(id.Name));

    public string Worktrees => Path.Combine(Root, "worktrees");

    public string Hub(RepositoryName repository) => Path.Combine(Hubs, $"{repository}.git");

    /// <summary>What is kept of one run: brief, transcript, process record, exit.</summary>
    public string Run(RunId run) => Path.Combine(Runs, run.ToString());

    /// <summary>What the runs of all tasks wrote down for those after them.</summary>
    public string Tasks => Path.Combine(Root, "tasks");

    /// <summary>The task's own directory, outside of every worktree: its plan and its knowledge.</summary>
    public string Task(TaskId task) => Path.Combine(Tasks, task.ToString());

    /// <summary>What is kept of one gate's answer about one candidate.</summary>
    public string Gate(TaskId task, int candidate, string gate) =>
        Path.Combine(Gates, $"{task}.c{candidate}.{Safe(gate)}");

    /// <summary>FLEET_HOME, else <c>~/.fleet</c>.</summary>
    public static FleetHome FromEnvironment()
    {
        var asked = Environment.GetEnvironmentVariable(Variable);
        var root = string.IsNullOrEmpty(asked)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".fleet")
            : asked;
        return new FleetHome(Path.GetFullPath(root));
    }

    private static string Safe(string name) =>
        string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));
}
