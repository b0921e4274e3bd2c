using Fleet.Daemon;
using Fleet.Log;
using Fleet.Log.Sqlite;
using Fleet.Rules;
using Fleet.Rules.Attention;
using Fleet.Rules.Runs;
using Fleet.Rules.Settings;
using Fleet.Rules.Tasks;
using Fleet.Rules.Verification;

namespace Fleet.Bench.Ground;

/// <summary>A home with a past: real decisions of the production loop about a world that is only told.</summary>
internal sealed class Past : IDisposable
{
    private const string Person = "/bench/repository";
    private const int Slots = 200;

    private readonly MemoryLog log = new();
    private readonly FleetLoop loop;
    private DateTimeOffset now = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    private int commits;

    public Past()
    {
        loop = new FleetLoop(log, RuleSet.Production, FleetState.Empty, Position.Empty);
        Tell(new Observation.DaemonStarted("bench:1"));
        var settings = new HomeSettings(Slots, Landing: new LandingSettings(LandingMode.Auto));
        Tell(new Observation.HomeSettingsSeen(settings, "bench", "config.yaml"));
        Ask(new Request.AddRepository(Person, "main", null));
        Tell(new Observation.RepositorySeen(Known, NextCommit(), new RepositorySettings(), "none", CommandsHash: null));
    }

    public long Events => loop.Head.Seq;

    private RepositoryName Known => loop.State.Repositories.Keys.First();

    public void Dispose() => log.Dispose();

    /// <summary>Adds tasks that never start: the fleet is paused.</summary>
    public void AddOpen(int count)
    {
        Ask(new Request.Pause(PauseKind.StartNothing));
        for (var i = 0; i < count; i += Slots)
        {
            Add(Math.Min(Slots, count - i));
        }
    }

    /// <summary>Adds tasks and takes all of them to trunk.</summary>
    public void LandMany(int count)
    {
        Add(count);
        var runs = loop.State.Index.Live.Select(id => loop.State.Tasks[id].Run!.Id).ToArray();
        Tell([.. runs.Select(run => new Observation.WorktreeReady(run, $"/w/{run}", Head, $"fleet/{run.Task}/work"))]);
        Tell([.. runs.Select(run => new Observation.ProcessSpawned(run, new Rules.Runs.ProcessIdentity(1000, 1)))]);
        Tell([.. runs.Select(run => new Observation.TreeEnded(run, new RunExit(0, null, Lost: false)))]);
        Tell([.. runs.Select(run => new Observation.WorkHarvested(run, Work()))]);
        while (loop.State.Repositories[Known].Landing is { } task)
        {
            Land(task);
        }

        Tell([.. runs.Select(run => new Observation.WorktreeGone(run))]);
    }

    /// <summary>Step by step, as they happen: trunk moves only once that was asked for.</summary>
    private void Land(TaskId task)
    {
        var number = loop.Owed(now).Effects.OfType<Effect.BuildCandidate>().Single(owed => owed.Id == task).Number;
        var candidate = new Candidate(number, Head, NextCommit(), new Tree(NextCommit().Sha));
        Tell(new Observation.CandidateMerged(task, candidate));
        Tell(new Observation.TrunkMoved(task, candidate.Number));
        Tell(new Observation.LandingHolds(task, candidate.Commit));
        if (loop.State.Repositories[Known].Landing == task)
        {
            throw new InvalidOperationException($"task {task} does not land");
        }
    }

    /// <summary>Writes all of it into the database of a home.</summary>
    public void Write(string home)
    {
        const int batch = 5_000;
        Directory.CreateDirectory(home);
        using var stored = ((LogOpening.Opened)SqliteLog.Open(new FleetHome(home).Database)).Log;
        foreach (var part in log.Read(0).Chunk(batch))
        {
            NewEvent[] events =
            [
                .. part.Select(e => new NewEvent(e.Kind, e.At, e.Actor, e.Cause, e.Task, e.Run, e.Body!)),
            ];
            if (stored.Append(stored.Head(), events) is not AppendOutcome.Appended)
            {
                throw new InvalidOperationException($"{home} does not take its past");
            }
        }
    }

    private Commit Head => loop.State.Repositories[Known].Head!.Value;

    private SavedWork Work()
    {
        var commit = NextCommit();
        return new SavedWork(commit, commit, Dirty: false, TouchesPolicy: false, ["src/one.txt", "src/two.txt"], []);
    }

    private Commit NextCommit() => new($"{++commits:x40}");

    private void Add(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Ask(new Request.AddTask(Person, Brief(i)));
        }
    }

    private static Brief Brief(int number) =>
        new(
            $"Bring module {number} up to date with the new way of reading settings",
            "",
            "",
            Agent: null,
            Rules.Tasks.Brief.CommandCoder,
            Model: null,
            ["./tools/update.sh", $"{number}"],
            Rules.Tasks.Brief.DefaultPriority,
            [],
            [],
            NoGate: true
        );

    private void Ask(Request request) =>
        Step(new Input.Asked($"bench-{Events}-{commits}", Actor.Human("bench"), request));

    private void Tell(params Observation[] seen) => Step([.. seen.Select(each => new Input.Seen(each))]);

    private void Step(params Input[] inputs)
    {
        now += TimeSpan.FromSeconds(1);
        if (loop.Step(inputs, now) is not StepOutcome.Applied)
        {
            throw new InvalidOperationException("the loop did not take a step");
        }
    }
}
