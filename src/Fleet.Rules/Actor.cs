namespace Fleet.Rules;

/// <summary>The three kinds of who: a person, an agent's run, or a rule of Fleet itself.</summary>
public enum ActorKind
{
    Human,
    Agent,
    Rule,
}

/// <summary>Who did something, written <c>human:dana</c>, <c>agent:12.1</c> or <c>rule:scheduler</c>.</summary>
public readonly record struct Actor(ActorKind Kind, string Name)
{
    public static Actor Human(string name) => new(ActorKind.Human, name);

    public static Actor Agent(RunId run) => new(ActorKind.Agent, run.ToString());

    public static Actor Rule(string name) => new(ActorKind.Rule, name);

    public override string ToString() =>
        Kind switch
        {
            ActorKind.Human => $"human:{Name}",
            ActorKind.Agent => $"agent:{Name}",
            _ => $"rule:{Name}",
        };

    /// <summary>Reads what <see cref="ToString"/> wrote; an unknown form is a rule of that name.</summary>
    public static Actor Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = text[(colon + 1)..];
        return (colon < 0 ? "" : text[..colon]) switch
        {
            "human" => Human(name),
            "agent" => new Actor(ActorKind.Agent, name),
            _ => Rule(name),
        };
    }
}

/// <summary>Who stands behind a status: ◌ an agent's claim, ● evidence Fleet gathered, ■ a person's decision.</summary>
public enum Source
{
    Claim,
    Evidence,
    Person,
}
