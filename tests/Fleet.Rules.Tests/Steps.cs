using System.Collections.Immutable;
using Fleet.Rules.Runs;
using Fleet.Rules.Spending;
using Fleet.Rules.Tasks;
using Fleet.Rules.Verification;

namespace Fleet.Rules.Tests;

/// <summary>The usual steps of a task's life, each in one call.</summary>
internal static class Steps
{
    public static Brief Brief(string title, int priority = 2, string coder = "command") =>
        new(title, "", "", null, coder, null, ["./work.sh"], priority, [], [], NoGate: false);

    public static Story Adds(this Story story, Brief brief) => story.Asks(new Request.AddTask(Story.Root, brief));

    public static Story Adds(this Story story, string title, int priority = 2, string coder = "command") =>
        story.Adds(Brief(title, priority, coder));

    public static RunId Run(int task, int number = 1) => new(new TaskId(task), number);

    public static Story Spawns(this Story story, RunId run) =>
        story
            .Sees(new Observation.WorktreeReady(run, $"/trees/{run}", Story.Trunk, $"fleet/{run.Task}"))
            .Sees(new Observation.ProcessSpawned(run, new ProcessIdentity(100, 7)));

    public static Story Exits(this Story story, RunId run, int code = 0) =>
        story.Sees(new Observation.TreeEnded(run, new RunExit(code, null, Lost: false)));

    public static Story Saves(this Story story, RunId run, SavedWork work) =>
        story.Sees(new Observation.WorkHarvested(run, work));

    public static Commit CommitOf(RunId run) => new($"work-{run}");

    public static SavedWork Work(RunId run) => new(CommitOf(run), CommitOf(run), false, false, ["a.txt"], []);

    /// <summary>The run starts, works, ends well and leaves a commit.</summary>
    public static Story Proposes(this Story story, RunId run, SavedWork? work = null) =>
        story.Spawns(run).SaysDone(run).Exits(run).Saves(run, work ?? Work(run));

    /// <summary>Of a coder that has turns: its terminal event. A command says nothing.</summary>
    public static Story SaysDone(this Story story, RunId run) =>
        story.Sees(new Observation.CoderTurnEnded(run, new EndedTurn(TurnResult.Done), Usage.Unknown, IsExact: true));

    public static Story Crashes(this Story story, RunId run) => story.Spawns(run).Exits(run, 1).Saves(run, Work(run));

    public static Candidate Candidate(this Story story, int task, string? tree = null)
    {
        var number = story.Task(task).Candidates + 1;
        var trunk = story.State.Repositories[Story.Shop].Head!.Value;
        return new Candidate(
            number,
            trunk,
            new Commit($"merge-{task}.{number}"),
            new Tree(tree ?? $"tree-{task}.{number}")
        );
    }

    public static Story Merges(this Story story, int task, string? tree = null) =>
        story.Sees(new Observation.CandidateMerged(new TaskId(task), story.Candidate(task, tree)));

    public static Story Judges(this Story story, int task, Verdict verdict, GateSettingsOf? gate = null)
    {
        var settings = (gate ?? GateSettingsOf.Tests) is GateSettingsOf.Tests ? Story.Tests : Story.Lint;
        var tree = story.Task(task).Proposal!.Candidate!.Tree;
        return story.Sees(
            new Observation.GateAnswered(
                new TaskId(task),
                new GivenVerdict(tree, settings.Name, Proof.Definition(settings), verdict, "", TimeSpan.Zero)
            )
        );
    }

    public static Story Upholds(this Story story, int task) => story.Judges(task, new Verdict.Upheld());

    public static Story Refutes(this Story story, int task) =>
        story.Judges(task, new Verdict.Refuted([new Finding("tests", "3 failed")]));

    /// <summary>The task's first run proposed, and every gate upheld it.</summary>
    public static Story Proves(this Story story, int task) => story.Proposes(Run(task)).Merges(task).Upholds(task);

    public static Story TrunkMoves(this Story story, int task) =>
        story.Sees(new Observation.TrunkMoved(new TaskId(task), story.Task(task).Candidates));

    public static Story LandingHolds(this Story story, int task) =>
        story.Sees(
            new Observation.LandingHolds(new TaskId(task), story.State.Unchecked[new TaskId(task)].Change.Commit)
        );

    public static ImmutableArray<T> Of<T>(this ImmutableArray<Effect> effects)
        where T : Effect => [.. effects.OfType<T>()];
}

internal enum GateSettingsOf
{
    Tests,
    Lint,
}
