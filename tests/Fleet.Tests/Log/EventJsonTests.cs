using System.Text.Json;
using Fleet.Log;
using Fleet.Rules;
using Fleet.Rules.Attention;
using Fleet.Rules.Context;
using Fleet.Rules.Runs;
using Fleet.Rules.Settings;
using Fleet.Rules.Spending;
using Fleet.Rules.Tasks;
using Fleet.Rules.Verification;
using Fleet.Tests.Tidy;

namespace Fleet.Tests.Log;

/// <summary>What is written to the log is read back as it was, kind by kind.</summary>
public sealed class EventJsonTests
{
    private static readonly RepositoryName Shop = new("shop");
    private static readonly AccountId Payer = new("claude", "work");
    private static readonly TaskId Task = new(12);
    private static readonly RunId Run = new(Task, 3);
    private static readonly Commit Commit = new("c0ffee");
    private static readonly Tree Tree = new("7ree");
    private static readonly DateTimeOffset At = new(2026, 11, 21, 2, 2, 10, 123, TimeSpan.Zero);
    private static readonly Finding Finding = new("tests", "3 failed: \"näh\"\n", "src/a.cs", 7);
    private static readonly Candidate Candidate = new(2, Commit, Commit, Tree);

    private static readonly Brief Brief = new(
        "a title with \"quotes\" and 🚀",
        "",
        "src",
        "builder",
        "claude",
        null,
        ["sh", "-c", "true"],
        0,
        [new TaskId(1)],
        ["ui"],
        NoGate: true
    );

    internal static readonly Event[] OneOfEachKind =
    [
        new Event.EpochBegan(new Epoch(7), "host:42"),
        new Event.HomeSettingsChanged(new HomeSettings(MaxConcurrent: 30), "hash", "config.yaml"),
        new Event.FleetPaused(PauseKind.Freeze, "lunch"),
        new Event.FleetResumed(),
        new Event.DrainAsked(Now: true),
        new Event.BodyRedacted(9, "a secret"),
        new Event.AccountLimited(Payer, At, "until ten"),
        new Event.AccountRefused(Payer, "invalid key"),
        new Event.AccountResumed(Payer),
        new Event.AccountWindowsSeen(Payer, [new AccountWindow("five_hour", 0.25, At, IsReached: false)]),
        new Event.RepositoryAdded(Shop, "/src/shop", "main", "origin"),
        new Event.RepositorySettingsChanged(
            Shop,
            Commit,
            new RepositorySettings(Gates: [new GateSettings("tests", "./test.sh", TimeSpan.FromMinutes(2))]),
            "hash",
            "commands"
        ),
        new Event.TrunkSeen(Shop, Commit),
        new Event.RepositoryUnreadable(Shop, "permission denied"),
        new Event.CommandsTrusted(Shop, "commands"),
        new Event.RepositoryHalted(Shop, "trees differ"),
        new Event.RepositoryResumed(Shop),
        new Event.RepositoryForgotten(Shop),
        new Event.PauseFileChanged(Shop, null),
        new Event.TaskAdded(Task, Shop, Brief, "q1"),
        new Event.TaskEdited(Task, Brief with { Title = "another" }),
        new Event.TaskParked(Task, WaitingFor.Person, "set aside"),
        new Event.TaskRetried(Task),
        new Event.TaskTold(Task, "mind the tests"),
        new Event.PlanApproved(Task, "hash"),
        new Event.PlanRejected(Task, "too wide"),
        new Event.AbandonAsked(Task, "not needed"),
        new Event.TaskAbandoned(Task, "not needed"),
        new Event.RunStarted(Run, "claude", "builder", null, Commit, null, new Budget(2.5m, 30, 400_000), "work"),
        new Event.WorktreePrepared(Run, "/trees/12.3", Commit, "fleet/12/a-title"),
        new Event.RunSpawned(Run, new ProcessIdentity(4711, 99_999_999_999)),
        new Event.ContextGiven(Run, new ContextManifest("hash", 30, [new ContextPart("task", "hash", 30, 3)])),
        new Event.SessionBegan(Run, "s-1", "sonnet"),
        new Event.PermissionAsked(Run, "r-1", "Bash", "git rebase", "the agent asks: shell: git rebase*", At),
        new Event.PermissionAnswered(Run, "Bash", "git push", Allowed: false, "pushing is denied", "7"),
        new Event.WordsHeard(Run, 41),
        new Event.UsageSpent(Run, new Usage(1234, 7000, null, 56, 7, 0.0115m), IsExact: true),
        new Event.TurnEnded(Run, new EndedTurn(TurnResult.Failed, ErrorClass.UsageLimit, "until ten", At)),
        new Event.RunStopAsked(Run, StopReason.Budget, "it spent $2.51", Measure.Usd),
        new Event.RunFrozen(Run),
        new Event.RunThawed(Run),
        new Event.RunExited(Run, new RunExit(null, 9, Lost: false), StopStep.Killed),
        new Event.WorkSaved(Run, new SavedWork(Commit, Commit, true, true, ["a", "b"], ["c"])),
        new Event.RunFailed(Run, FailureKind.TooMuchOutput, "4 GiB", At),
        new Event.PlanProposed(Run, "hash"),
        new Event.WorktreeRemoved(Run),
        new Event.ProposalMade(Run, Commit, Commit, true, ["notes.txt"]),
        new Event.CandidateBuilt(Task, Candidate),
        new Event.CandidateOutdated(Task, 2),
        new Event.VerdictGiven(Task, Given(new Verdict.Refuted([Finding]))),
        new Event.ProposalProven(Task, Commit),
        new Event.ProposalRefuted(Task, Commit, [Finding], At),
        new Event.ProposalApproved(Task, Commit),
        new Event.LandingHurried(Task),
        new Event.LandingStarted(Task, Shop),
        new Event.TrunkMoveAsked(Task, 2),
        new Event.LandingDeferred(Task, "index locked", At),
        new Event.Landed(Task, Commit, Tree, Commit),
        new Event.LandingChecked(Task, Commit),
    ];

