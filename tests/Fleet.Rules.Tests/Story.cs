using System.Collections.Immutable;
using Fleet.Rules.Settings;
using Fleet.Rules.Tasks;
using TaskStatus = Fleet.Rules.Views.TaskStatus;

namespace Fleet.Rules.Tests;

/// <summary>A fleet told as a story: what happened so far, what happens now, what follows from it.</summary>
internal sealed class Story
{
    public const string Root = "/src/shop";
    public static readonly RepositoryName Shop = new("shop");
    public static readonly Commit Trunk = new("trunk-0");
    public static readonly GateSettings Tests = new("tests", "./test.sh");
    public static readonly GateSettings Lint = new("lint", "./lint.sh");
    public static readonly Actor Dana = Actor.Human("dana");
    private readonly List<Event> news = [];
    private int requests;

    public FleetState State { get; private set; } = FleetState.Empty;

    public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What followed from the last thing that happened.</summary>
    public ImmutableArray<string> News => [.. news.Select(EventKinds.Of)];

    public ImmutableArray<Event> Events => [.. news];

    public Answer? Answer { get; private set; }

    public ImmutableArray<Effect> Owed => Next.For(State, Now).Effects;

    public DateTimeOffset? WakeAt => Next.For(State, Now).WakeAt;

    /// <summary>One trusted repository with these gates, and nothing to do yet.</summary>
    public static Story With(
        LandingMode mode = LandingMode.Auto,
        int slots = 3,
        ImmutableArray<GateSettings>? gates = null
    )
    {
        var story = new Story();
        story.Sees(new Observation.DaemonStarted("here"));
        story.Sees(
            new Observation.HomeSettingsSeen(
                new HomeSettings(MaxConcurrent: slots, Landing: new LandingSettings(mode)),
                "home",
                "config.yaml"
            )
        );
        story.Asks(new Request.AddRepository(Root, "main", null));
        story.Reads(Trunk, gates ?? [Tests]);
        return story.Asks(new Request.Trust(Root, "commands"));
    }

    public Story Asks(Request request, Actor? who = null, string? id = null) =>
        Happens(new Input.Asked(id ?? $"q{++requests}", who ?? Dana, request));

    public Story Sees(Observation observation) => Happens(new Input.Seen(observation));

    public Story After(TimeSpan wait)
    {
        Now += wait;
        return Happens(new Input.Tick());
    }

    public Story Reads(Commit head, ImmutableArray<GateSettings> gates) =>
        Sees(
            new Observation.RepositorySeen(
                Shop,
                head,
                new RepositorySettings(Gates: gates),
                string.Join(',', gates.Select(g => g.Name)),
                gates.IsEmpty ? null : "commands"
            )
        );

    public FleetTask Task(int id) => State.Tasks[new TaskId(id)];

    public TaskStatus Status(int id) =>
        State.Finished.TryGetValue(new TaskId(id), out var ended)
            ? TaskStatus.Of(ended)
            : TaskStatus.Of(State, Task(id), Now);

    public T Single<T>()
        where T : Event => Assert.Single(news.OfType<T>());

    private Story Happens(Input input)
    {
        news.Clear();
        Answer = Take(input);
        while (true)
        {
            var before = news.Count;
            Take(new Input.Tick());
            if (news.Count == before)
            {
                return this;
            }
        }
    }

    private Answer? Take(Input input)
    {
        var decision = Decide.For(State, input, Now);
        foreach (var e in decision.Events)
        {
            var who = input is Input.Asked asked ? asked.Who : Actor.Rule("test");
            State = Evolve.Apply(State, new Fact(State.Seq + 1, Now, who, null, e));
            news.Add(e);
        }

        return decision.Answer;
    }
}
