namespace Fleet.Rules.Tasks;

/// <summary>What someone said to a task's coder.</summary>
/// <param name="Seq">The position of the event that holds the words.</param>
/// <param name="Heard">The run that was given them; none while they wait.</param>
public sealed record Told(long Seq, string Who, string Words, RunId? Heard = null);
