using Fleet.Rules.Runs;
using Fleet.Rules.Tasks;
using Fleet.Rules.Verification;

namespace Fleet.Rules;

/// <summary>What each event changes in the task that it is about; a part of <see cref="Evolve"/>.</summary>
internal static class TaskChanges
{
    public static FleetTask Of(FleetTask task, Event.OfTask e, Fact fact) =>
        e switch
        {
            Event.TaskEdited edited => task with { Brief = edited.Brief, BriefSeq = fact.Seq, PlanApproved = null },
            Event.PlanApproved approved => task with
            {
                Parked = null,
                PlanProposed = null,
                PlanApproved = approved.Plan,
                LastSetback = null,
            },
            Event.PlanRejected rejected => task with { Parked = null, PlanProposed = null, LastSetback = rejected.Why },
            Event.TaskParked parked => task with
            {
                Parked = new Parked(parked.For, parked.Why),
                Proposal = task.Proposal is { } p ? p with { MoveAsked = null } : null,
            },
            // A person wants another attempt, not more of the last one.
            Event.TaskRetried => task with
            {
                Run = task.Run is { } last
                    ? last with
                    {
                        Session = null,
                        Account = null,
                        Stop = null,
                        Turn = null,
                    }
                    : null,
                Parked = null,
                PlanProposed = null,
                Proposal = null,
                ContinueFrom = null,
                Unproposed = null,
                UnproposedBase = null,
                CrashesInARow = 0,
                Loops = 0,
                Refusals = 0,
                NotBefore = null,
            },
            Event.CandidateBuilt built => task with
            {
                Candidates = built.Candidate.Number,
                Proposal = task.Proposal is { } p ? p with { Candidate = built.Candidate } : null,
            },
            Event.TaskTold told => task with { Told = task.Told.Add(new Told(fact.Seq, fact.Who.Name, told.Words)) },
            Event.AbandonAsked asked => task with { AbandonAsked = asked.Why },
            Event.ProposalRefuted refuted => Refuted(task, refuted),
            Event.ProposalApproved approved => task with
            {
                Parked = null,
                Proposal = task.Proposal is { } p ? Approved(p, approved, fact) : null,
            },
            _ => task.Proposal is { } proposal ? task with { Proposal = OfProposal(proposal, e, fact) } : task,
        };

    public static FleetTask FreezeAsked(FleetTask task) =>
        task.Run is { IsLive: true } run ? task with { Run = run with { MayBeFrozen = true } } : task;

    public static FleetTask Of(FleetTask task, Event.OfRun e, Fact fact) =>
        e switch
        {
            Event.RunStarted s => task with
            {
                Run = new Run(s.Run, s.Coder, s.Agent, s.Model, fact.At)
                {
                    From = s.From,
                    Resume = s.Resume,
                    Reserved = s.Reserved,
                    Account = s.Account,
                    Seq = fact.Seq,
                },
                NotBefore = null,
                Told = Tellings.GivenTo(s.Run, task),
            },
            Event.ContextGiven given => task with { Given = given.Context.Parts },
            // Whatever else it did is kept, and never proposed: no later run goes on from it.
            Event.PlanProposed planned => task with
            {
                PlanProposed = planned.Plan,
                Unproposed = null,
                UnproposedBase = null,
                TouchedPolicy = false,
            },
            Event.RunFailed failed => Failed(task, failed),
            Event.WordsHeard heard => task with
            {
                Told = [.. task.Told.Select(told => told.Seq == heard.Told ? told with { Heard = heard.Run } : told)],
            },
            Event.WorkSaved saved when task.Run is { } run && run.Id == saved.Run => Saved(task, run, saved.Work),
            // A number is left out, so that the one asked for last time cannot be taken for this proposal's first.
            Event.ProposalMade made => task with
            {
                Candidates = task.Candidates + 1,
                CrashesInARow = 0,
                Unproposed = null,
                UnproposedBase = null,
                Loops = 0,
                Proposal = new Proposal(
                    made.Run,
                    made.Commit,
                    made.Base,
                    made.TouchesPolicy,
                    made.CheckoutChanges,
                    fact.Seq
                ),
            },
            Event.RunExited x when task.Run is { } run && run.Id == e.Run => task with
            {
                Run = OfRun(run, x, fact),
                RanFor = task.RanFor + TimeOf(run, fact.At),
            },
            _ => task.Run is { } run && run.Id == e.Run ? task with { Run = OfRun(run, e, fact) } : task,
        };

    /// <param name="list">The money by list price, where the coder told no cost.</param>
    public static FleetTask Spent(FleetTask task, Event.UsageSpent e, decimal? list) =>
        task with
        {
            Spent = task.Spent + e.Spent,
            IsSpentEstimated = task.IsSpentEstimated || !e.IsExact,
            ListPrice = list is null ? task.ListPrice : (task.ListPrice ?? 0) + list,
            Run =
                task.Run is { } run && run.Id == e.Run
                    ? run with
                    {
                        Spent = run.Spent + e.Spent,
                        ListPrice = list is null ? run.ListPrice : (run.ListPrice ?? 0) + list,
                    }
                    : task.Run,
        };

