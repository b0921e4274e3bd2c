using Fleet.Rules.Attention;
using Fleet.Rules.Repositories;
using Fleet.Rules.Spending;
using Fleet.Rules.Tasks;

namespace Fleet.Rules;

/// <summary>(state, fact) → state. Never refuses: what is in the log happened.</summary>
public static class Evolve
{
    private const int MaxRequestsRemembered = 1_000;

    public static FleetState Apply(FleetState state, Fact fact)
    {
        var next = fact.Event switch
        {
            Event.OfTask e => OfTask(state, fact, e),
            Event.OfRun e => OfRun(state, fact, e),
            Event.OfRepository e => OfRepository(state, fact, e),
            Event.OfAccount e => AccountChanges.Of(state, e),
            Event e => OfHome(state, fact, e),
        };
        return next with { Seq = fact.Seq };
    }

    private static FleetState OfHome(FleetState state, Fact fact, Event e) =>
        e switch
        {
            Event.EpochBegan began => PauseFilesInDoubt(state) with
            {
                Epoch = began.Epoch,
                Holder = began.Holder,
                Draining = false,
                DrainsNow = false,
            },
            Event.HomeSettingsChanged changed => Indexes.WithNewSettings(
                AccountChanges.WithSettings(state, state.Home, changed.Settings) with
                {
                    Home = changed.Settings,
                    HomeHash = changed.Hash,
                    HomeSeq = fact.Seq,
                }
            ),
            Event.FleetPaused { Kind: PauseKind.Freeze } => FreezeAsked(state) with { Paused = PauseKind.Freeze },
            Event.FleetPaused paused => state with { Paused = paused.Kind },
            Event.FleetResumed => state with { Paused = null, Draining = false, DrainsNow = false },
            Event.DrainAsked drain => state with { Draining = true, DrainsNow = drain.Now },
            _ => state,
        };

    /// <summary>The last daemon may have made a pause file and died before it said so.</summary>
    private static FleetState PauseFilesInDoubt(FleetState state) =>
        state with
        {
            Repositories = state.Repositories.SetItems(
                state
                    .Repositories.Where(r => (r.Value.PauseFile ?? r.Value.Settings?.Worktrees.PauseFile) is not null)
                    .Select(r => KeyValuePair.Create(r.Key, r.Value with { IsPauseFileInDoubt = true }))
            ),
        };

    /// <summary>From here on a live run may stand still, also where nobody lived to say so.</summary>
    private static FleetState FreezeAsked(FleetState state) =>
        state with
        {
            Tasks = state.Tasks.SetItems(
                state.Index.Live.Select(id => KeyValuePair.Create(id, TaskChanges.FreezeAsked(state.Tasks[id])))
            ),
        };

    private static FleetState OfRepository(FleetState state, Fact fact, Event.OfRepository e)
    {
        if (e is Event.RepositoryAdded added)
        {
            var repository = state.Repositories.TryGetValue(added.Repository, out var known)
                ? known with
                {
                    Root = added.Root,
                    Trunk = added.Trunk,
                    Remote = added.Remote,
                    Unreadable = null,
                }
                : new Repository(added.Repository, added.Root, added.Trunk, added.Remote);
            return Indexes.WithNewSettings(
                state with
                {
                    Repositories = state.Repositories.SetItem(
                        added.Repository,
                        repository with
                        {
                            AddedSeq = fact.Seq,
                        }
                    ),
                }
            );
        }

        if (e is Event.RepositoryForgotten)
        {
            return Indexes.WithNewSettings(state with { Repositories = state.Repositories.Remove(e.Repository) });
        }

        var next = state.Repositories.TryGetValue(e.Repository, out var now)
            ? state with
            {
                Repositories = state.Repositories.SetItem(e.Repository, Changed(now, fact, e)),
            }
            : state;
        return e is Event.RepositorySettingsChanged ? Indexes.WithNewSettings(next) : next;
    }

