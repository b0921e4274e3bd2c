using System.Collections.Immutable;
using Fleet.Rules.Runs;
using Fleet.Rules.Settings;
using Fleet.Rules.Tasks;
using Fleet.Rules.Verification;

namespace Fleet.Rules;

/// <summary>What stays of an event whose texts are removed: what the state is made of, and no prose.</summary>
/// <remarks>
/// Ids, commits, hashes, counts, times and the names of agents, coders, models and gates stay, so that the fold gives
/// the same state but for the texts. What the fleet still acts by is refused: nobody works by a mark.
/// </remarks>
public static class Redaction
{
    /// <summary>Stands where a text was.</summary>
    public const string Mark = "[redacted]";

    /// <summary>Why this event must stay as it is for now; none when it may be redacted.</summary>
    public static Decision? Refusal(FleetState state, long seq)
    {
        if (state.HomeSeq == seq)
        {
            return No($"the home's settings of event {seq} are in force", "fleet config set");
        }

        foreach (var repository in state.Repositories.Values)
        {
            if (repository.SettingsSeq == seq)
            {
                return No($"the settings of {repository.Name} are those of event {seq}", "fleet config show --origin");
            }

            if (repository.AddedSeq == seq)
            {
                return No($"event {seq} says where {repository.Name} is", $"fleet forget {repository.Name}");
            }
        }

        if (state.Tasks.Values.FirstOrDefault(task => task.BriefSeq == seq && IsNeeded(task)) is { } open)
        {
            return No($"task {open.Id} is open and works by event {seq}", $"fleet edit {open.Id}");
        }

        if (state.Tasks.Values.FirstOrDefault(task => Waits(task, seq)) is { } told)
        {
            return No($"task {told.Id} has not heard yet what event {seq} says", $"fleet task {told.Id}");
        }

        return state.Worktrees.FirstOrDefault(worktree => worktree.Value.Seq == seq) is { Value: not null } kept
            ? No($"the worktree of run {kept.Key} still exists", $"fleet task {kept.Key.Task}")
            : null;
    }

    /// <summary>What is given up and has no run any more goes by no brief.</summary>
    private static bool IsNeeded(FleetTask task) => task.HasOpenRun || task.AbandonAsked is null;

    private static bool Waits(FleetTask task, long seq) =>
        IsNeeded(task) && task.Told.Any(told => told.Seq == seq && told.Heard is null);

    /// <summary>The event without its texts.</summary>
    public static Event Of(Event e) =>
        e switch
        {
            Event.OfTask about => OfTask(about),
            Event.OfRun about => OfRun(about),
            Event.OfRepository about => OfRepository(about),
            Event.AccountLimited x => x with { Why = Mark },
            Event.AccountRefused x => x with { Why = Mark },
            Event.HomeSettingsChanged x => x with
            {
                Settings = new HomeSettings(Prices: x.Settings.Prices),
                Origin = Mark,
            },
            Event.FleetPaused x => x with { Why = Mark },
            Event.BodyRedacted x => x with { Why = Mark },
            _ => e,
        };

    private static Event.OfRepository OfRepository(Event.OfRepository e) =>
        e switch
        {
            Event.RepositoryAdded x => x with { Root = Mark, Trunk = Mark, Remote = Mark },
            Event.RepositorySettingsChanged x => x with { Settings = new RepositorySettings() },
            Event.RepositoryUnreadable x => x with { Why = Mark },
            Event.RepositoryHalted x => x with { Why = Mark },
            _ => e,
        };

    private static Event.OfTask OfTask(Event.OfTask e) =>
        e switch
        {
            Event.TaskAdded x => x with { Brief = Of(x.Brief) },
            Event.TaskEdited x => x with { Brief = Of(x.Brief) },
            Event.TaskParked x => x with { Why = Mark },
            Event.TaskTold x => x with { Words = Mark },
            Event.PlanRejected x => x with { Why = Mark },
            Event.AbandonAsked x => x with { Why = Mark },
            Event.TaskAbandoned x => x with { Why = Mark },
            Event.VerdictGiven x => x with { Verdict = Of(x.Verdict) },
            Event.ProposalRefuted x => x with { Findings = Of(x.Findings) },
            Event.LandingDeferred x => x with { Why = Mark },
            _ => e,
        };

    private static Event.OfRun OfRun(Event.OfRun e) =>
        e switch
        {
            Event.WorktreePrepared x => x with { Path = Mark, Branch = Mark },
            Event.PermissionAsked x => x with { Input = Mark },
            Event.PermissionAnswered x => x with { Input = Mark },
            Event.TurnEnded x => x with { Turn = x.Turn with { Words = Mark } },
            Event.RunStopAsked x => x with { Why = Mark },
            Event.RunFailed x => x with { Why = Mark },
            Event.ProposalMade x => x with { CheckoutChanges = Marks(x.CheckoutChanges) },
            Event.WorkSaved x => x with { Work = Of(x.Work) },
            _ => e,
        };

    private static Brief Of(Brief brief) =>
        brief with
        {
            Title = Mark,
            Text = Mark,
            Directory = Mark,
            Command = Marks(brief.Command),
            Labels = Marks(brief.Labels),
        };

    private static SavedWork Of(SavedWork work) =>
        work with
        {
            ChangedPaths = Marks(work.ChangedPaths),
            CheckoutChanges = Marks(work.CheckoutChanges),
            LastWords = Mark,
        };

    private static GivenVerdict Of(GivenVerdict given) =>
        given with
        {
            Verdict = given.Verdict switch
            {
                Verdict.Refuted refuted => new Verdict.Refuted(Of(refuted.Findings)),
                Verdict.Undecided => new Verdict.Undecided(Mark),
                var upheld => upheld,
            },
        };

    private static ImmutableArray<Finding> Of(ImmutableArray<Finding> findings) =>
        [.. findings.Select(finding => finding with { Why = Mark, File = finding.File is null ? null : Mark })];

    private static ImmutableArray<string> Marks(ImmutableArray<string> texts) =>
        texts.IsDefaultOrEmpty ? texts : [.. texts.Select(_ => Mark)];

    private static Decision No(string why, string hint) => Decision.Refuse(Answer.Refused, why, hint);
}
