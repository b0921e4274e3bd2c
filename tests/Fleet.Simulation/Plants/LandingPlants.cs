using System.Collections.Immutable;
using Fleet.Daemon;
using Fleet.Rules;
using Fleet.Rules.Tasks;
using Fleet.Rules.Verification;

namespace Fleet.Simulation.Plants;

/// <summary>Mistakes about evidence and trunk.</summary>
internal static class LandingPlants
{
    private const string WasApproved = "was approved";

    public static RuleSet LandingIsRecordedTwice() =>
        Planting.Deciding(
            (state, input, events) =>
                input is Input.Seen { Observation: Observation.TrunkMoved o }
                && state.Finished.GetValueOrDefault(o.Id)?.Commit is { } commit
                    ? [new Event.Landed(o.Id, commit, new Tree(""), commit)]
                    : events
        );

    public static RuleSet VerdictCountsForAnyTree() =>
        Planting.EvolvingTask<Event.CandidateBuilt>(
            (_, e, task) =>
                task with
                {
                    Proposal = task.Proposal! with
                    {
                        Verdicts = [.. task.Proposal.Verdicts.Select(v => v with { Tree = e.Candidate.Tree })],
                    },
                }
        );

    public static RuleSet ClaimCountsAsProof() =>
        Planting.Deciding(
            (state, _, events) =>
                events.SelectMany(e =>
                    e is Event.CandidateBuilt built
                        ? [e, .. Upheld(state.SettingsOf(state.Tasks[built.Id].Repository), built)]
                        : ImmutableArray.Create(e)
                )
        );

    public static RuleSet LastGateIsIgnored() =>
        RuleSet.Production with
        {
            Evolve = (state, fact) =>
                RuleSet.Production.Evolve(
                    state,
                    fact.Event is Event.RepositorySettingsChanged e
                        ? fact with
                        {
                            Event = e with { Settings = e.Settings with { Gates = [.. e.Settings.Gates.Take(1)] } },
                        }
                        : fact
                ),
        };

    public static RuleSet ApprovalSurvivesANewRun() =>
        Planting.Evolving(
            (before, e, after) =>
                EventKinds.TaskOf(e) is { } id && before.Tasks.TryGetValue(id, out var task)
                    ? WithOldApproval(task, e, after)
                    : after
        );

    public static RuleSet AgentMayApprove() =>
        RuleSet.Production with
        {
            Decide = (state, input, now) =>
                RuleSet.Production.Decide(
                    state,
                    input is Input.Asked { Request: Request.Approve } asked
                        ? asked with
                        {
                            Who = Actor.Human("an agent"),
                        }
                        : input,
                    now
                ),
        };

    public static RuleSet TrespassIsOverlooked() =>
        Planting.Deciding(
            (_, _, events) =>
                events.Any(e => e is Event.ProposalMade)
                    ? events
                        .Where(e => e is not Event.TaskParked)
                        .Select(e =>
                            e is Event.ProposalMade made ? made with { TouchesPolicy = false, CheckoutChanges = [] } : e
                        )
                    : events
        );

    public static RuleSet LandsBeforeTheLastIsChecked() =>
        Planting.Believing(
            (state, input) =>
                input is Input.Tick
                    ? state with
                    {
                        Unchecked = ImmutableSortedDictionary<TaskId, UncheckedLanding>.Empty,
                    }
                    : state
        );

    public static RuleSet CandidateNumbersRestart() =>
        Planting.EvolvingTask<Event.ProposalMade>((_, _, task) => task with { Candidates = 0 });

    public static RuleSet RetryDropsWhatIsLanding() =>
        Planting.Believing(
            (state, input) =>
                input is Input.Asked
                    ? state.WithTasks(t => t.Proposal is { } p ? t with { Proposal = p with { MoveAsked = null } } : t)
                    : state
        );

    public static RuleSet DeferredIsNeverTriedAgain() =>
        Planting.EvolvingTask<Event.LandingDeferred>(
            (_, _, task) =>
                task with
                {
                    Proposal = task.Proposal! with
                    {
                        Delay = task.Proposal.Delay! with { Until = DateTimeOffset.MaxValue },
                    },
                }
        );

    public static RuleSet RefusedWorkIsTriedForEver() =>
        RuleSet.Production with
        {
            Decide = (state, input, now) =>
            {
                var decision = RuleSet.Production.Decide(state, input, now);
                return decision.Events.Any(e => e is Event.ProposalRefuted)
                    ? decision with
                    {
                        Events =
                        [
                            .. decision
                                .Events.Where(e => e is not Event.TaskParked)
                                .Select(e => e is Event.ProposalRefuted refuted ? refuted with { RetryAt = now } : e),
                        ],
                    }
                    : decision;
            },
        };

    private static IEnumerable<Event> Upheld(Rules.Settings.EffectiveSettings settings, Event.CandidateBuilt built) =>
        settings.Gates.Select(gate => new Event.VerdictGiven(
            built.Id,
            new GivenVerdict(
                built.Candidate.Tree,
                gate.Name,
                Proof.Definition(gate),
                new Verdict.Upheld(),
                "",
                TimeSpan.Zero
            )
        ));

    private static FleetState WithOldApproval(FleetTask before, Event e, FleetState after) =>
        e switch
        {
            Event.ProposalRefuted when before.Proposal is { IsApproved: true } => Change(
                after,
                before.Id,
                t => t with { LastSetback = WasApproved }
            ),
            Event.ProposalMade made when before.LastSetback == WasApproved => Change(
                after,
                before.Id,
                t => t with { Proposal = t.Proposal! with { Approval = new Approval(made.Commit, "", 0) } }
            ),
            _ => after,
        };

    private static FleetState Change(FleetState state, TaskId id, Func<FleetTask, FleetTask> change) =>
        state.Tasks.TryGetValue(id, out var task)
            ? state with
            {
                Tasks = state.Tasks.SetItem(id, change(task)),
            }
            : state;
}
