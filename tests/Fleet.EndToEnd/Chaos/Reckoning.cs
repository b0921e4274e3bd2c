using Fleet.Daemon;
using Fleet.Log;
using Fleet.Log.Sqlite;
using Fleet.Processes;
using Fleet.Rules;
using Fleet.Rules.Verification;

namespace Fleet.EndToEnd.Chaos;

/// <summary>Holds a fleet at rest against what was promised and against what its runs themselves recorded.</summary>
internal sealed class Reckoning(ChaosHome fleet)
{
    private readonly HashSet<string> done = new(StringComparer.Ordinal);

    /// <summary>Everything that must hold once no run is alive.</summary>
    public void Holds()
    {
        var facts = Facts();
        NothingAcknowledgedIsLost(facts);
        NoTaskIsDoubled(facts);
        NoProcessIsLeft();
        NoGateSawHalfACandidate(facts);
        var runs = RunRecord.In(fleet.Records).Where(run => done.Add(run.Run)).ToList();
        NoRunBeganTwice(runs);
        TranscriptsAreExact(runs);
        EveryWorkIsKept(runs);
    }

    /// <summary>The record as it is on disk, proven whole.</summary>
    public List<Fact> Facts()
    {
        using var log = Assert.IsType<LogOpening.Opened>(SqliteLog.Open(fleet.Home.Database)).Log;
        var anchors = new AnchorFile(fleet.Home.AnchorFile).Read();
        Assert.Empty(anchors.Unreadable);
        Assert.IsType<AuditReport.Whole>(AuditVerify.Of(log, anchors.Anchors));
        return [.. log.Read(after: 0).Select(Envelope.Read).OfType<Fact>()];
    }

    private void NothingAcknowledgedIsLost(List<Fact> facts)
    {
        var added = facts.Select(fact => fact.Event).OfType<Event.TaskAdded>().ToList();
        Assert.Equal(added.Count, added.Select(e => e.Brief.Title).Distinct(StringComparer.Ordinal).Count());
        var titles = added.ToDictionary(e => e.Id, e => e.Brief.Title);
        var approved = facts.Select(fact => fact.Event).OfType<Event.ProposalApproved>().Select(e => e.Id).ToHashSet();
        Assert.All(fleet.Promises.Added, promise => Assert.Equal(promise.Value, titles.GetValueOrDefault(promise.Key)));
        Assert.All(fleet.Promises.Approved.Keys, task => Assert.Contains(task, approved));
    }

    /// <summary>Trunk's own history says which tasks landed: each once, and exactly those that the log says.</summary>
    private void NoTaskIsDoubled(List<Fact> facts)
    {
        var landed = facts.Select(fact => fact.Event).OfType<Event.Landed>().Select(e => e.Id.ToString());
        var trunk = fleet
            .Person.Git("log", "--first-parent", "--format=%(trailers:key=Fleet-Task,valueonly,separator=%x2C)", "main")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(landed.Order(StringComparer.Ordinal), trunk.Order(StringComparer.Ordinal));
        Assert.Equal(trunk.Length, trunk.Distinct(StringComparer.Ordinal).Count());
        var files = fleet.Person.Git("ls-tree", "--name-only", "main").Split('\n').ToHashSet(StringComparer.Ordinal);
        Assert.All(
            trunk.Select(task => fleet.Promises.Added[Id(task)]),
            title => Assert.Contains($"{title}.txt", files)
        );
        Assert.Equal("", fleet.Person.Git("status", "--porcelain"));
    }

    /// <summary>The gate under test only says no to a checkout that is not whole.</summary>
    private static void NoGateSawHalfACandidate(List<Fact> facts) =>
        Assert.All(
            facts.Select(fact => fact.Event).OfType<Event.VerdictGiven>(),
            given => Assert.IsType<Verdict.Upheld>(given.Verdict.Verdict)
        );

    private static TaskId Id(string text) => TaskId.TryParse(text, out var id) ? id : throw new FormatException(text);

    private void NoProcessIsLeft()
    {
        Assert.Empty(Bystanders.OfRuns(fleet.Home));
        var trees = RecordedTrees.Read(StopEverything.PieceDirectories([fleet.Home.Runs, fleet.Home.Gates]));
        Assert.Empty(trees.Unreadable);
        Assert.Empty(ProcessTable.Scan().Members(trees.Trees, []));
    }

    private static void NoRunBeganTwice(List<RunRecord> runs) =>
        Assert.All(runs, run => Assert.True(run.Begun <= 1, $"run {run.Run} began {run.Begun} times"));

    private void TranscriptsAreExact(List<RunRecord> runs)
    {
        foreach (var run in runs)
        {
            var transcript = File.ReadAllText(RunFiles.Transcript(Path.Combine(fleet.Home.Runs, run.Run)));
            Assert.StartsWith(run.Said, transcript, StringComparison.Ordinal);
            var unrecorded = transcript[run.Said.Length..].Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.True(
                unrecorded.Length <= (run.Ended ? 0 : 1),
                $"run {run.Run} never printed {string.Concat(unrecorded)}"
            );
        }
    }

    /// <summary>
    /// Every line that a run says it wrote is in the tree of its kept ref, in the hub and at the person's.
    /// </summary>
    private void EveryWorkIsKept(List<RunRecord> runs)
    {
        foreach (var run in runs.Where(run => run.Wrote > 0))
        {
            var token = run.Said[..run.Said.IndexOf('\n', StringComparison.Ordinal)].Split(' ')[1];
            var kept = $"refs/fleet/kept/{run.Run.Replace('.', '/')}";
            var saved = Person.GitIn(fleet.Hub, "cat-file", "blob", $"{kept}:{token}.txt");
            var lines = saved
                .Split('\n')
                .Count(line => line.StartsWith($"{token} {run.Run} ", StringComparison.Ordinal));
            Assert.True(lines >= run.Wrote, $"run {run.Run} wrote {run.Wrote} lines, {lines} are kept");
            Assert.Equal(Person.GitIn(fleet.Hub, "rev-parse", kept), fleet.Person.Git("rev-parse", kept));
        }
    }
}
