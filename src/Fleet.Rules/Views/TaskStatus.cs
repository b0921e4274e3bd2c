using System.Diagnostics;
using System.Globalization;
using Fleet.Rules.Attention;
using Fleet.Rules.Landing;
using Fleet.Rules.Repositories;
using Fleet.Rules.Runs;
using Fleet.Rules.Settings;
using Fleet.Rules.Spending;
using Fleet.Rules.Tasks;
using Fleet.Rules.Verification;

namespace Fleet.Rules.Views;

/// <summary>The states a person sees, in life-cycle order.</summary>
public enum TaskState
{
    Draft,
    Ready,
    Working,
    Proposed,
    Proven,
    Landing,
    Landed,
    Waiting,
    Abandoned,
}

/// <summary>Where a task stands, derived from its facts: never stored.</summary>
/// <param name="By">Who says so.</param>
/// <param name="For">What a waiting task waits for; also set where another state needs a person next.</param>
/// <param name="Why">One line for people; may be empty.</param>
public sealed record TaskStatus(TaskState State, Source By, WaitingFor? For = null, string Why = "")
{
    public static TaskStatus Of(FleetState state, FleetTask task, DateTimeOffset now) =>
        task switch
        {
            { Run: { IsLive: true, Stop: null, OpenAsk: { } ask } } => new TaskStatus(
                TaskState.Working,
                Source.Evidence,
                WaitingFor.Person,
                $"it asks whether it may use {ask.Tool}: {ask.Input} (fleet answer {task.Id} yes|no)"
            ),
            { HasOpenRun: true } => new TaskStatus(TaskState.Working, Source.Evidence, Why: Doing(task)),
            { Parked: { } parked } => new TaskStatus(TaskState.Waiting, SetAsideBy(task), parked.For, parked.Why),
            { Proposal: { } proposal } => OfProposal(state, task, proposal),
            _ => BeforeRun(state, task, now),
        };

    public static TaskStatus Of(FinishedTask task) =>
        task.End switch
        {
            TaskEnd.Landed => new TaskStatus(TaskState.Landed, Source.Evidence, Why: task.Commit?.Short ?? ""),
            TaskEnd.Abandoned => new TaskStatus(TaskState.Abandoned, Source.Person, Why: task.Why),
            _ => throw new UnreachableException(),
        };

    private static string Doing(FleetTask task) =>
        task.Run switch
        {
            { Exit: not null } => "saving its work",
            { Stop: { } stop } => $"stopping: {stop.Why}",
            { FrozenAt: not null } => "frozen",
            { Turn: not null } => "its turn has ended",
            { Worktree: null } => "preparing its worktree",
            { Process: null } => "starting",
            _ => "",
        };

    private static Source SetAsideBy(FleetTask task) =>
        task.Parked is { For: WaitingFor.Person, Why: var why }
        && why.StartsWith("stopped by", StringComparison.Ordinal)
            ? Source.Person
            : Source.Evidence;

    private static TaskStatus OfProposal(FleetState state, FleetTask task, Proposal proposal)
    {
        var repository = state.Repositories.GetValueOrDefault(task.Repository);
        if (repository is { Landing: { } landing } && landing == task.Id)
        {
            return new TaskStatus(TaskState.Landing, Source.Evidence, Why: "moving trunk");
        }

        return LandingPolicy.Of(state, task, proposal) switch
        {
            Permission.NeedsProof => repository is { IsTrusted: false }
                ? Untrusted(repository)
                : new TaskStatus(TaskState.Proposed, Source.Claim, Why: "gates run"),
            Permission.NeedsPerson => ToApprove(state, task, proposal),
            Permission.Granted => Queued(repository, proposal),
            _ => throw new UnreachableException(),
        };
    }

    private static TaskStatus ToApprove(FleetState state, FleetTask task, Proposal proposal) =>
        Proof.Of(task, proposal, state.SettingsOf(task.Repository).Gates) switch
        {
            Proof.Proven proven => new TaskStatus(
                TaskState.Proven,
                proven.By,
                WaitingFor.Person,
                $"fleet approve {task.Id}{Because(state, task, proposal)}"
            ),
            _ => new TaskStatus(
                TaskState.Waiting,
                Source.Claim,
                WaitingFor.Person,
                $"no gate on trunk can judge it: fleet approve {task.Id}"
            ),
        };

