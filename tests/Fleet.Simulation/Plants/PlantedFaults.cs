using Fleet.Daemon;
using Fleet.Simulation.Checks;
using Fleet.Simulation.Home;

namespace Fleet.Simulation.Plants;

/// <summary>
/// Every planted fault with the invariant that catches it: each invariant has at least one that trips it.
/// </summary>
internal static class PlantedFaults
{
    public static readonly SortedDictionary<string, PlantedFault> All = new(StringComparer.Ordinal)
    {
        ["a stale run is believed"] = new(Invariant.ProcessesHaveLeases, RunPlants.StaleRunIsBelieved),
        ["a run that was asked to stop counts as stopped"] = new(
            Invariant.ProcessesHaveLeases,
            RunPlants.AskedIsTakenForSeen
        ),
        ["a second run starts beside the first"] = new(Invariant.OneLiveRunPerTask, RunPlants.SecondRunBesideTheFirst),
        ["slots are off by one"] = new(Invariant.SlotsAreRespected, RunPlants.OneSlotTooMany),
        ["the exit of a coder is ignored"] = new(Invariant.OnlyEndedRunsPropose, RunPlants.ExitCodeIsIgnored),
        ["a coder that exits with 0 counts as done"] = new(Invariant.OnlyEndedRunsPropose, RunPlants.ExitCountsAsDone),
        ["a worktree is removed before it is saved"] = new(Invariant.SavedBeforeRemoved, RunPlants.RemovedBeforeSaved),
        ["a dependency is ignored"] = new(Invariant.DependenciesLandFirst, RunPlants.DependencyIsIgnored),
        ["a crash is tried again without limit"] = new(Invariant.RetriesAreBounded, RunPlants.RetryHasNoLimit),
        ["refused work is tried again without limit"] = new(
            Invariant.RetriesAreBounded,
            LandingPlants.RefusedWorkIsTriedForEver
        ),
        ["what live runs reserved is forgotten"] = new(
            Invariant.BudgetsAreReserved,
            RunPlants.ReservationsAreForgotten
        ),
        ["a backoff is skipped"] = new(Invariant.BackoffIsKept, RunPlants.BackoffIsSkipped),
        ["frozen time counts"] = new(Invariant.FrozenTimeIsFree, RunPlants.FrozenTimeCounts),
        ["a stop is forgotten after a restart"] = new(
            Invariant.ParkedStartsNothing,
            RunPlants.StopIsForgottenAtRestart
        ),
        ["a pause is ignored"] = new(Invariant.PausedStartsNothing, RunPlants.PauseIsIgnored),
        ["a drain is ignored"] = new(Invariant.PausedStartsNothing, RunPlants.DrainIsIgnored),
        ["a frozen run is never thawed"] = new(Invariant.EverythingEnds, RunPlants.FreezeIsNeverThawed),
        ["an abandoned task goes on"] = new(Invariant.EndedIsEnded, RunPlants.AbandonedTaskGoesOn),
        ["a landing is recorded twice"] = new(Invariant.EachTaskLandsOnce, LandingPlants.LandingIsRecordedTwice),
        ["a verdict counts for any tree"] = new(Invariant.OnlyProvenTreesLand, LandingPlants.VerdictCountsForAnyTree),
        ["a coder's word counts as proof"] = new(Invariant.OnlyProvenTreesLand, LandingPlants.ClaimCountsAsProof),
        ["a gate is ignored"] = new(Invariant.OnlyProvenTreesLand, LandingPlants.LastGateIsIgnored),
        ["an approval survives a new run"] = new(
            Invariant.ApprovedBeforeLanding,
            LandingPlants.ApprovalSurvivesANewRun
        ),
        ["an agent may approve"] = new(Invariant.ApprovedBeforeLanding, LandingPlants.AgentMayApprove),
        ["a trespass is overlooked"] = new(Invariant.TrespassNeedsPerson, LandingPlants.TrespassIsOverlooked),
        ["a landing starts before the last one is checked"] = new(
            Invariant.OneLandingAtATime,
            LandingPlants.LandsBeforeTheLastIsChecked
        ),
        ["candidate numbers restart with each proposal"] = new(
            Invariant.OnlyTheProposalLands,
            LandingPlants.CandidateNumbersRestart
        ),
        ["a retry drops what is landing"] = new(
            Invariant.TrunkMovesOnlyByRecordedLandings,
            LandingPlants.RetryDropsWhatIsLanding
        ),
        ["a deferred landing is never tried again"] = new(
            Invariant.WaitsForTrueReasons,
            LandingPlants.DeferredIsNeverTriedAgain
        ),
        ["trunk is forced"] = new(Invariant.LandedChangesStay, Production, Flaws.TrunkIsForced),
        ["effects hang on events"] = new(Invariant.EverythingEnds, RecordPlants.EffectsHangOnEvents),
        ["an index is not maintained"] = new(Invariant.IndexesAreMaintained, RecordPlants.IndexIsNotMaintained),
        ["memory knows more than the log"] = new(Invariant.FoldEqualsMemory, RecordPlants.MemoryKnowsMoreThanTheLog),
        ["request ids are forgotten"] = new(Invariant.RequestsCountOnce, RecordPlants.RequestIdsAreForgotten),
        ["the epoch stands still"] = new(Invariant.OneEpochWrites, RecordPlants.EpochStandsStill),
        ["a cause comes later than its effect"] = new(Invariant.CausesComeBefore, RecordPlants.CauseComesLater),
        ["two rules feed each other"] = new(Invariant.TheRulesComeToRest, RecordPlants.TwoRulesFeedEachOther),
        ["an answer is given before the append"] = new(
            Invariant.AcknowledgedIsRecorded,
            Production,
            Flaws.AnswersBeforeAppend
        ),
        ["a zombie ignores the conflict"] = new(Invariant.AcknowledgedIsRecorded, Production, Flaws.ConflictIsIgnored),
        ["an unknown append counts as failed and is done again"] = new(
            Invariant.AcknowledgedIsRecorded,
            Production,
            Flaws.UnknownIsFailed | Flaws.LogTakesAnyPosition
        ),
        ["a stored event is rewritten"] = new(Invariant.TheChainIsWhole, Production, Flaws.LogRewrites),
    };

    private static RuleSet Production() => RuleSet.Production;
}
