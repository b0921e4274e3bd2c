using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Fleet.Rules.Settings;
using Fleet.Rules.Tasks;

namespace Fleet.Rules.Verification;

/// <summary>Whether a proposal is proven, and if not, what it lacks. Only this can say Proven.</summary>
public abstract record Proof
{
    private Proof() { }

    /// <summary>
    /// Every required gate upheld exactly the candidate's tree, or a person decided that none is needed.
    /// </summary>
    public sealed record Proven(Source By) : Proof;

    public sealed record Refuted(ImmutableArray<Finding> Findings) : Proof;

    /// <summary>A gate could not answer; doubt means no.</summary>
    public sealed record Undecided(string Why) : Proof;

    /// <summary>There is no gate on trunk: only a person can decide.</summary>
    public sealed record NoGate : Proof;

    /// <summary>Evidence is still to come: these gates on this tree, or the candidate itself.</summary>
    public sealed record Pending(ImmutableArray<GateSettings> Gates) : Proof;

    public static Proof Of(FleetTask task, Proposal proposal, ImmutableArray<GateSettings> gates)
    {
        if (task.Brief.NoGate)
        {
            return new Proven(Source.Person);
        }

        if (gates.IsEmpty)
        {
            return new NoGate();
        }

        return proposal.Candidate is { } candidate ? OnTree(proposal, candidate.Tree, gates) : new Pending(gates);
    }

    /// <summary>What identifies a gate's definition: the same text on trunk is the same gate.</summary>
    public static string Definition(GateSettings gate) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{gate.Name}\n{gate.Run}")));

    private static Proof OnTree(Proposal proposal, Tree tree, ImmutableArray<GateSettings> gates)
    {
        var pending = ImmutableArray.CreateBuilder<GateSettings>();
        foreach (var gate in gates)
        {
            switch (Answer(proposal, tree, gate))
            {
                case null:
                    pending.Add(gate);
                    break;
                case Verdict.Refuted refuted:
                    return new Refuted(refuted.Findings);
                case Verdict.Undecided undecided:
                    return new Undecided($"gate {gate.Name}: {undecided.Reason}");
                case Verdict.Upheld:
                    break;
            }
        }

        return pending.Count == 0 ? new Proven(Source.Evidence) : new Pending(pending.DrainToImmutable());
    }

    private static Verdict? Answer(Proposal proposal, Tree tree, GateSettings gate)
    {
        var definition = Definition(gate);
        return proposal
            .Verdicts.LastOrDefault(v =>
                v.Tree == tree && string.Equals(v.Definition, definition, StringComparison.Ordinal)
            )
            ?.Verdict;
    }
}