    /// <summary>Why nobody but a person takes the last step, where someone may have expected otherwise.</summary>
    private static string Because(FleetState state, FleetTask task, Proposal proposal) =>
        proposal.TouchesPolicy ? " (it changes .fleet/, which always needs a person)"
        : state.Home.Landing.Mode is LandingMode.Approve
        && state.Repositories.GetValueOrDefault(task.Repository)?.Settings?.Landing.Mode is LandingMode.Auto
            ? $" ({LandingSettings.AutoNeedsBoth})"
        : "";

    private static TaskStatus Queued(Repository? repository, Proposal proposal)
    {
        var by = proposal.IsApproved ? Source.Person : Source.Evidence;
        if (repository?.Halted is { } halted)
        {
            return new TaskStatus(TaskState.Waiting, Source.Evidence, WaitingFor.Person, $"landings halted: {halted}");
        }

        return proposal.Delay is { } delay
            ? new TaskStatus(TaskState.Waiting, Source.Evidence, WaitingFor.Landing, delay.Why)
            : new TaskStatus(TaskState.Proven, by, WaitingFor.Landing, "in the landing queue");
    }

    private static TaskStatus BeforeRun(FleetState state, FleetTask task, DateTimeOffset now)
    {
        var repository = state.Repositories.GetValueOrDefault(task.Repository);
        if (repository is { Unreadable: { } unreadable })
        {
            return new TaskStatus(TaskState.Waiting, Source.Evidence, WaitingFor.Person, unreadable);
        }

        return Dependencies.Of(task.Brief, state) switch
        {
            Dependencies.Standing.Broken => new TaskStatus(
                TaskState.Waiting,
                Source.Evidence,
                WaitingFor.Person,
                $"needs {Needs(task)}, and one of these was abandoned: fleet edit {task.Id} --needs …"
            ),
            Dependencies.Standing.Waiting => new TaskStatus(
                TaskState.Waiting,
                Source.Evidence,
                WaitingFor.Dependency,
                $"needs {Needs(task)}"
            ),
            Dependencies.Standing.Met => repository is { IsTrusted: false }
                ? Untrusted(repository)
                : Ready(state, task, now),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>What a budget keeps from starting is not ready; what waits for a time is looked at then.</summary>
    private static TaskStatus Ready(FleetState state, FleetTask task, DateTimeOffset now)
    {
        if (task.NotBefore is { } later && later > now)
        {
            return Ready(state, task);
        }

        _ = Books.Of(state, now).Reserve(task, out var shortage);
        return shortage is null
            ? Ready(state, task)
            : new TaskStatus(
                TaskState.Waiting,
                Source.Evidence,
                WaitingFor.Budget,
                ShortageWords.Of(state, task, shortage)
            );
    }

    private static TaskStatus Ready(FleetState state, FleetTask task) =>
        task switch
        {
            { Brief.IsCommand: false } when Unpaid(state, task) is { } waits => waits,
            { NotBefore: null } => new TaskStatus(TaskState.Ready, Source.Evidence),
            { NotBefore: { } at, Run.Turn.Error: ErrorClass.UsageLimit } => new TaskStatus(
                TaskState.Waiting,
                Source.Evidence,
                WaitingFor.Limit,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{task.Run.Coder}: {task.Run.Turn.Words}; goes on by itself at {at:yyyy-MM-dd HH:mm} UTC"
                )
            ),
            _ => new TaskStatus(TaskState.Ready, Source.Evidence, Why: Again(task)),
        };

    /// <summary>None while some account can pay for it.</summary>
    private static TaskStatus? Unpaid(FleetState state, FleetTask task)
    {
        var accounts = state.PoolOf(task.Brief.Coder).For(task);
        if (accounts.Any(account => account.IsFree))
        {
            return null;
        }

        var resting = accounts.Where(account => account.Refused is null).MinBy(account => account.Hold?.Until);
        return resting is { Hold: { } hold }
            ? new TaskStatus(
                TaskState.Waiting,
                Source.Evidence,
                WaitingFor.Limit,
                $"account {resting.Id}: {hold.Why}; goes on by itself at {UsageWords.Time(hold.Until)}"
            )
            : new TaskStatus(
                TaskState.Waiting,
                Source.Evidence,
                WaitingFor.Person,
                $"account {accounts[0].Id}: {accounts[0].Refused}; then: fleet accounts resume {accounts[0].Id}"
            );
    }

    private static string Needs(FleetTask task) => string.Join(", ", task.Brief.Needs);

    private static string Again(FleetTask task) => $"again soon, after: {task.LastSetback}";

    private static TaskStatus Untrusted(Repository repository) =>
        new(
            TaskState.Waiting,
            Source.Evidence,
            WaitingFor.Person,
            $"the commands of {repository.Name} are not trusted yet: fleet trust"
        );
}
