using System.Collections.Immutable;
using Fleet.Rules;
using Fleet.Rules.Attention;
using Fleet.Rules.Settings;
using Fleet.Rules.Tasks;
using Fleet.Simulation.Checks;
using Fleet.Simulation.World;

namespace Fleet.Simulation.Home;

/// <summary>A person at the fleet, and an agent that asks for more than it may.</summary>
internal sealed class Person(SimHome home, FoldChecks folds)
{
    private static readonly Actor Dana = Actor.Human("dana");
    private readonly Chance chance = home.Chance;
    private int added;

    /// <summary>At most so many tasks come in.</summary>
    public int MostTasks { get; init; }

    private FleetState State => folds.State;

    /// <summary>Adds the repositories, and most of the tasks at once.</summary>
    public void Begin()
    {
        foreach (var repository in home.World.Repositories)
        {
            Ask(new Request.AddRepository(repository.Root, "main", null));
        }

        home.Time.In(
            TimeSpan.FromMinutes(5),
            () =>
            {
                TrustAll();
                for (var n = 0; n < MostTasks / 2; n++)
                {
                    Add();
                }
            }
        );
    }

    /// <summary>Does one thing that a person might do.</summary>
    public void Act()
    {
        switch (chance.Below(20))
        {
            case 0 or 1 or 2:
                Add();
                break;
            case 3 or 4 or 5 or 17:
                On(t => t.Proposal is not null, id => new Request.Approve(id));
                break;
            case 6 or 7:
                On(t => t.Proposal is not null, id => new Request.Reject(id, "not like this"));
                break;
            case 8 or 9:
                On(t => t.Parked is not null || chance.Percent(20), id => new Request.RetryTask(id));
                break;
            case 10:
                On(_ => true, id => new Request.StopTask(id));
                break;
            case 11:
                On(_ => chance.Percent(30), id => new Request.AbandonTask(id, "not needed any more"));
                break;
            case 12:
                Edit();
                break;
            case 13:
                Interfere();
                break;
            case 14:
                TrustAll();
                break;
            case 15:
                Ask(new Request.Pause(chance.Percent(50) ? PauseKind.Freeze : PauseKind.StartNothing));
                home.Time.In(chance.Seconds(1200), () => Ask(new Request.Resume()));
                break;
            case 16:
                Ask(new Request.Resume());
                break;
            case 18:
                Rare();
                break;
            default:
                Cheat();
                break;
        }
    }

    /// <summary>Does whatever lets every task end: what a diligent person would do once an hour.</summary>
    public void Tidy()
    {
        Ask(new Request.Resume());
        RaiseBudgets();
        TrustAll();
        foreach (var task in State.Tasks.Values)
        {
            if (Dependencies.Of(task.Brief, State) is Dependencies.Standing.Broken)
            {
                Ask(new Request.EditTask(task.Id, new BriefChange(Needs: ImmutableArray<TaskId>.Empty)));
            }
            else if (task is { Proposal: { IsRefuted: false } })
            {
                Ask(new Request.Approve(task.Id));
            }
            else if (task.Parked is not null)
            {
                Ask(new Request.RetryTask(task.Id));
            }
        }
    }

    private void RaiseBudgets()
    {
        var none = Budget.Unlimited;
        home.Settings = home.Settings with { RunBudget = none, TaskBudget = none, DayBudget = none };
        home.Daemon?.See(home.SettingsSeen());
    }

    /// <summary>Has a word in what is landing just now, or puts something else in front.</summary>
    private void Interfere()
    {
        if (State.Repositories.Values.FirstOrDefault(r => r.Landing is not null)?.Landing is { } landing)
        {
            Ask(chance.Percent(50) ? new Request.RetryTask(landing) : new Request.Reject(landing, "wait, no"));
        }
        else
        {
            On(t => t.Proposal is not null, id => new Request.LandNext(id));
        }
    }

    private void Rare()
    {
        switch (chance.Below(6))
        {
            case 0:
                Ask(new Request.Drain(chance.Percent(50)));
                break;
            case 1:
                Ask(new Request.StopAll("stop all"));
                break;
            case 2:
                home.Settings = home.Settings with { MaxConcurrent = 1 + chance.Below(4) };
                home.Daemon?.See(home.SettingsSeen());
                break;
            case 4 when State.Seq > 0:
                Ask(new Request.Redact(1 + chance.Below((int)State.Seq), "a secret"));
                break;
            case 5:
                On(t => !t.Brief.IsCommand, id => new Request.Say(id, "there is more to it"));
                break;
            case 3 when home.Faults.Strikes(Fault.HaltSeen, 50):
                home.World.HaltMark = true;
                home.Daemon?.See(new Observation.HaltSeen("fleet stop --all"));
                home.Time.In(TimeSpan.FromMinutes(30), () => home.World.HaltMark = false);
                break;
        }
    }

    /// <summary>An agent approves its own work, or says that it needs no gate.</summary>
    private void Cheat()
    {
        if (home.Faults.Strikes(Fault.AgentApprovesItself, 100) && Some(t => t.Run is not null) is { } task)
        {
            var who = Actor.Agent(task.Run!.Id);
            home.Ask(
                who,
                chance.Percent(50)
                    ? new Request.Approve(task.Id)
                    : new Request.EditTask(task.Id, new BriefChange(NoGate: true))
            );
        }
    }

    private void Add()
    {
        if (added++ >= MostTasks)
        {
            return;
        }

        var command = chance.Percent(50);
        var needs = Some(_ => chance.Percent(30)) is { } other ? ImmutableArray.Create(other.Id) : [];
        var brief = new Brief(
            $"task {added}",
            "",
            "",
            null,
            command ? Brief.CommandCoder : "claude",
            null,
            command ? ["./work.sh"] : [],
            chance.Below(5),
            needs,
            [],
            chance.Percent(10)
        );
        Ask(new Request.AddTask(chance.Pick([.. home.World.Repositories]).Root, brief));
    }

    private void Edit()
    {
        var needs = Some(_ => true) is { } other ? ImmutableArray.Create(other.Id) : [];
        var change = chance.Below(4) switch
        {
            0 => new BriefChange(Priority: chance.Below(5)),
            1 => new BriefChange(Needs: needs),
            2 => new BriefChange(NoGate: true),
            _ => new BriefChange(Title: "another title"),
        };
        On(_ => true, id => new Request.EditTask(id, change));
    }

    private void TrustAll()
    {
        foreach (var repository in home.World.Repositories)
        {
            if (Policy.CommandsHash(repository.Files) is { } hash)
            {
                Ask(new Request.Trust(repository.Root, hash));
            }
        }
    }

    private void On(Func<FleetTask, bool> wanted, Func<TaskId, Request> request)
    {
        if (Some(wanted) is { } task)
        {
            Ask(request(task.Id));
        }
    }

    private FleetTask? Some(Func<FleetTask, bool> wanted)
    {
        var fitting = State.Tasks.Values.Where(wanted).ToArray();
        return fitting.Length == 0 ? null : chance.Pick(fitting);
    }

    private void Ask(Request request) => home.Ask(Dana, request);
}
