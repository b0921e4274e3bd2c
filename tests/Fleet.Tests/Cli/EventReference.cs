using System.Text;
using System.Text.Json.Serialization.Metadata;
using Fleet.Log;

namespace Fleet.Tests.Cli;

/// <summary>The page of all events: what each one says, and the fields of its body.</summary>
internal static class EventReference
{
    public static readonly Dictionary<string, string> Sentences = new(StringComparer.Ordinal)
    {
        ["epoch.began"] = "A daemon took charge of the home.",
        ["home.settings_changed"] = "The home's settings were read and differ from before.",
        ["fleet.paused"] = "A person made the fleet stand still.",
        ["fleet.resumed"] = "A pause, a drain or a full stop is over.",
        ["fleet.drain_asked"] = "The daemon is to leave once its runs have ended, or now.",
        ["record.body_redacted"] = "The body of an earlier event was removed; its hash stays.",
        ["account.limited"] = "What an account may use is used up: no run starts on it until then.",
        ["account.refused"] = "An account is not signed in, or its key is refused: a person must act.",
        ["account.resumed"] = "An account may be used again.",
        ["account.windows_seen"] = "A coder told how full windows of its account are.",
        ["repository.added"] = "A repository became known, or its trunk or remote changed.",
        ["repository.settings_changed"] = "Trunk was read; these settings hold from that commit on.",
        ["repository.trunk_seen"] = "Trunk was seen at a commit.",
        ["repository.unreadable"] = "The repository could not be read.",
        ["repository.commands_trusted"] = "A person consented to exactly these commands.",
        ["repository.halted"] = "Nothing lands there until a person resumes it.",
        ["repository.resumed"] = "Landings go on there.",
        ["repository.forgotten"] = "The repository left the fleet; its record stays.",
        ["repository.pause_file_changed"] = "The pause file in the person's git directory was made or removed.",
        ["task.added"] = "Somebody asked for a piece of work.",
        ["task.edited"] = "A person changed what is asked for.",
        ["task.parked"] = "The task is set aside until someone acts.",
        ["task.retried"] = "A person asked for another attempt; failures are counted anew.",
        ["task.told"] = "Someone said something to the task's coder; it waits until a run has heard it.",
        ["task.plan_approved"] = "A person read the plan that a run left, and wants it carried out.",
        ["task.plan_rejected"] = "A person sent a plan back.",
        ["task.abandon_asked"] = "The task is to be given up once its run is put away.",
        ["task.abandoned"] = "The task ended without landing; its work is kept.",
        ["run.started"] = "A run of a task was decided; its number fences off older ones.",
        ["run.worktree_prepared"] = "The run has its own checkout and branch.",
        ["run.spawned"] = "The run's first process exists.",
        ["run.context_given"] = "What the run was given to look at: names, sizes and hashes of the parts of its brief.",
        ["run.session_began"] = "The coder named its session, by which a later run can go on with it.",
        ["run.permission_asked"] = "A tool call waits for a person, by a rule of the agent; the run stays open.",
        ["run.permission_answered"] = "A tool call that the coder asked about was allowed or denied.",
        ["run.words_heard"] = "The run took up what someone had said.",
        ["run.usage_spent"] = "What a turn cost: never a total.",
        ["run.turn_ended"] = "The coder's own terminal event: done, failed or interrupted.",
        ["run.stop_asked"] = "The run is to be ended.",
        ["run.frozen"] = "The run's whole process tree stands still.",
        ["run.thawed"] = "The run's process tree goes on.",
        ["run.exited"] = "The run's whole process tree is gone.",
        ["run.work_saved"] = "Everything that the run left is pinned under refs/fleet/kept.",
        ["run.failed"] = "The run ended without a proposal.",
        ["run.plan_proposed"] = "The run left a plan, which a person must approve before anything is built.",
        ["run.worktree_removed"] = "The run's checkout is gone.",
        ["proposal.made"] = "A run left a commit: a claim, not yet proven.",
        ["candidate.built"] = "The proposal was merged with trunk; gates run on exactly that tree.",
        ["candidate.outdated"] = "Trunk moved; the candidate is built again.",
        ["verdict.given"] = "A gate answered about one tree.",
        ["proposal.proven"] = "Every gate upheld the proposal.",
        ["proposal.refuted"] = "A gate, a merge or a person spoke against the proposal.",
        ["landing.trunk_move_asked"] = "From here on trunk may stand at that candidate.",
        ["proposal.approved"] = "A person said yes to exactly this commit.",
        ["landing.hurried"] = "A person moved the task to the front of the landing queue.",
        ["landing.started"] = "The task's proposal is being landed.",
        ["landing.deferred"] = "The landing waits for the person's checkout or the remote.",
        ["landing.landed"] = "Trunk was moved to the gated tree.",
        ["landing.checked"] = "Separate code found the landed tree equal to the gated one.",
    };

    public static string Markdown()
    {
        var page = new StringBuilder(
            "# Events\n\nGenerated from the events. Each is stored as `kind` with a JSON body of these "
        )
            .Append("fields, and with its number, time, actor, cause and hashes. Fields are only ever added.\n\n")
            .Append("| Kind | What it says | Fields |\n|---|---|---|\n");
        foreach (var kind in EventJson.Kinds)
        {
            var fields = EventJson.TypeOf(kind).Properties.Select(Field);
            page.Append($"| `{kind}` | {Sentences[kind]} | {string.Join(", ", fields)} |\n");
        }

        return page.ToString();
    }

    private static string Field(JsonPropertyInfo property) => $"`{property.Name}`";
}
