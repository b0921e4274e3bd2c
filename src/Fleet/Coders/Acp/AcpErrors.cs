using System.Text.Json;
using Fleet.Rules.Runs;

namespace Fleet.Coders.Acp;

/// <summary>What an agent's refusal means: by the kind that its adapter adds, by the code, at last by the words.</summary>
internal static class AcpErrors
{
    private const long SignInFirst = -32000;
    private const long NotFound = -32002;

    public static TurnEnd.Failed Failed(JsonElement error)
    {
        var data = error.Member("data");
        var message = data.Text("message") ?? data?.AsText() ?? error.Text("message") ?? "the agent gave no reason";
        return new TurnEnd.Failed(ClassOf(error.Number("code") ?? 0, data, message), message);
    }

    private static ErrorClass ClassOf(long code, JsonElement? data, string message)
    {
        var said = ErrorText.ClassOf(message);
        return data.Text("codexErrorInfo") is not null
                ? Codex.CodexErrors.ClassOf(data.Member("codexErrorInfo"), message)
            // A used-up quota comes as one of these too, and only the words tell it from a short pause.
            : said == ErrorClass.UsageLimit ? said
            : Kind(data.Text("errorKind")) is { } kind ? kind
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
