using Fleet.Rules.Settings;
using Fleet.Rules.Tasks;
using Fleet.Rules.Verification;

namespace Fleet.Rules.Landing;

/// <summary>Whether a proposal may land, and what it still needs.</summary>
public enum Permission
{
    Granted,

    /// <summary>Evidence is not complete.</summary>
    NeedsProof,

    /// <summary>A person must approve this very commit.</summary>
    NeedsPerson,
}

/// <summary>The last question before trunk: proven, and approved where that is asked for.</summary>
public static class LandingPolicy
{
    public static Permission Of(FleetState state, FleetTask task, Proposal proposal)
    {
        var settings = state.SettingsOf(task.Repository);
        var proof = Proof.Of(task, proposal, settings.Gates);
        if (proof is not (Proof.Proven or Proof.NoGate))
        {
            return Permission.NeedsProof;
        }

        return NeedsPerson(settings, proposal, proof) && !proposal.IsApproved
            ? Permission.NeedsPerson
            : Permission.Granted;
    }

    /// <summary>
    /// A person is asked in the default mode, where nothing was proven, and where policy itself would change.
    /// </summary>
    private static bool NeedsPerson(EffectiveSettings settings, Proposal proposal, Proof proof) =>
        settings.Landing.Mode is LandingMode.Approve
        || proof is Proof.NoGate
        || proposal.TouchesPolicy
        || !proposal.CheckoutChanges.IsEmpty;
}
