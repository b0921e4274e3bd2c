namespace Fleet.Simulation;

/// <summary>Everything that goes wrong in simulated worlds.</summary>
internal enum Fault
{
    CoderLies,
    CoderHangs,
    CoderCrashes,
    CoderDoesNothing,
    CoderFloods,
    CoderEditsCheckout,
    CoderLeavesDirtyTree,
    CoderChangesPolicy,
    CoderFitsAloneOnly,
    AgentApprovesItself,
    PrepareFails,
    SpawnFails,
    KeeperKilled,
    StrangerMovesTrunk,
    StrangerChangesPolicy,
    TrunkBusy,
    RepositoryUnreadable,
    GateUndecided,
    AppendFails,
    AppendUnknownWritten,
    AppendUnknownLost,
    KilledBeforeAppend,
    KilledBeforeAnswer,
    KilledBeforeEffects,
    KilledAmidEffect,
    DaemonFreezes,
    AnswerLost,
    ReportTwice,
    ReportLate,
    EffectIsSlow,
    EffectAskedTwice,
    ClockJumps,
    HaltSeen,
}

/// <summary>Which kinds of fault this world has: each seed draws a different mixture, so that rare ones meet.</summary>
internal sealed class FaultPlan
{
    private readonly bool[] enabled = new bool[Enum.GetValues<Fault>().Length];
    private readonly int[] struck = new int[Enum.GetValues<Fault>().Length];
    private readonly Chance chance;

    public FaultPlan(Chance chance)
    {
        this.chance = chance;
        var share = chance.Pick([10, 40, 40, 70, 100]);
        for (var kind = 0; kind < enabled.Length; kind++)
        {
            enabled[kind] = chance.Percent(share);
        }
    }

    /// <summary>Once healed, nothing goes wrong any more.</summary>
    public bool Healed { get; set; }

    public int StrikesOf(Fault fault) => struck[(int)fault];

    public bool Strikes(Fault fault, int percent)
    {
        var strikes = !Healed && enabled[(int)fault] && chance.Percent(percent);
        struck[(int)fault] += strikes ? 1 : 0;
        return strikes;
    }
}