    public static TheoryData<string> Kinds => [.. EventJson.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_is_read_back_as_it_was_written(string kind)
    {
        var written = Assert.Single(OneOfEachKind, e => EventKinds.Of(e) == kind);
        var body = EventJson.Body(written);
        var read = EventJson.Read(kind, body);
        Assert.Equal(written.GetType(), read?.GetType());
        Assert.Equal(body, EventJson.Body(read!));
    }

    [Fact]
    public void Bodies_say_what_the_event_says()
    {
        var body = EventJson.Body(new Event.TaskAdded(Task, Shop, Brief, "q1"));
        var read = Assert.IsType<Event.TaskAdded>(EventJson.Read("task.added", body));
        Assert.Equal(Brief.Title, read.Brief.Title);
        Assert.Equal(Brief.Command, read.Brief.Command, StringComparer.Ordinal);
        Assert.Equal((Brief.NoGate, Brief.Priority, Brief.Model), (read.Brief.NoGate, read.Brief.Priority, null));
        Assert.Equal(Brief.Needs, read.Brief.Needs.AsEnumerable());
    }

    [Fact]
    public void Bodies_are_canonical()
    {
        Assert.Equal(
            """{"commit":"c0ffee","id":12,"tree":"7ree","trunkBefore":"c0ffee"}""",
            EventJson.Body(new Event.Landed(Task, Commit, Tree, Commit))
        );
        Assert.Equal("""{"run":"12.3"}""", EventJson.Body(new Event.RunFrozen(Run)));
    }

    [Fact]
    public void Each_verdict_is_read_back()
    {
        foreach (var verdict in (Verdict[])[new Verdict.Upheld(), new Verdict.Undecided("killed")])
        {
            Assert.Equal(verdict, Again(verdict));
        }

        var refuted = Assert.IsType<Verdict.Refuted>(Again(new Verdict.Refuted([Finding])));
        Assert.Equal(Finding, Assert.Single(refuted.Findings));
    }

    /// <summary>What the first Fleet wrote, one line for each kind; lines are only ever added.</summary>
    [Fact]
    public void Every_body_that_was_ever_written_can_be_read()
    {
        var lines = File.ReadAllLines(Path.Combine(SourceTree.Root, "tests/Fleet.Tests/Log/stored-events.txt"));

        foreach (var (kind, body) in lines.Select(line => (line.Split(' ')[0], line[(line.IndexOf(' ') + 1)..])))
        {
            Assert.Equal(kind, EventKinds.Of(EventJson.Read(kind, body)!));
        }

        Assert.Empty(EventJson.Kinds.Except(lines.Select(line => line.Split(' ')[0]), StringComparer.Ordinal));
    }

    [Fact]
    public void The_definition_of_a_gate_as_it_was_written_once_is_read_as_it_is_written_now()
    {
        var gate = new GateSettings("tests", "./test.sh\n./more.sh");
        var old = Given(new Verdict.Upheld()) with { Definition = "tests\n./test.sh\n./more.sh" };

        var read = EventJson.Read("verdict.given", EventJson.Body(new Event.VerdictGiven(Task, old)));

        Assert.Equal(Proof.Definition(gate), Assert.IsType<Event.VerdictGiven>(read).Verdict.Definition);
    }

    [Fact]
    public void A_redacted_body_and_a_kind_of_a_newer_fleet_give_no_event()
    {
        Assert.Null(EventJson.Read("task.added", null));
        Assert.Null(EventJson.Read("task.teleported", "{}"));
    }

    [Fact]
    public void A_body_that_does_not_fit_its_kind_is_damage() =>
        Assert.Throws<JsonException>(() => EventJson.Read("task.retried", """{"id":"twelve"}"""));

    private static GivenVerdict Given(Verdict verdict) =>
        new(Tree, "tests", "a hash", verdict, "/out/1", TimeSpan.FromSeconds(1.5));

    private static Verdict Again(Verdict verdict)
    {
        var body = EventJson.Body(new Event.VerdictGiven(Task, Given(verdict)));
        return Assert.IsType<Event.VerdictGiven>(EventJson.Read("verdict.given", body)).Verdict.Verdict;
    }
}
