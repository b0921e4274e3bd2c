using Fleet.Git;
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
    /// <summary>What the folders begin with that gates run in.</summary>
    public const string CheckoutName = "checkout";

    public async Task<EffectOutcome> Run(Effect.RunGate effect, CancellationToken stop)
    {
        if (await hubs.Of(effect.Repository) is not HubAnswer.Open { Hub: var open })
        {
            return new EffectOutcome.Transient($"the hub of {effect.Repository} cannot be opened");
        }

        var directory = home.Gate(effect.Id, effect.Candidate.Number, effect.Gate.Name);
        // A daemon that was replaced may still prepare one: each epoch has a place of its own.
        var checkout = Path.Combine(directory, $"{CheckoutName}.e{open.Claim.Epoch}");
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

        return await EpochRef.Holds(open.Hub, open.Claim)
            ? Settle(effect, step, end, clock.GetElapsedTime(began))
            : new EffectOutcome.Transient("another daemon is in charge");
    }

    /// <summary>One that gave no answer of its own (killed, or lost with its keeper) is asked again.</summary>
    private static EffectOutcome Settle(Effect.RunGate effect, ShellStep step, ShellStepEnd end, TimeSpan took)
    {
        RemoveCheckouts(step.Directory);
        if (end is ShellStepEnd.NoAnswer none)
        {
            step.ForgetAnswer();
            return new EffectOutcome.Transient(none.Why);
        }

        var gate = effect.Gate;
        Verdict verdict = end is ShellStepEnd.Exited { Code: 0 }
            ? new Verdict.Upheld()
            : new Verdict.Refuted([new Finding($"gate {gate.Name}", step.Told(end))]);
        var given = new GivenVerdict(
            effect.Candidate.Tree,
            gate.Name,
            Proof.Definition(gate),
            verdict,
            step.Output,
            took
        );
        return new EffectOutcome.Saw(new Observation.GateAnswered(effect.Id, given));
    }

    /// <summary>The checkouts go, also those of earlier daemons; the output stays.</summary>
    private static void RemoveCheckouts(string directory)
    {
        foreach (var checkout in Directory.GetDirectories(directory, $"{CheckoutName}*"))
        {
            _ = GateCheckout.Remove(checkout);
        }
    }
}
