using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Fleet.Coders;
using Fleet.Processes;
using Fleet.Rules;
using Fleet.Rules.Agents;
using Fleet.Rules.Runs;
using Fleet.Rules.Settings;
using Fleet.Rules.Spending;
using Fleet.Rules.Tasks;

namespace Fleet.Daemon.Conversations;

/// <summary>The runs of coders: how each is started, and the conversation with it while it lives.</summary>
internal sealed class CoderRuns(
    FleetHome home,
    Func<FleetState> state,
    Func<Observation, CancellationToken, Task> report,
    Action<string> note,
    TimeProvider clock,
    CancellationToken daemonStops
) : IDisposable
{
    private readonly ConcurrentDictionary<RunId, Open> open = new();

    private sealed record Open(Conversation Conversation, CancellationTokenSource Stop);

    /// <summary>How the coder of a run is started; none when nobody knows such a coder.</summary>
    public CoderLaunch? Launch(FleetTask task, Run run, PreparedWorktree worktree) =>
        Find(task, run) is { } coder ? coder.Launch(Request(task, run, worktree)) : null;

    /// <summary>The variables that the coder's account needs, from its own file; it is never in the log.</summary>
    public IEnumerable<KeyValuePair<string, string>> Account(Run run) => CoderAccount.Read(Configuration(run));

    /// <summary>Begins the conversation with a run that lives, or goes on with it.</summary>
    public void Begin(FleetTask task, Run run)
    {
        if (run.Worktree is not { } worktree || Find(task, run) is not { } coder)
        {
            return;
        }

        var conversation = new Conversation(
            run.Id,
            home.Run(run.Id),
            coder,
            coder.Open(Request(task, run, worktree)),
            Permissions(task, run.Id, worktree),
            report,
            clock
        );
        var begun = new Open(conversation, CancellationTokenSource.CreateLinkedTokenSource(daemonStops));
        if (open.TryAdd(run.Id, begun))
        {
            _ = Follow(run.Id, begun);
        }
    }

    /// <summary>A person answered something that the run asked.</summary>
    public void Hear(RunId run)
    {
        if (open.TryGetValue(run, out var begun))
        {
            begun.Conversation.Hear();
        }
    }

    /// <summary>Everything that an ended run said is told before its end is.</summary>
    public async Task Finish(RunId run, PieceExit exit)
    {
        if (open.TryGetValue(run, out var ending))
        {
            await ending.Stop.CancelAsync();
            await ending.Conversation.Finish(exit, daemonStops);
        }
    }

    public void Forget(RunId run)
    {
        if (open.TryRemove(run, out var gone))
        {
            gone.Stop.Dispose();
            gone.Conversation.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var run in open.Keys)
        {
            Forget(run);
        }
    }

    private async Task Follow(RunId run, Open begun)
    {
        try
        {
            await begun.Conversation.Follow(begun.Stop.Token, daemonStops);
        }
        catch (OperationCanceledException)
        {
            // The run has ended, or the daemon: the next one goes on.
        }
        catch (Exception error)
        {
            note($"the conversation with run {run}: {error}");
        }
    }

    private RunPermissions Permissions(FleetTask task, RunId run, PreparedWorktree worktree)
    {
        var checkout = state().Repositories[task.Repository].Root;
        return new RunPermissions(
            new RunGround(worktree.Path, home.Root, checkout, home.Task(task.Id)),
            () => Agent(task.Repository, run)?.Permissions ?? new AgentPermissions(),
            () => Now(run)?.Asked ?? []
        );
    }

    private AgentSettings? Agent(RepositoryName repository, RunId run) =>
        state().SettingsOf(repository).Agents.FirstOrDefault(agent => agent.Name == Now(run)?.Agent);

    private Run? Now(RunId run) =>
        state().Tasks.GetValueOrDefault(run.Task)?.Run is { } newest && newest.Id == run ? newest : null;

    private ICoder? Find(FleetTask task, Run run) =>
        CoderCatalogue.Find(run.Coder, state().SettingsOf(task.Repository).Coders);

    private CoderRequest Request(FleetTask task, Run run, PreparedWorktree worktree) =>
        new(
            run.Id,
            Program: null,
            run.Model,
            RunBriefs.Text(home.Run(run.Id)),
            worktree.Path,
            Configuration(run),
            SessionOf(run.Id),
            run.Resume,
            run.Resume is null ? Usage.Unknown : task.Spent,
            CoderAccount.Server(Configuration(run)),
            home.Task(task.Id)
        );

    private string Configuration(Run run) => home.Coder(run.Coder);

    /// <summary>The same for the same run, so that a successor asks for no other.</summary>
    private Guid SessionOf(RunId run)
    {
        const int length = 16;
        return new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{HomeId.Of(home)} {run}")).AsSpan(0, length));
    }
}
