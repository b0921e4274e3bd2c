using System.Text.Json;
using Fleet.Rules.Runs;

namespace Fleet.Coders.Acp;

/// <summary>What an agent's refusal means: by the kind that it adds, by the code, at last by the words.</summary>
internal static class AcpErrors
{
    private const long SignInFirst = -32000;
    private const long NotFound = -32002;

    public static TurnEnd.Failed Failed(JsonElement error)
    {
        var data = error.Field("data"u8);
        var message = data.Text("message"u8) ?? data.Text() ?? error.Text("message"u8) ?? "the agent gave no reason";
        return new TurnEnd.Failed(ClassOf(error.Whole("code"u8) ?? 0, data, message), message);
    }

    private static ErrorClass ClassOf(long code, JsonElement data, string message)
    {
        var said = ErrorText.ClassOf(message);
        return data.Text("codexErrorInfo"u8) is not null
                ? Codex.CodexErrors.ClassOf(data.Field("codexErrorInfo"u8), message)
            // A used-up quota comes as one of these too, and only the words tell it from a short pause.
            : said == ErrorClass.UsageLimit ? said
            : Kind(data.Text("errorKind"u8)) is { } kind ? kind
            : code is >= 400 and < 600 ? ErrorText.OfStatus(code)
            : code is SignInFirst ? ErrorClass.Authentication
            : code is NotFound ? ErrorClass.SessionGone
            : said;
    }

    private static ErrorClass? Kind(string? kind) =>
        kind switch
        {
            "rate_limit" => ErrorClass.RateLimit,
            "overloaded" => ErrorClass.Overloaded,
            "server_error" => ErrorClass.Server,
            "authentication_failed" => ErrorClass.Authentication,
            "billing_error" => ErrorClass.Billing,
            "invalid_request" => ErrorClass.InvalidRequest,
            _ => null,
        };
}
