using Fleet.Git.Landing;
using Fleet.Processes;
using Fleet.Rules;
using Fleet.Rules.Verification;

namespace Fleet.Daemon.Effects;

/// <summary>Runs gates, each in a fresh checkout of exactly the candidate's tree; the exit code is evidence.</summary>
internal sealed class GateEffects(
    FleetHome home,
    Func<FleetState> state,
    HubAccess hubs,
    Pieces pieces,
    TimeProvider clock
)
{
    public async Task<EffectOutcome> Run(Effect.RunGate effect, CancellationToken stop)
    {
        if (await hubs.Of(effect.Repository) is not HubAnswer.Open { Hub: var open })
        {
            return new EffectOutcome.Transient($"the hub of {effect.Repository} cannot be opened");
        }

        var directory = home.Gate(effect.Id, effect.Candidate.Number, effect.Gate.Name);
        var checkout = Path.Combine(directory, "checkout");
        var step = new ShellStep(
            $"gate {effect.Id}.c{effect.Candidate.Number} {effect.Gate.Name}",
            directory,
            checkout
        );
        if (!PieceFiles.IsPiece(directory))
        {
            Directory.CreateDirectory(directory);
            var made = await GateCheckout.Prepare(open.Hub, effect.Candidate.Commit, effect.Candidate.Tree, checkout);
            if (made is GateCheckoutOutcome.Failed failed)
            {
                return new EffectOutcome.Transient(failed.Reason);
            }
        }

        var settings = state().SettingsOf(effect.Repository);
        var began = clock.GetTimestamp();
        var limit = effect.Gate.Timeout ?? settings.Home.GateTimeout;
        var end = await step.Run(pieces, ShellStep.Script([.. settings.Setup, effect.Gate.Run]), limit, stop);
        if (end is ShellStepEnd.Refused refused)
        {
            // Nothing here is touched: it may be the work of the daemon that is in charge now.
            return new EffectOutcome.Transient(refused.Why);
        }

        var verdict = Answer(effect.Gate.Name, end, step.Output);
        Clean(directory, checkout, verdict);
        return new EffectOutcome.Saw(
            new Observation.GateAnswered(
                effect.Id,
                new GivenVerdict(
                    effect.Candidate.Tree,
                    effect.Gate.Name,
                    Proof.Definition(effect.Gate),
                    verdict,
                    step.Output,
                    clock.GetElapsedTime(began)
                )
            )
        );
    }

    private static Verdict Answer(string gate, ShellStepEnd end, string output) =>
        end switch
        {
            ShellStepEnd.Exited { Code: 0 } => new Verdict.Upheld(),
            ShellStepEnd.Exited or ShellStepEnd.TimedOut => new Verdict.Refuted([
                new Finding($"gate {gate}", Told(end, output)),
            ]),
            ShellStepEnd.NoAnswer none => new Verdict.Undecided(none.Why),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>
    /// The checkout goes; the output stays. A gate that gave no answer may be asked again from the start.
    /// </summary>
    private static void Clean(string directory, string checkout, Verdict verdict)
    {
        _ = GateCheckout.Remove(checkout);
        if (verdict is Verdict.Undecided)
        {
            foreach (var name in (string[])[PieceFiles.RecordName, PieceFiles.IntentName, PieceFiles.ExitName])
            {
                File.Delete(Path.Combine(directory, name));
            }
        }
    }

    private static string Told(ShellStepEnd end, string output) =>
        LastWords.Of(output) is { Length: > 0 } words ? $"{end}: {words}" : $"{end}";
}
