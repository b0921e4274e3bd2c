using System.Diagnostics;
using Fleet.Daemon.Effects;
using Fleet.Rules;

namespace Fleet.Daemon;

/// <summary>Which shell performs which effect, and what the rules are told when it cannot be done.</summary>
internal sealed class EffectTable(
    RunEffects runs,
    WorktreeEffects worktrees,
    GateEffects gates,
    LandingEffects landings
)
{
    public Task<EffectOutcome> Perform(Effect effect, CancellationToken stop) =>
        effect switch
        {
            Effect.ReadTrunk e => landings.ReadTrunk(e),
            Effect.PrepareWorktree e => worktrees.Prepare(e),
            Effect.StartRun e => runs.Start(e, stop),
            Effect.TellRun e => runs.Tell(e, stop),
            Effect.StopRun e => runs.Stop(e, stop),
            Effect.FreezeRun e => runs.Freeze(e.Run, stop),
            Effect.ThawRun e => runs.Thaw(e.Run, stop),
            Effect.SaveWork e => worktrees.Save(e, stop),
            Effect.RemoveWorktree e => worktrees.Remove(e, stop),
            Effect.BuildCandidate e => landings.BuildCandidate(e),
            Effect.RunGate e => gates.Run(e, stop),
            Effect.MoveTrunk e => landings.MoveTrunk(e),
            Effect.CheckLanding e => landings.Check(e),
            Effect.SetPauseFile e => landings.SetPauseFile(e),
            _ => throw new UnreachableException(),
        };

    /// <summary>
    /// What is decided when an effect failed again and again; none means that it is only tried again.
    /// </summary>
    public static Observation? GiveUp(Effect effect, string why) =>
        effect switch
        {
            Effect.ReadTrunk e => new Observation.RepositoryNotRead(e.Repository, why),
            Effect.PrepareWorktree e => new Observation.RunNotStarted(e.Run, why),
            Effect.StartRun e => new Observation.RunNotStarted(e.Run, why),
            Effect.BuildCandidate e => new Observation.EffectRefused(e.Id, why),
            Effect.RunGate e => new Observation.EffectRefused(e.Id, $"gate {e.Gate.Name}: {why}"),
            Effect.MoveTrunk e => new Observation.TrunkBusy(e.Id, e.Candidate.Number, why),
            Effect.CheckLanding e => new Observation.LandingBroken(e.Repository, $"a landing cannot be checked: {why}"),
            // A tree must end, work must be saved, a frozen run must thaw: these are tried for ever, and noted.
            // Words that no run heard are the next one's.
            Effect.TellRun => null,
            Effect.StopRun or Effect.SaveWork or Effect.FreezeRun or Effect.ThawRun => null,
            Effect.RemoveWorktree or Effect.SetPauseFile => null,
            _ => throw new UnreachableException(),
        };
}
