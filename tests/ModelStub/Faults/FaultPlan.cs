using System.Collections.Immutable;

namespace Fleet.ModelStub.Faults;

/// <summary>What still goes wrong in one run.</summary>
internal sealed class FaultPlan(ImmutableArray<Fault> faults)
{
    private readonly Lock gate = new();
    private readonly int[] happened = new int[faults.Length];

    /// <summary>The fault of this request, which has happened once more.</summary>
    public Fault? Take(int step)
    {
        lock (gate)
        {
            for (var index = 0; index < faults.Length; index++)
            {
                if (step >= faults[index].FromStep && happened[index] < faults[index].Times)
                {
                    happened[index]++;
                    return faults[index];
                }
            }

            return null;
        }
    }
}
