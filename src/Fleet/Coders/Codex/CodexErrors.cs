using System.Text.Json;
using Fleet.Rules.Runs;

namespace Fleet.Coders.Codex;

/// <summary>What codex's typed errors mean.</summary>
internal static class CodexErrors
{
    /// <param name="error">An object with <c>message</c> and perhaps <c>codexErrorInfo</c>.</param>
    public static TurnEnd.Failed Failed(JsonElement error)
    {
        var message = error.Text("message"u8) ?? "codex gave no reason";
        return new TurnEnd.Failed(ClassOf(error.Field("codexErrorInfo"u8), message), message);
    }

    public static ErrorClass ClassOf(JsonElement info, string message) =>
        Named(info.Text()) ?? OfStatus(info) ?? ErrorText.ClassOf(message);

    private static ErrorClass? Named(string? name) =>
        name switch
        {
            "contextWindowExceeded" => ErrorClass.ContextTooLong,
            "sessionBudgetExceeded" => ErrorClass.Budget,
            "usageLimitExceeded" => ErrorClass.UsageLimit,
            "rateLimitExceeded" => ErrorClass.RateLimit,
            "serverOverloaded" or "flexUnavailable" or "policyCapacityUnavailable" => ErrorClass.Overloaded,
            "internalServerError" => ErrorClass.Server,
            "unauthorized" => ErrorClass.Authentication,
            "badRequest" or "modelNotFound" or "cyberPolicy" => ErrorClass.InvalidRequest,
            _ => null,
        };

    /// <summary>The form for the connection: <c>{"httpConnectionFailed":{"httpStatusCode":401}}</c>.</summary>
    private static ErrorClass? OfStatus(JsonElement info)
    {
        foreach (var kind in info.Members())
        {
            if (
                kind.Name.StartsWith("http", StringComparison.Ordinal)
                || kind.Name.StartsWith("response", StringComparison.Ordinal)
            )
            {
                return kind.Value.Whole("httpStatusCode"u8) is { } status
                    ? ErrorText.OfStatus(status)
                    : ErrorClass.Network;
            }
        }

        return null;
    }
}
