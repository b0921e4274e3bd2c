using Fleet.Rules;
using Fleet.Rules.Attention;
using Fleet.Rules.Runs;
using Fleet.Rules.Settings;
using Fleet.Rules.Spending;
using Fleet.Rules.Tasks;

namespace Fleet.Simulation.Checks;

/// <summary>One task as the checks see it: plain facts, kept without the rules.</summary>
internal sealed class TaskLines(TaskId id, RepositoryName repository, Brief brief)
{
    public TaskId Id { get; } = id;
    public RepositoryName Repository { get; } = repository;
    public Brief Brief { get; set; } = brief;
    public int Runs { get; set; }
    public Dictionary<int, RunLines> ByNumber { get; } = [];
    public Event.ProposalMade? Proposal { get; set; }
    public HashSet<Commit> ApprovedByPerson { get; } = [];
    public bool Parked { get; set; }
    public bool AbandonAsked { get; set; }
    public bool Ended { get; set; }
    public bool Landed { get; set; }
    public DateTimeOffset? NotBefore { get; set; }

    /// <summary>Failures in a row, and refusals, since a person last asked for another attempt.</summary>
    public int Failures { get; set; }
    public int Refusals { get; set; }
    public bool Refuted { get; set; }

    /// <summary>Tokens that its runs told of.</summary>
    public long Tokens { get; set; }
    public RunLines? Newest => ByNumber.GetValueOrDefault(Runs);
}

/// <summary>One run as the checks see it.</summary>
internal sealed class RunLines(RunId id)
{
    public RunId Id { get; } = id;
    public long? Reserved { get; init; }
    public long Tokens { get; set; }
    public DateTimeOffset? SpawnedAt { get; set; }
    public DateTimeOffset? FrozenAt { get; set; }
    public TimeSpan FrozenFor { get; set; }
    public Event.RunStopAsked? Stop { get; set; }
    public bool SaidDone { get; set; }
    public RunExit? Exit { get; set; }
    public SavedWork? Saved { get; set; }
    public bool Failed { get; set; }
    public bool IsLive => Exit is null && !Failed;
}

/// <summary>A record of what the log says, made by other code than the rules.</summary>
internal sealed class Ledger
{
    public long Seq { get; private set; }
    public SortedDictionary<TaskId, TaskLines> Tasks { get; } = [];
    public HomeSettings Home { get; private set; } = new();
    public Epoch Epoch { get; private set; }
    public PauseKind? Paused { get; private set; }
    public bool Draining { get; private set; }
    public Dictionary<RepositoryName, TaskId> Landing { get; } = [];
    public HashSet<TaskId> Unchecked { get; } = [];
    public HashSet<RepositoryName> Halted { get; } = [];
    public Dictionary<RepositoryName, string> Trusted { get; } = [];

    /// <summary>The newest day on which tokens were spent, and how many.</summary>
    public DateOnly Day { get; private set; }
    public long TokensOfDay { get; private set; }

    public IEnumerable<RunLines> Live => Tasks.Values.SelectMany(t => t.ByNumber.Values).Where(r => r.IsLive);

    public void Add(Fact fact)
    {
        Seq = fact.Seq;
        if (fact.Event is Event.UsageSpent spent)
        {
            Spent(spent.Spent.Tokens ?? 0, DaySpent.DayOf(fact.At));
        }

        switch (fact.Event)
        {
            case Event.TaskAdded e:
                Tasks.Add(e.Id, new TaskLines(e.Id, e.Repository, e.Brief));
                break;
            case Event.OfTask e:
                OfTask(Tasks[e.Id], e, fact);
                break;
            case Event.RunStarted e:
                Started(Tasks[e.Run.Task], e);
                break;
            case Event.OfRun e:
                OfRun(Tasks[e.Run.Task], Tasks[e.Run.Task].ByNumber[e.Run.Number], e, fact);
                break;
            case Event e:
                OfHome(e);
                break;
        }
    }

    private void Spent(long tokens, DateOnly day)
    {
        TokensOfDay = day > Day ? tokens : TokensOfDay + tokens;
        Day = day > Day ? day : Day;
    }

