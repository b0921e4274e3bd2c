using System.Diagnostics;
using Fleet.Rules.Attention;
using Fleet.Rules.Runs;
using Fleet.Rules.Settings;
using Fleet.Rules.Spending;

namespace Fleet.Rules.Views;

/// <summary>Each event in one line of plain words.</summary>
public static class EventWords
{
    private const int MostNamed = 3;

    public static string Of(Event e) =>
        e switch
        {
            Event.OfTask about => OfTask(about),
            Event.OfRun about => OfRun(about),
            Event.OfRepository about => OfRepository(about),
            Event.OfAccount about => OfAccount(about),
            Event.EpochBegan x => $"daemon {x.Holder} took charge, epoch {x.Epoch}",
            Event.HomeSettingsChanged x => $"the home's settings changed: {x.Origin}",
            Event.FleetPaused { Kind: PauseKind.Freeze } x => $"everything stands still: {x.Why}",
            Event.FleetPaused x => $"nothing new starts: {x.Why}",
            Event.FleetResumed => "resumed",
            Event.DrainAsked x => x.Now ? "going down now" : "going down once the runs have ended",
            Event.BodyRedacted x => $"the texts of event {x.Seq} were removed: {x.Why}",
            _ => throw new UnreachableException(),
        };

    private static string OfRepository(Event.OfRepository e) =>
        e switch
        {
            Event.RepositoryAdded x => $"{x.Repository} added: {x.Root}, trunk {x.Trunk}",
            Event.RepositorySettingsChanged x => $"{x.Repository} has new settings at {x.At.Short}",
            Event.TrunkSeen x => $"trunk of {x.Repository} is at {x.Head.Short}",
            Event.RepositoryUnreadable x => $"{x.Repository} cannot be read: {x.Why}",
            Event.CommandsTrusted x => $"the commands of {x.Repository} are trusted",
            Event.RepositoryHalted x => $"landings on {x.Repository} halted: {x.Why}",
            Event.RepositoryResumed x => $"landings on {x.Repository} go on",
            Event.RepositoryForgotten x => $"{x.Repository} forgotten",
            Event.PauseFileChanged { Name: null } x => $"pause file of {x.Repository} removed",
            Event.PauseFileChanged x => $"pause file {x.Name} of {x.Repository} made",
            _ => throw new UnreachableException(),
        };

    private static string OfAccount(Event.OfAccount e) =>
        e switch
        {
            Event.AccountLimited x => $"account {x.Account} rests until {UsageWords.Time(x.Until)}: {x.Why}",
            Event.AccountRefused x => $"account {x.Account} needs a person: {x.Why}",
            Event.AccountResumed x => $"account {x.Account} is free again",
            Event.AccountWindowsSeen x =>
                $"account {x.Account} used {string.Join(", ", x.Windows.Take(MostNamed).Select(UsageWords.Of))}",
            _ => throw new UnreachableException(),
        };

    private static string OfTask(Event.OfTask e) =>
        e switch
        {
            Event.TaskAdded x => $"added: {x.Brief.Title}",
            Event.TaskEdited x => $"edited: {x.Brief.Title}",
            Event.TaskParked x => $"waits for {Word(x.For)}: {x.Why}",
            Event.TaskRetried => "to be tried again",
            Event.TaskTold x => $"told: {x.Words}",
            Event.PlanApproved => "its plan is approved",
            Event.PlanRejected x => $"its plan is rejected: {x.Why}",
            Event.AbandonAsked x => $"to be given up: {x.Why}",
            Event.TaskAbandoned x => $"abandoned: {x.Why}",
            Event.CandidateBuilt x => $"candidate {x.Candidate.Number}: merged with trunk {x.Candidate.Trunk.Short}",
            Event.CandidateOutdated x => $"candidate {x.Number} is outdated: trunk moved",
            Event.VerdictGiven x => $"gate {x.Verdict.Gate}: {Verdict(VerdictStory.Of(x.Verdict))}",
            Event.ProposalProven x => $"proven: {x.Commit.Short}",
            Event.ProposalRefuted x =>
                $"refused: {string.Join("; ", x.Findings.Take(MostNamed).Select(f => $"{f.By}: {f.Why}"))}",
            Event.ProposalApproved x => $"approved: {x.Commit.Short}",
            Event.LandingHurried => "moved to the front of the landing queue",
            Event.LandingStarted x => $"landing on {x.Repository} began",
            Event.TrunkMoveAsked x => $"trunk is asked to move to candidate {x.Number}",
            Event.LandingDeferred x => $"landing waits: {x.Why}",
            Event.Landed x => $"landed: {x.Commit.Short}",
            Event.LandingChecked x => $"found on trunk as gated: {x.Commit.Short}",
            _ => throw new UnreachableException(),
        };

