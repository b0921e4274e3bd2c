namespace Fleet.Simulation.Checks;

/// <summary>What must hold in every simulated world, after every event. Each is tripped by a planted fault.</summary>
internal enum Invariant
{
    /// <summary>A live process belongs to the newest run of its task, and the log says that the run is live.</summary>
    ProcessesHaveLeases,
    OneLiveRunPerTask,
    SlotsAreRespected,

    /// <summary>
    /// A proposal comes from the newest run, which ended well by itself and left exactly that commit.
    /// </summary>
    OnlyEndedRunsPropose,

    /// <summary>
    /// What lands has exactly the tree that every gate of its trunk upheld, or a person decided otherwise.
    /// </summary>
    OnlyProvenTreesLand,

    /// <summary>What lands carries the proposal of the newest run of its task.</summary>
    OnlyTheProposalLands,

    /// <summary>In approve mode, and where nothing was proven, a person approved that very commit.</summary>
    ApprovedBeforeLanding,

    /// <summary>A change of policy or of a person's checkout never lands without a person.</summary>
    TrespassNeedsPerson,
    TrunkMovesOnlyByRecordedLandings,
    EachTaskLandsOnce,
    LandedChangesStay,
    OneLandingAtATime,
    SavedBeforeRemoved,
    DependenciesLandFirst,
    PausedStartsNothing,
    ParkedStartsNothing,
    RetriesAreBounded,

    /// <summary>
    /// A run starts only if what is spent, what live runs reserved and its own reservation fit into every budget: so
    /// none is overshot by more than the run in flight.
    /// </summary>
    BudgetsAreReserved,
    BackoffIsKept,
    FrozenTimeIsFree,
    EndedIsEnded,
    OneEpochWrites,
    FoldEqualsMemory,
    IndexesAreMaintained,
    AcknowledgedIsRecorded,
    RequestsCountOnce,
    CausesComeBefore,
    TheChainIsWhole,
    TheRulesComeToRest,

    /// <summary>Faults off: what waits, waits for a reason that is true.</summary>
    WaitsForTrueReasons,

    /// <summary>Faults off and a person at hand: every task ends, and nothing is owed for ever.</summary>
    EverythingEnds,
}