    private static TimeSpan TimeOf(Run run, DateTimeOffset end)
    {
        var frozen = run.FrozenFor + (run.FrozenAt is { } at ? end - at : TimeSpan.Zero);
        var alive = run.SpawnedAt is { } began ? end - began - frozen : TimeSpan.Zero;
        return alive > TimeSpan.Zero ? alive : TimeSpan.Zero;
    }

    private static FleetTask Saved(FleetTask task, Run run, SavedWork work)
    {
        var goesOn = task.GoesOnFromUnproposed;
        return task with
        {
            Run = run with { Saved = work },
            Unproposed = work.Proposal ?? (goesOn ? task.Unproposed : null),
            UnproposedBase = (goesOn ? task.UnproposedBase : null) ?? run.Worktree?.Base,
            TouchedPolicy = work.TouchesPolicy || (goesOn && task.TouchedPolicy),
        };
    }

    private static Run OfRun(Run run, Event.OfRun e, Fact fact) =>
        e switch
        {
            Event.WorktreePrepared p => run with { Worktree = new PreparedWorktree(p.Path, p.Base, p.Branch) },
            Event.RunSpawned s => run with { Process = s.Process, SpawnedAt = fact.At },
            Event.SessionBegan s => run with { Session = s.Session, ToldModel = s.Model ?? run.ToldModel },
            Event.PermissionAsked a => Asking.Opened(run, a, fact.At),
            Event.PermissionAnswered { Request: { } request } a => Asking.Closed(
                run with
                {
                    Answered = request,
                },
                a,
                fact.At
            ),
            Event.TurnEnded t => run with { Turn = t.Turn },
            Event.RunStopAsked s => run with { Stop = new StopAsked(s.Reason, s.Why, fact.At, s.Of) },
            Event.RunFrozen => run with { FrozenAt = fact.At, MayBeFrozen = true },
            Event.RunThawed => run with
            {
                FrozenAt = null,
                MayBeFrozen = false,
                FrozenFor = run.FrozenFor + (run.FrozenAt is { } at ? fact.At - at : TimeSpan.Zero),
            },
            Event.RunExited x => run with { Exit = x.Exit, ExitedAt = fact.At, FrozenAt = null },
            _ => run,
        };

    private static Proposal OfProposal(Proposal proposal, Event.OfTask e, Fact fact) =>
        e switch
        {
            Event.CandidateOutdated => proposal with
            {
                Candidate = null,
                Outdated = proposal.Candidate,
                MoveAsked = null,
            },
            Event.VerdictGiven given => proposal with { Verdicts = proposal.Verdicts.Add(given.Verdict) },
            Event.ProposalProven => proposal with { ProvenSeq = fact.Seq },
            Event.LandingHurried => proposal with { Hurried = true, Delay = null },
            Event.LandingStarted => proposal with { Delay = null },
            Event.TrunkMoveAsked asked => proposal with { MoveAsked = asked.Number },
            // The next try has a candidate, and so a number, of its own: a late answer to this one cannot end it.
            Event.LandingDeferred d => proposal with
            {
                Candidate = null,
                MoveAsked = null,
                Delay = new LandingDelay(d.Why, d.Until, (proposal.Delay?.Times ?? 0) + 1),
            },
            _ => proposal,
        };

    /// <summary>An approval also asks gates again that could not answer before.</summary>
    private static Proposal Approved(Proposal proposal, Event.ProposalApproved e, Fact fact) =>
        proposal with
        {
            Approval = new Approval(e.Commit, fact.Who.Name, fact.Seq),
            Verdicts = proposal.Verdicts.RemoveAll(v => v.Verdict is Verdict.Undecided),
        };

    private static FleetTask Failed(FleetTask task, Event.RunFailed e)
    {
        var crash =
            e.Kind
            is not (
                FailureKind.Stopped
                or FailureKind.Empty
                or FailureKind.Limit
                or FailureKind.Budget
                or FailureKind.Account
                or FailureKind.Told
                or FailureKind.Looping
            );
        return task with
        {
            CrashesInARow = crash ? task.CrashesInARow + 1 : task.CrashesInARow,
            Loops = e.Kind is FailureKind.Looping ? task.Loops + 1 : task.Loops,
            NotBefore = e.RetryAt,
            LastSetback = e.Kind is FailureKind.Told ? task.LastSetback : e.Why,
            Run =
                task.Run is { } run && run.Id == e.Run && !run.IsSaved
                    ? run with
                    {
                        Exit = run.Exit ?? new RunExit(null, null, Lost: true),
                        Saved = new SavedWork(null, null, false, false, [], []),
                    }
                    : task.Run,
        };
    }

    private static FleetTask Refuted(FleetTask task, Event.ProposalRefuted e) =>
        task with
        {
            Refusals = task.Refusals + 1,
            ContinueFrom = e.RetryAt is null ? null : e.Commit,
            NotBefore = e.RetryAt,
            LastSetback = string.Join("; ", e.Findings.Select(f => $"{f.By}: {f.Why}")),
            Proposal = e.RetryAt is null && task.Proposal is { } p ? p with { IsRefuted = true } : null,
        };
}