    private void OfHome(Event e)
    {
        switch (e)
        {
            case Event.EpochBegan began:
                Epoch = began.Epoch;
                Draining = false;
                break;
            case Event.HomeSettingsChanged changed:
                Home = changed.Settings;
                break;
            case Event.FleetPaused paused:
                Paused = paused.Kind;
                break;
            case Event.FleetResumed:
                Paused = null;
                Draining = false;
                break;
            case Event.DrainAsked:
                Draining = true;
                break;
            case Event.RepositoryHalted halted:
                Halted.Add(halted.Repository);
                break;
            case Event.RepositoryResumed resumed:
                Halted.Remove(resumed.Repository);
                break;
            case Event.CommandsTrusted trusted:
                Trusted[trusted.Repository] = trusted.CommandsHash;
                break;
        }
    }

    /// <summary>What burns no try.</summary>
    private static bool IsNone(FailureKind kind) =>
        kind
            is FailureKind.Stopped
                or FailureKind.Empty
                or FailureKind.Limit
                or FailureKind.Budget
                or FailureKind.Account
                or FailureKind.Told
                or FailureKind.Looping;

    private void OfTask(TaskLines task, Event.OfTask e, Fact fact)
    {
        switch (e)
        {
            case Event.TaskEdited edited:
                task.Brief = edited.Brief;
                break;
            case Event.TaskParked:
                task.Parked = true;
                Landing.Remove(task.Repository, task.Id);
                break;
            case Event.TaskRetried:
                task.Parked = false;
                task.Proposal = null;
                (task.Failures, task.Refusals, task.NotBefore) = (0, 0, null);
                Landing.Remove(task.Repository, task.Id);
                break;
            case Event.AbandonAsked:
                task.AbandonAsked = true;
                break;
            case Event.TaskAbandoned:
                task.Ended = true;
                Landing.Remove(task.Repository, task.Id);
                break;
            case Event.ProposalRefuted refuted:
                task.Refusals++;
                task.Refuted = true;
                task.NotBefore = refuted.RetryAt;
                task.Proposal = refuted.RetryAt is null ? task.Proposal : null;
                Landing.Remove(task.Repository, task.Id);
                break;
            case Event.ProposalApproved approved:
                task.Parked = false;
                _ = fact.Who.Kind is ActorKind.Human && task.ApprovedByPerson.Add(approved.Commit);
                break;
            case Event.LandingStarted:
                Landing[task.Repository] = task.Id;
                break;
            case Event.LandingDeferred:
                Landing.Remove(task.Repository, task.Id);
                break;
            case Event.Landed:
                (task.Ended, task.Landed) = (true, true);
                Unchecked.Add(task.Id);
                Landing.Remove(task.Repository, task.Id);
                break;
            case Event.LandingChecked:
                Unchecked.Remove(task.Id);
                break;
        }
    }

    private static void Started(TaskLines task, Event.RunStarted e)
    {
        task.Runs = e.Run.Number;
        task.NotBefore = null;
        task.ByNumber[e.Run.Number] = new RunLines(e.Run) { Reserved = e.Reserved?.Tokens };
    }

    private static void OfRun(TaskLines task, RunLines run, Event.OfRun e, Fact fact)
    {
        switch (e)
        {
            case Event.RunSpawned:
                run.SpawnedAt = fact.At;
                break;
            case Event.RunStopAsked stop:
                run.Stop = stop;
                break;
            case Event.RunFrozen:
                run.FrozenAt = fact.At;
                break;
            case Event.RunThawed:
                run.FrozenFor += fact.At - (run.FrozenAt ?? fact.At);
                run.FrozenAt = null;
                break;
            case Event.UsageSpent spent:
                run.Tokens += spent.Spent.Tokens ?? 0;
                task.Tokens += spent.Spent.Tokens ?? 0;
                break;
            case Event.TurnEnded ended:
                run.SaidDone = ended.Turn.Result is TurnResult.Done;
                break;
            case Event.RunExited exited:
                run.Exit = exited.Exit;
                break;
            case Event.WorkSaved saved:
                run.Saved = saved.Work;
                break;
            case Event.RunFailed failed:
                run.Failed = true;
                task.NotBefore = failed.RetryAt;
                task.Failures += IsNone(failed.Kind) ? 0 : 1;
                break;
            case Event.ProposalMade made:
                task.Proposal = made;
                task.Refuted = false;
                task.Failures = 0;
                break;
        }
    }
}

internal static class LandingLines
{
    public static void Remove(this Dictionary<RepositoryName, TaskId> landing, RepositoryName name, TaskId id)
    {
        if (landing.GetValueOrDefault(name) == id)
        {
            landing.Remove(name);
        }
    }
}