    private static Repository Changed(Repository now, Fact fact, Event.OfRepository e) =>
        e switch
        {
            Event.RepositorySettingsChanged c => now with
            {
                Head = c.At,
                Settings = c.Settings,
                SettingsHash = c.Hash,
                SettingsSeq = fact.Seq,
                CommandsHash = c.CommandsHash,
                Unreadable = null,
            },
            Event.TrunkSeen seen => now with { Head = seen.Head, Unreadable = null },
            Event.RepositoryUnreadable u => now with { Unreadable = u.Why },
            Event.CommandsTrusted t => now with { TrustedHash = t.CommandsHash },
            Event.RepositoryHalted h => now with { Halted = h.Why },
            Event.RepositoryResumed => now with { Halted = null },
            Event.PauseFileChanged p => now with { PauseFile = p.Name, IsPauseFileInDoubt = false },
            _ => now,
        };

    private static FleetState OfTask(FleetState state, Fact fact, Event.OfTask e) =>
        e switch
        {
            Event.TaskAdded added => Added(state, fact, added),
            Event.TaskAbandoned gone => Ended(state, fact, e.Id, TaskEnd.Abandoned, gone.Why, null),
            Event.Landed landed => Landed(state, fact, landed),
            Event.LandingChecked => state with { Unchecked = state.Unchecked.Remove(e.Id) },
            Event.LandingStarted started => Change(
                WithLanding(state, started.Repository, e.Id),
                e.Id,
                fact,
                task => task
            ),
            Event.ProposalRefuted => Change(LandingCleared(state, e.Id), e.Id, fact, t => Tell(t, e, fact)),
            Event.TaskParked => Change(LandingCleared(state, e.Id), e.Id, fact, t => Tell(t, e, fact)),
            Event.LandingDeferred => Change(LandingCleared(state, e.Id), e.Id, fact, t => Tell(t, e, fact)),
            Event.TaskRetried => Change(LandingCleared(state, e.Id), e.Id, fact, t => Tell(t, e, fact)),
            _ => Change(state, e.Id, fact, t => Tell(t, e, fact)),
        };

    private static FleetState OfRun(FleetState state, Fact fact, Event.OfRun e) =>
        ChangedRun(AccountChanges.Of(state, e, fact.Seq), fact, e);

    private static FleetState ChangedRun(FleetState state, Fact fact, Event.OfRun e) =>
        e switch
        {
            Event.WorktreeRemoved => state with { Worktrees = state.Worktrees.Remove(e.Run) },
            Event.WorktreePrepared prepared => Change(
                WithWorktree(state, fact, prepared),
                e.Run.Task,
                fact,
                t => TaskChanges.Of(t, e, fact)
            ),
            Event.UsageSpent spent => Spent(state, fact, spent),
            Event.WorkSaved => Change(Saved(state, e.Run), e.Run.Task, fact, t => TaskChanges.Of(t, e, fact)),
            Event.RunSpawned when state.Paused is PauseKind.Freeze => Change(
                state,
                e.Run.Task,
                fact,
                t => TaskChanges.FreezeAsked(TaskChanges.Of(t, e, fact))
            ),
            _ => Change(state, e.Run.Task, fact, t => TaskChanges.Of(t, e, fact)),
        };

    private static FleetTask Tell(FleetTask task, Event.OfTask e, Fact fact) => TaskChanges.Of(task, e, fact);

    private static FleetState Change(FleetState state, TaskId id, Fact fact, Func<FleetTask, FleetTask> change)
    {
        if (!state.Tasks.TryGetValue(id, out var before))
        {
            return state;
        }

        var after = change(before) with { LastSeq = fact.Seq };
        return Indexes.Replace(state with { Tasks = state.Tasks.SetItem(id, after) }, before, after);
    }