    private static string Payer(Event.RunStarted x) => x.Account is { } account ? $"{x.Coder}/{account}" : x.Coder;

    private static string OfRun(Event.OfRun e) =>
        e switch
        {
            Event.RunStarted { Reserved: { } most } x => $"run {x.Run} starts ({Payer(x)}), and may spend {Of(most)}",
            Event.RunStarted x => $"run {x.Run} starts ({Payer(x)})",
            Event.WorktreePrepared x => $"run {x.Run} has its worktree, from {x.Base.Short}",
            Event.RunSpawned x => $"run {x.Run} is process {x.Process.Pid}",
            Event.ContextGiven x => $"run {x.Run} was given {string.Join(", ", x.Context.Parts.Select(p => p.Name))}",
            Event.SessionBegan x => $"run {x.Run} is session {x.Session}",
            Event.PermissionAsked x => $"run {x.Run} asks whether it may use {x.Tool}: {x.Input}",
            Event.PermissionAnswered x => $"run {x.Run} {(x.Allowed ? "may" : "may not")} use {x.Tool}: {x.By}",
            Event.WordsHeard x => $"run {x.Run} heard what was said in event {x.Told}",
            Event.UsageSpent x => $"run {x.Run} spent {UsageWords.Of(x.Spent)}{(x.IsExact ? "" : ", estimated")}",
            Event.TurnEnded x => $"run {x.Run} ended its turn: {UsageWords.Of(x.Turn)}",
            Event.RunStopAsked x => $"run {x.Run} is to stop: {x.Why}",
            Event.RunFrozen x => $"run {x.Run} stands still",
            Event.RunThawed x => $"run {x.Run} goes on",
            Event.RunExited { By: { } by } x => $"run {x.Run} ended: {x.Exit}, {Word(by)}",
            Event.RunExited x => $"run {x.Run} ended: {x.Exit}",
            Event.WorkSaved { Work.Kept: { } kept } x => $"work of run {x.Run} kept as {kept.Short}",
            Event.WorkSaved x => $"run {x.Run} left no work to keep",
            Event.RunFailed x => $"run {x.Run} failed: {x.Why}",
            Event.PlanProposed x => $"run {x.Run} proposes a plan",
            Event.WorktreeRemoved x => $"worktree of run {x.Run} removed",
            Event.ProposalMade x => $"run {x.Run} proposes {x.Commit.Short}",
            _ => throw new UnreachableException(),
        };

    private static string Of(Budget budget) =>
        string.Join(
            ", ",
            from measure in Enum.GetValues<Measure>()
            let limit = budget.Of(measure)
            where limit is not null
            select BudgetText.Of(measure, limit.Value)
        );

    private static string Verdict(VerdictStory verdict) =>
        verdict.Why.Length == 0 ? verdict.Answer : $"{verdict.Answer}: {verdict.Why}";

    private static string Word(WaitingFor waitingFor) => waitingFor.ToString().ToLowerInvariant();

    private static string Word(StopStep by) =>
        by switch
        {
            StopStep.Interrupted => "after its coder was interrupted",
            StopStep.Asked => "after it was asked to end",
            StopStep.Terminated => "after SIGTERM",
            StopStep.Killed => "after SIGKILL",
            _ => throw new UnreachableException(),
        };
}
