using Fleet.Rules.Runs;

namespace Fleet.Coders.Acp;

/// <summary>What the reason means for which a turn stopped.</summary>
internal static class AcpStops
{
    public static TurnEnd Of(string? reason, string lastWords) =>
        reason switch
        {
            "end_turn" => new TurnEnd.Done(lastWords),
            "cancelled" => new TurnEnd.Interrupted(),
            "max_turn_requests" => new TurnEnd.Failed(ErrorClass.Turns, "the agent's limit of model calls was reached"),
            "refusal" => new TurnEnd.Failed(ErrorClass.InvalidRequest, "the model refused to go on"),
            "max_tokens" => new TurnEnd.Failed(ErrorClass.Unknown, "the answer was longer than the model may write"),
            _ => new TurnEnd.Failed(ErrorClass.Unknown, $"the agent stopped: {reason ?? "no reason"}"),
        };
}
