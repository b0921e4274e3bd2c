using System.Text.Json;
using Fleet.Rules.Runs;

namespace Fleet.Coders.Claude;

/// <summary>How a turn ended, from its result line and what was seen before it.</summary>
/// <remarks>
/// A request that failed for good also ends with the subtype <c>success</c>: only <c>is_error</c> and the reason tell.
/// </remarks>
internal static class ClaudeEnd
{
    /// <param name="result">The result line.</param>
    /// <param name="error">The class that its last message of an error named.</param>
    /// <param name="limited">A window of the account was reached in this turn.</param>
    /// <param name="interrupted">It said that it was interrupted.</param>
    public static TurnEnd Of(JsonElement result, string? error, bool limited, bool interrupted)
    {
        var reason = result.Text("terminal_reason"u8);
        var text = result.Text("result"u8);
        if (result.Flag("is_error"u8) == false && result.Is("subtype"u8, "success"u8) && IsDone(reason))
        {
            return new TurnEnd.Done(text ?? "");
        }

        var why = Why(result, text, reason);
        return IsAborted(reason) || (interrupted && result.Is("subtype"u8, "error_during_execution"u8))
            ? new TurnEnd.Interrupted()
            : new TurnEnd.Failed(ClassOf(result, reason, why, error, limited), why);
    }

    /// <summary>Reasons that are not known yet are left to the flag beside them.</summary>
    private static bool IsDone(string? reason) =>
        reason is not ("api_error" or "prompt_too_long" or "max_turns" or "budget_exhausted") && !IsAborted(reason);

    private static bool IsAborted(string? reason) => reason?.StartsWith("aborted", StringComparison.Ordinal) == true;

    private static ErrorClass ClassOf(JsonElement result, string? reason, string why, string? error, bool limited) =>
        reason switch
        {
            "prompt_too_long" => ErrorClass.ContextTooLong,
            "max_turns" => ErrorClass.Turns,
            "budget_exhausted" => ErrorClass.Budget,
            _ when result.Is("subtype"u8, "error_max_turns"u8) => ErrorClass.Turns,
            _ when result.Is("subtype"u8, "error_max_budget_usd"u8) => ErrorClass.Budget,
            _ when why.StartsWith("No conversation found", StringComparison.Ordinal) => ErrorClass.SessionGone,
            _ when limited || result.Is("api_error"u8, "usage_limit_reached"u8) => ErrorClass.UsageLimit,
            _ when error is null && reason is null => ErrorClass.Unknown,
            _ => ClaudeErrors.Of(error, result.Whole("api_error_status"u8)),
        };

    private static string Why(JsonElement result, string? text, string? reason)
    {
        foreach (var error in result.Field("errors"u8).Items())
        {
            if (error.Text() is { Length: > 0 } why)
            {
                return why;
            }
        }

        return text is { Length: > 0 } ? text : $"it ended as {reason ?? result.Text("subtype"u8) ?? "nothing known"}";
    }
}