    private static FleetState Added(FleetState state, Fact fact, Event.TaskAdded e)
    {
        var task = new FleetTask(e.Id, e.Repository, e.Brief, fact.At, fact.Who.ToString(), fact.Seq)
        {
            BriefSeq = fact.Seq,
        };
        var order = state.RequestOrder.Enqueue(e.RequestId);
        var requests = state.Requests.SetItem(e.RequestId, e.Id);
        if (requests.Count > MaxRequestsRemembered)
        {
            order = order.Dequeue(out var oldest);
            requests = requests.Remove(oldest);
        }

        var next = state with
        {
            Tasks = state.Tasks.SetItem(e.Id, task),
            LastTask = Math.Max(state.LastTask, e.Id.Number),
            Requests = requests,
            RequestOrder = order,
        };
        return Indexes.Replace(next, null, task);
    }

    private static FleetState Landed(FleetState state, Fact fact, Event.Landed e)
    {
        if (!state.Tasks.TryGetValue(e.Id, out var task))
        {
            return state;
        }

        var change = new LandedChange(e.Commit, e.Tree, e.TrunkBefore);
        var next = LandingCleared(state, e.Id) with
        {
            Unchecked = state.Unchecked.SetItem(e.Id, new UncheckedLanding(task.Repository, change)),
        };
        next = OfRepository(next, fact, new Event.TrunkSeen(task.Repository, e.Commit));
        return Ended(next, fact, e.Id, TaskEnd.Landed, "", e.Commit);
    }

    private static FleetState Ended(FleetState state, Fact fact, TaskId id, TaskEnd end, string why, Commit? commit)
    {
        if (!state.Tasks.TryGetValue(id, out var task))
        {
            return state;
        }

        var brief = task.Brief;
        var line = new FinishedTask(
            id,
            task.Repository,
            brief.Title,
            brief.Directory,
            brief.Coder,
            brief.Agent,
            brief.Model,
            brief.Priority,
            end,
            why,
            commit,
            task.Run?.Id.Number ?? 0,
            task.AddedAt,
            fact.At,
            task.Spent == Usage.Unknown ? null : task.Spent,
            task.ListPrice
        );
        var next = LandingCleared(state, id) with
        {
            Tasks = state.Tasks.Remove(id),
            Finished = state.Finished.SetItem(id, line),
        };
        return Indexes.Released(Indexes.Replace(next, task, null), id);
    }

    private static FleetState Spent(FleetState state, Fact fact, Event.UsageSpent e)
    {
        var run = state.Tasks.GetValueOrDefault(e.Run.Task)?.Run;
        var list = PriceList.Of(state.Home.Prices, run?.ModelUsed, e.Spent, DaySpent.DayOf(fact.At));
        var next = state with { Day = state.Day.Add(fact.At, run?.Agent, Amount.Of(e.Spent, list)) };
        return Change(next, e.Run.Task, fact, task => TaskChanges.Spent(task, e, list));
    }

    private static FleetState WithLanding(FleetState state, RepositoryName name, TaskId? landing) =>
        state.Repositories.TryGetValue(name, out var repository)
            ? state with
            {
                Repositories = state.Repositories.SetItem(name, repository with { Landing = landing }),
            }
            : state;

    private static FleetState LandingCleared(FleetState state, TaskId id) =>
        state.Tasks.TryGetValue(id, out var task)
        && state.Repositories.TryGetValue(task.Repository, out var repository)
        && repository.Landing == id
            ? WithLanding(state, task.Repository, null)
            : state;

    private static FleetState WithWorktree(FleetState state, Fact fact, Event.WorktreePrepared e) =>
        state.Tasks.TryGetValue(e.Run.Task, out var task)
            ? state with
            {
                Worktrees = state.Worktrees.SetItem(
                    e.Run,
                    new RunWorktree(task.Repository, e.Path, Saved: false, fact.Seq)
                ),
            }
            : state;

    private static FleetState Saved(FleetState state, RunId run) =>
        state.Worktrees.TryGetValue(run, out var worktree)
            ? state with
            {
                Worktrees = state.Worktrees.SetItem(run, worktree with { Saved = true }),
            }
            : state;
}
