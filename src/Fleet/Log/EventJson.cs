using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Fleet.Rules;
using Fleet.Rules.Settings;
using Fleet.Rules.Verification;

namespace Fleet.Log;

/// <summary>
/// Events to bodies and back. A stored body is never rewritten: older forms are read by defaults and upcasts.
/// </summary>
internal static class EventJson
{
    private static readonly Dictionary<string, JsonTypeInfo> ByKind = Table();

    /// <summary>Canonical JSON of an event; its kind is stored beside it.</summary>
    public static string Body(Event e)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(e, ByKind[EventKinds.Of(e)]);
        return CanonicalJson.Of(bytes);
    }

    /// <summary>
    /// The event of a stored row; a redacted one, or one of a kind that only a newer Fleet knows, gives none.
    /// </summary>
    /// <exception cref="JsonException">The body does not fit its kind: the record is damaged.</exception>
    public static Event? Read(string kind, string? body) =>
        body is not null && ByKind.TryGetValue(kind, out var type)
            ? Upcast((Event?)JsonSerializer.Deserialize(Encoding.UTF8.GetBytes(body), type))
            : null;

    public static IEnumerable<string> Kinds => ByKind.Keys;

    /// <summary>The fields of a kind's body.</summary>
    public static JsonTypeInfo TypeOf(string kind) => ByKind[kind];

    /// <summary>What an older Fleet wrote, as it is said today.</summary>
    private static Event? Upcast(Event? e) =>
        e switch
        {
            // The text of a gate's definition stood where now its hash stands.
            Event.VerdictGiven { Verdict.Definition: var text } given when text.Split('\n', 2) is [var name, var run] =>
                given with
                {
                    Verdict = given.Verdict with { Definition = Proof.Definition(new GateSettings(name, run)) },
                },
            _ => e,
        };

    private static Dictionary<string, JsonTypeInfo> Table() =>
        Table(EventJsonContext.Default).Concat(Runs(EventJsonContext.Default)).ToDictionary(StringComparer.Ordinal);

    private static Dictionary<string, JsonTypeInfo> Runs(EventJsonContext json) =>
        new(StringComparer.Ordinal)
        {
            ["run.started"] = json.RunStarted,
            ["run.worktree_prepared"] = json.WorktreePrepared,
            ["run.spawned"] = json.RunSpawned,
            ["run.context_given"] = json.ContextGiven,
            ["run.session_began"] = json.SessionBegan,
            ["run.permission_asked"] = json.PermissionAsked,
            ["run.permission_answered"] = json.PermissionAnswered,
            ["run.words_heard"] = json.WordsHeard,
            ["run.usage_spent"] = json.UsageSpent,
            ["run.turn_ended"] = json.TurnEnded,
            ["run.stop_asked"] = json.RunStopAsked,
            ["run.frozen"] = json.RunFrozen,
            ["run.thawed"] = json.RunThawed,
            ["run.exited"] = json.RunExited,
            ["run.work_saved"] = json.WorkSaved,
            ["run.failed"] = json.RunFailed,
            ["run.plan_proposed"] = json.PlanProposed,
            ["run.worktree_removed"] = json.WorktreeRemoved,
        };

    private static Dictionary<string, JsonTypeInfo> Table(EventJsonContext json) =>
        new(StringComparer.Ordinal)
        {
            ["epoch.began"] = json.EpochBegan,
            ["home.settings_changed"] = json.HomeSettingsChanged,
            ["fleet.paused"] = json.FleetPaused,
            ["fleet.resumed"] = json.FleetResumed,
            ["fleet.drain_asked"] = json.DrainAsked,
            ["record.body_redacted"] = json.BodyRedacted,
            ["account.limited"] = json.AccountLimited,
            ["account.refused"] = json.AccountRefused,
            ["account.resumed"] = json.AccountResumed,
            ["account.windows_seen"] = json.AccountWindowsSeen,
            ["repository.added"] = json.RepositoryAdded,
            ["repository.settings_changed"] = json.RepositorySettingsChanged,
            ["repository.trunk_seen"] = json.TrunkSeen,
            ["repository.unreadable"] = json.RepositoryUnreadable,
            ["repository.commands_trusted"] = json.CommandsTrusted,
            ["repository.halted"] = json.RepositoryHalted,
            ["repository.resumed"] = json.RepositoryResumed,
            ["repository.forgotten"] = json.RepositoryForgotten,
            ["repository.pause_file_changed"] = json.PauseFileChanged,
            ["task.added"] = json.TaskAdded,
            ["task.edited"] = json.TaskEdited,
            ["task.parked"] = json.TaskParked,
            ["task.retried"] = json.TaskRetried,
            ["task.told"] = json.TaskTold,
            ["task.plan_approved"] = json.PlanApproved,
            ["task.plan_rejected"] = json.PlanRejected,
            ["task.abandon_asked"] = json.AbandonAsked,
            ["task.abandoned"] = json.TaskAbandoned,
            ["proposal.made"] = json.ProposalMade,
            ["candidate.built"] = json.CandidateBuilt,
            ["candidate.outdated"] = json.CandidateOutdated,
            ["verdict.given"] = json.VerdictGiven,
            ["proposal.proven"] = json.ProposalProven,
            ["proposal.refuted"] = json.ProposalRefuted,
            ["proposal.approved"] = json.ProposalApproved,
            ["landing.hurried"] = json.LandingHurried,
            ["landing.started"] = json.LandingStarted,
            ["landing.trunk_move_asked"] = json.TrunkMoveAsked,
            ["landing.deferred"] = json.LandingDeferred,
            ["landing.landed"] = json.Landed,
            ["landing.checked"] = json.LandingChecked,
        };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true,
    Converters = [
        typeof(TaskIdJson),
        typeof(RunIdJson),
        typeof(AccountIdJson),
        typeof(RepositoryNameJson),
        typeof(CommitJson),
        typeof(TreeJson),
        typeof(EpochJson),
        typeof(VerdictJson),
    ]
)]
[JsonSerializable(typeof(Event.EpochBegan))]
[JsonSerializable(typeof(Event.HomeSettingsChanged))]
[JsonSerializable(typeof(Event.FleetPaused))]
[JsonSerializable(typeof(Event.FleetResumed))]
[JsonSerializable(typeof(Event.DrainAsked))]
[JsonSerializable(typeof(Event.BodyRedacted))]
[JsonSerializable(typeof(Event.AccountLimited))]
[JsonSerializable(typeof(Event.AccountRefused))]
[JsonSerializable(typeof(Event.AccountResumed))]
[JsonSerializable(typeof(Event.AccountWindowsSeen))]
[JsonSerializable(typeof(Event.RepositoryAdded))]
[JsonSerializable(typeof(Event.RepositorySettingsChanged))]
[JsonSerializable(typeof(Event.TrunkSeen))]
[JsonSerializable(typeof(Event.RepositoryUnreadable))]
[JsonSerializable(typeof(Event.CommandsTrusted))]
[JsonSerializable(typeof(Event.RepositoryHalted))]
[JsonSerializable(typeof(Event.RepositoryResumed))]
[JsonSerializable(typeof(Event.RepositoryForgotten))]
[JsonSerializable(typeof(Event.PauseFileChanged))]
[JsonSerializable(typeof(Event.TaskAdded))]
[JsonSerializable(typeof(Event.TaskEdited))]
[JsonSerializable(typeof(Event.TaskParked))]
[JsonSerializable(typeof(Event.TaskRetried))]
[JsonSerializable(typeof(Event.TaskTold))]
[JsonSerializable(typeof(Event.PlanApproved))]
[JsonSerializable(typeof(Event.PlanRejected))]
[JsonSerializable(typeof(Event.AbandonAsked))]
[JsonSerializable(typeof(Event.TaskAbandoned))]
[JsonSerializable(typeof(Event.RunStarted))]
[JsonSerializable(typeof(Event.WorktreePrepared))]
[JsonSerializable(typeof(Event.RunSpawned))]
[JsonSerializable(typeof(Event.ContextGiven))]
[JsonSerializable(typeof(Event.SessionBegan))]
[JsonSerializable(typeof(Event.PermissionAsked))]
[JsonSerializable(typeof(Event.PermissionAnswered))]
[JsonSerializable(typeof(Event.WordsHeard))]
[JsonSerializable(typeof(Event.UsageSpent))]
[JsonSerializable(typeof(Event.TurnEnded))]
[JsonSerializable(typeof(Event.RunStopAsked))]
[JsonSerializable(typeof(Event.RunFrozen))]
[JsonSerializable(typeof(Event.RunThawed))]
[JsonSerializable(typeof(Event.RunExited))]
[JsonSerializable(typeof(Event.WorkSaved))]
[JsonSerializable(typeof(Event.RunFailed))]
[JsonSerializable(typeof(Event.PlanProposed))]
[JsonSerializable(typeof(Event.WorktreeRemoved))]
[JsonSerializable(typeof(Event.ProposalMade))]
[JsonSerializable(typeof(Event.CandidateBuilt))]
[JsonSerializable(typeof(Event.CandidateOutdated))]
[JsonSerializable(typeof(Event.VerdictGiven))]
[JsonSerializable(typeof(Event.ProposalProven))]
[JsonSerializable(typeof(Event.ProposalRefuted))]
[JsonSerializable(typeof(Event.ProposalApproved))]
[JsonSerializable(typeof(Event.LandingHurried))]
[JsonSerializable(typeof(Event.LandingStarted))]
[JsonSerializable(typeof(Event.TrunkMoveAsked))]
[JsonSerializable(typeof(Event.LandingDeferred))]
[JsonSerializable(typeof(Event.Landed))]
[JsonSerializable(typeof(Event.LandingChecked))]
internal sealed partial class EventJsonContext : JsonSerializerContext;
