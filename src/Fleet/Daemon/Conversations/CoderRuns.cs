using System.Collections.Concurrent;
using System.Collections.Immutable;
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
using Fleet.Rules.Views;

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
    public CoderLaunch? Launch(FleetTask task, Run run, PreparedWorktree worktree)
    {
        if (Find(task, run) is not { } coder)
        {
            return null;
        }

        var request = Request(task, run, worktree);
        var own = Own(task).FirstOrDefault(own => string.Equals(own.Name, run.Coder, StringComparison.Ordinal));
        new CoderFile(run.Coder, run.Model, run.Resume, request.Before, own).Write(home.Run(run.Id));
        return coder.Launch(request);
    }

    /// <summary>Why nobody pays for a run that is about to start: its key may have been refused just now.</summary>
    public string? Trouble(Run run)
    {
        var account = AccountOf(run);
        return account.Trouble ?? state().Accounts.GetValueOrDefault(account.Id)?.Refused;
    }

    /// <summary>Who pays for a run, as its files and variables are now; nothing of them is ever in the log.</summary>
    public CoderAccount AccountOf(Run run)
    {
        var id = run.PaidBy ?? new AccountId(run.Coder, Account.Default);
        var settings = state().Home.Accounts.FirstOrDefault(entry => entry.Coder == id.Coder && entry.Name == id.Name);
        return CoderAccount.Of(home, id, settings, Environment.GetEnvironmentVariable);
    }

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

    /// <summary>
    /// Tells the coder of a live run something. It waits until that was heard or is no longer wanted; false where no
    /// conversation goes on.
    /// </summary>
    public async Task<bool> Tell(RunId run, Told told, CancellationToken stop)
    {
        if (!open.TryGetValue(run, out var begun))
        {
            return false;
        }

        begun.Conversation.Tell(told);
        try
        {
            // What it heard is told as a fact: then this is no longer owed.
            await Task.Delay(Timeout.Infinite, stop);
            return true;
        }
        finally
        {
            begun.Conversation.Forget(told.Seq);
        }
    }

    /// <summary>Lets the coder end its turn by its own protocol; false where it did not.</summary>
    public Task<bool> Interrupt(RunId run, TimeSpan patience, CancellationToken stop) =>
        open.TryGetValue(run, out var live) ? live.Conversation.Interrupt(patience, stop) : Task.FromResult(false);

    public LiveFigures? Figures(RunId run) => open.TryGetValue(run, out var live) ? live.Conversation.Figures : null;

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

    private ImmutableArray<CoderSettings> Own(FleetTask task) => state().SettingsOf(task.Repository).Coders;

    private CoderRequest Request(FleetTask task, Run run, PreparedWorktree worktree)
    {
        var account = AccountOf(run);
        return new CoderRequest(
            run.Id,
            Program: null,
            run.Model,
            RunBriefs.Text(home.Run(run.Id)),
            worktree.Path,
            account.Directory,
            SessionOf(run.Id),
            run.Resume,
            run.Resume is null ? Usage.Unknown : task.Spent,
            account.Server,
            run.Reserved?.Usd,
            home.Task(task.Id)
        );
    }

    /// <summary>The same for the same run, so that a successor asks for no other.</summary>
    private Guid SessionOf(RunId run)
    {
        const int length = 16;
        return new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{HomeId.Of(home)} {run}")).AsSpan(0, length));
    }
}
