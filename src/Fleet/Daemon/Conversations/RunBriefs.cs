using System.Text;
using Fleet.Coders;
using Fleet.Daemon.Effects;
using Fleet.Git;
using Fleet.Processes;
using Fleet.Prompts;
using Fleet.Rules;
using Fleet.Rules.Context;
using Fleet.Rules.Runs;
using Fleet.Rules.Tasks;

namespace Fleet.Daemon.Conversations;

/// <summary>Gathers what a run's brief is made of, and writes it once: a successor changes nothing.</summary>
internal sealed class RunBriefs(FleetHome home, Func<FleetState> state, HubAccess hubs)
{
    private const int MostRunsLookedAt = 10;

    private readonly AgentRoles roles = new(home, state, hubs);

    /// <summary>Why there can be none; null once it is written.</summary>
    public async Task<string?> Write(FleetTask task, Run run, PreparedWorktree worktree)
    {
        var directory = home.Run(run.Id);
        Directory.CreateDirectory(directory);
        TaskNotes.Make(home, task.Id);
        if (!run.HasTurns)
        {
            DurableFile.ReplaceUnsynced(RunFiles.Brief(directory), Encoding.UTF8.GetBytes(OfCommand(task)));
            return null;
        }

        if (Of(run.Id) is not null)
        {
            return null;
        }

        var role = await roles.Of(task, run);
        if (role.Unfit is not null)
        {
            return role.Unfit;
        }

        var goesOn = run.Resume is not null && CanResume(task, run);
        var facts = Facts(task, run, role.Text, goesOn) with { Done = goesOn ? null : await Done(task, run, worktree) };
        var parts = RunBrief.Of(facts);
        var manifest = BriefParts.Manifest(parts, run.Id.Number, facts.Told ?? []);
        DurableFile.ReplaceUnsynced(RunFiles.Brief(directory), BriefParts.Bytes(parts));
        DurableFile.ReplaceUnsynced(RunFiles.Context(directory), ContextJson.Write(manifest));
        return null;
    }

    /// <summary>What a run was given; none where nobody reads its brief.</summary>
    public ContextManifest? Of(RunId run) => ContextJson.Read(RunFiles.Context(home.Run(run)));

    /// <summary>The brief as it was written; each run has one before it has a process.</summary>
    public static string Text(string directory) => File.ReadAllText(RunFiles.Brief(directory));

    private bool CanResume(FleetTask task, Run run) =>
        CoderCatalogue.Find(run.Coder, state().SettingsOf(task.Repository).Coders)?.Abilities.Resumes == true;

    private BriefFacts Facts(FleetTask task, Run run, string? role, bool goesOn)
    {
        var settings = state().SettingsOf(task.Repository);
        var trunk = state().Repositories.GetValueOrDefault(task.Repository)?.Trunk ?? "trunk";
        return new BriefFacts(
            task.Brief.Title,
            task.Brief.Text,
            role,
            new Judges(trunk, settings.Gates, task.Brief.NoGate, settings.Landing.Mode),
            task.LastSetback,
            home.Task(task.Id),
            TaskNotes.Plan(home, task.Id),
            TaskNotes.Knowledge(home, task.Id),
            Done: null,
            goesOn ? task.Given : null,
            Stage(task, run)
        )
        {
            Said = [.. Tellings.InBrief(task)],
        };
    }

    private PlanStage Stage(FleetTask task, Run run) =>
        Planning.IsOnlyPlanned(state(), task, run) ? PlanStage.Wanted
        : task.PlanApproved is not { } approved ? PlanStage.None
        : approved == TaskNotes.PlanHash(home, task.Id) ? PlanStage.Approved
        : PlanStage.Changed;

    /// <summary>The newest earlier run that left something which trunk does not have.</summary>
    private async Task<Handover?> Done(FleetTask task, Run run, PreparedWorktree worktree)
    {
        if (run.Id.Number == 1 || await hubs.Of(task.Repository) is not HubAnswer.Open { Hub.Hub: var hub })
        {
            return null;
        }

        for (var number = run.Id.Number - 1; number >= Math.Max(1, run.Id.Number - MostRunsLookedAt); number--)
        {
            var earlier = new RunId(task.Id, number);
            if (await hub.Read(FleetRefs.Kept(earlier)) is not { } sha)
            {
                continue;
            }

            var kept = new Commit(sha);
            var work = await WorkSummary.Of(hub, kept, worktree.Base);
            if (!work.IsEmpty)
            {
                return new Handover(earlier, kept, work.IsIn, work.Commits, work.Files, work.Unreadable);
            }
        }

        return null;
    }

    private static string OfCommand(FleetTask task)
    {
        var text = new StringBuilder().Append("# ").AppendLine(task.Brief.Title).AppendLine();
        if (task.Brief.Text.Length > 0)
        {
            text.AppendLine(task.Brief.Text).AppendLine();
        }

        if (task.LastSetback is { } setback)
        {
            text.Append("Last time: ").AppendLine(setback).AppendLine();
        }

        return text.Append("Command: ").AppendLine(string.Join(' ', task.Brief.Command)).ToString();
    }
}
