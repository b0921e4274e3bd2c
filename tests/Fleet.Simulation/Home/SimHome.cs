using System.Collections.Immutable;
using Fleet.Daemon;
using Fleet.Log;
using Fleet.Rules;
using Fleet.Rules.Settings;
using Fleet.Simulation.Checks;
using Fleet.Simulation.World;

namespace Fleet.Simulation.Home;

/// <summary>
/// One home: its log, the daemon in charge, those that believe they are, and the way in for requests.
/// </summary>
internal sealed class SimHome(SimWorld world, Watch watch, RuleSet rules, Flaws flaws)
{
    private readonly List<SimDaemon> frozen = [];
    private bool startPlanned;
    private int requests;

    public SimWorld World { get; } = world;

    public RuleSet Rules { get; } = rules;

    public Flaws Flaws { get; } = flaws;

    public Timeline Time => World.Time;

    public Chance Chance => World.Chance;

    public FaultPlan Faults => World.Faults;

    public Trace Trace => World.Trace;

    public IEventLog Log => watch.Log;

    /// <summary>The home's settings file as it is now.</summary>
    public HomeSettings Settings { get; set; } = new();

    public SimDaemon? Daemon { get; private set; }

    public bool HasFrozenDaemon => frozen.Count > 0;

    /// <summary>Starts a daemon a little later, unless one is in charge or on its way.</summary>
    public void PlanStart()
    {
        if (Daemon is null && !startPlanned)
        {
            startPlanned = true;
            Time.In(Chance.Seconds(60), Start);
        }
    }

    public void Gone(SimDaemon daemon)
    {
        if (ReferenceEquals(Daemon, daemon))
        {
            Daemon = null;
            PlanStart();
        }

        if (daemon.IsFrozen && !daemon.IsDead)
        {
            frozen.Add(daemon);
            Time.In(Chance.Seconds(1200), () => Wake(daemon));
        }
    }

    /// <summary>What the world does by itself is seen by the daemon in charge, if there is one.</summary>
    /// <param name="observations">Told together, in this order.</param>
    public void Notice(params Observation[] observations)
    {
        var delay = Chance.Milliseconds(500) + (Faults.Strikes(Fault.ReportLate, 2) ? TimeSpan.FromHours(1) : default);
        if (Daemon is { } daemon)
        {
            Time.In(delay, () => Array.ForEach(observations, seen => daemon.See(seen)));
        }
    }

    public void Written(SimDaemon daemon, ImmutableArray<Fact> facts)
    {
        watch.Records.Applied(facts);
        watch.CatchUp();
        watch.Folds.Compare(daemon.Loop.State);
    }

    /// <summary>
    /// Asks with an id of one's own; what was not answered is sometimes asked again, with the same id.
    /// </summary>
    public void Ask(Actor who, Request request) => Ask($"q{++requests}", who, request, tries: 3);

    private void Ask(string id, Actor who, Request request, int tries)
    {
        var answered = false;
        var input = new Input.Asked(id, who, request);
        Trace.Say($"ask     {id} {who} {request}");
        void Answered(Answer answer)
        {
            if (Faults.Strikes(Fault.AnswerLost, 5))
            {
                return;
            }

            answered = true;
            Trace.Say($"answer  {id} {answer.Code} {answer.Message}");
            watch.Records.Acknowledged(id, request, answer);
        }

        Send(input, Answered);
        Time.In(
            TimeSpan.FromMinutes(1),
            () =>
            {
                if (!answered && tries > 1)
                {
                    Ask(id, who, request, tries - 1);
                }
            }
        );
    }

    /// <summary>To a daemon that is awake, be it the right one; else by the writer's lock, for one input.</summary>
    private void Send(Input.Asked input, Action<Answer> answered)
    {
        var awake = frozen.FirstOrDefault(d => !d.IsDead && !d.IsFrozen);
        if (awake is not null && Chance.Percent(30))
        {
            awake.Take(input, answered);
        }
        else if (Daemon is { } daemon)
        {
            daemon.Take(input, answered);
        }
        else if (Fold().Step([input], Time.Now) is StepOutcome.Applied applied)
        {
            watch.Records.Applied(applied.Facts);
            watch.CatchUp();
            if (applied.Answers[0] is { } answer)
            {
                answered(answer);
            }
        }
    }

    private FleetLoop Fold() => Opening.ToWrite(Log, Rules);

    /// <summary>Reads the log; another daemon may wake up before this one writes its first event.</summary>
    private void Start()
    {
        var loop = Fold();
        Time.In(Chance.Seconds(2), () => Begin(loop));
    }

    private void Begin(FleetLoop loop)
    {
        startPlanned = false;
        Input[] inputs =
        [
            new Input.Seen(new Observation.DaemonStarted("sim")),
            new Input.Seen(new Observation.HomeSettingsSeen(Settings, $"{Settings.MaxConcurrent}", "config.yaml")),
        ];
        if (loop.Step(inputs, Time.Now) is not StepOutcome.Applied applied)
        {
            PlanStart();
            return;
        }

        World.Epoch = loop.State.Epoch;
        Trace.Say($"daemon  epoch {loop.State.Epoch} begins");
        Daemon = new SimDaemon(this, loop);
        Written(Daemon, applied.Facts);
        Daemon.Take(new Input.Tick());
        foreach (var task in loop.State.Index.Live)
        {
            var run = loop.State.Tasks[task].Run!.Id;
            foreach (var seen in World.Runs.Recovered(run))
            {
                Daemon.See(seen);
            }
        }

        if (World.HaltMark)
        {
            Daemon.See(new Observation.HaltSeen("fleet stop --all"));
        }
    }

    private void Wake(SimDaemon daemon)
    {
        if (Faults.Healed)
        {
            frozen.Remove(daemon);
            return;
        }

        daemon.Wake();
        Time.In(Chance.Seconds(600), () => frozen.Remove(daemon));
    }
}
