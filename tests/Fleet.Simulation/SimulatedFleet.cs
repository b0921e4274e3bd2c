using Fleet.Daemon;
using Fleet.Log;
using Fleet.Rules.Settings;
using Fleet.Simulation.Checks;
using Fleet.Simulation.Home;
using Fleet.Simulation.World;

namespace Fleet.Simulation;

/// <summary>One world from one seed: hours of chaos, then rest, then a person who tidies up.</summary>
internal sealed class SimulatedFleet
{
    private static readonly TimeSpan Chaos = TimeSpan.FromHours(5);
    private static readonly TimeSpan Rest = TimeSpan.FromHours(5);
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(5);
    private const int MostSteps = 60_000;
    private const int MostTidying = 40;

    private readonly Timeline time = new();
    private readonly Chance chance;
    private readonly SimWorld world;
    private readonly Watch watch;
    private readonly SimHome home;
    private readonly Person person;
    private readonly Mischief mischief;
    private int steps;

    public SimulatedFleet(ulong seed, bool traced = false, RuleSet? rules = null, Flaws flaws = Flaws.None)
    {
        chance = new Chance(seed);
        Faults = new FaultPlan(chance);
        Trace = new Trace(time, traced);
        world = new SimWorld(time, chance, Faults, Trace) { TrunkIsForced = flaws.HasFlag(Flaws.TrunkIsForced) };
        rules ??= RuleSet.Production;
        watch = new Watch(new SimLog(Faults, flaws), world, rules, Trace);
        home = new SimHome(world, watch, rules, flaws)
        {
            Settings = new HomeSettings(
                MaxConcurrent: 1 + chance.Below(3),
                Landing: new LandingSettings(chance.Percent(60) ? LandingMode.Auto : LandingMode.Approve),
                DayBudget: Tokens(seed % 3 == 0, 40),
                RunBudget: Tokens(seed % 2 == 0, 10),
                TaskBudget: Tokens(seed % 5 == 0, 25)
            ),
        };
        world.Notice = home.Notice;
        person = new Person(home, watch.Folds) { MostTasks = 4 + chance.Below(7) };
        mischief = new Mischief(home);
        for (var n = 1; n <= 1 + chance.Below(2); n++)
        {
            world.AddRepository($"/src/r{n}", chance.Pick(Policy.All));
        }
    }

    private static Budget? Tokens(bool isSet, long tokens) => isSet ? new Budget(Tokens: tokens) : null;

    public Trace Trace { get; }

    public FaultPlan Faults { get; }

    public IEventLog Log => watch.Log;

    public long Events => watch.Ledger.Seq;

    /// <summary>Lives through it all; gives what was violated, if anything was.</summary>
    public Violation? Run()
    {
        try
        {
            Suffer();
            Settle();
            Finish();
            return null;
        }
        catch (Violation violation)
        {
            Trace.Say($"VIOLATION {violation.Message}");
            return violation;
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or NullReferenceException)
        {
            Trace.Say($"VIOLATION {e}");
            return new Violation(Invariant.TheRulesComeToRest, e.ToString());
        }
    }

    private void Suffer()
    {
        home.PlanStart();
        person.Begin();
        Repeat(TimeSpan.FromMinutes(7), person.Act);
        Repeat(TimeSpan.FromMinutes(8), mischief.Act);
        Poll();
        Until(time.Now + Chaos);
    }

    /// <summary>Faults off, nobody acts: what is left waits, and says truly for what.</summary>
    private void Settle()
    {
        Trace.Say($"world   heals");
        Faults.Healed = true;
        world.HaltMark = false;
        mischief.Mend();
        Until(time.Now + Rest);
        new RestChecks(watch, world, home).Settled();
    }

    private void Finish()
    {
        for (var round = 0; round < MostTidying && !watch.Folds.State.Tasks.IsEmpty; round++)
        {
            mischief.Mend();
            person.Tidy();
            Until(time.Now + TimeSpan.FromMinutes(90));
        }

        Until(time.Now + TimeSpan.FromHours(3));
        new RestChecks(watch, world, home).Ended();
    }

    private void Repeat(TimeSpan most, Action act)
    {
        time.In(
            chance.Between(TimeSpan.Zero, most),
            () =>
            {
                if (!Faults.Healed)
                {
                    act();
                    Repeat(most, act);
                }
            }
        );
    }

    /// <summary>The daemon looks at trunks by itself now and then.</summary>
    private void Poll() =>
        time.In(
            Look,
            () =>
            {
                foreach (var repository in home.Daemon is null ? [] : watch.Folds.State.Repositories.Keys)
                {
                    home.Daemon!.ReadTrunk(repository);
                }

                Poll();
            }
        );

    private void Until(DateTimeOffset end)
    {
        while (time.Advance(end))
        {
            watch.CatchUp();
            Violation.Unless(++steps < MostSteps, Invariant.EverythingEnds, $"{steps} steps and no end");
        }

        time.Jump(end > time.Now ? end - time.Now : TimeSpan.Zero);
    }
}
