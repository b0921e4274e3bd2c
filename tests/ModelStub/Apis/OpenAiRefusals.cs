using System.Globalization;
using Fleet.ModelStub.Faults;

namespace Fleet.ModelStub.Apis;

/// <summary>How OpenAI refuses, after public reports; the live vendor may word it differently.</summary>
internal static class OpenAiRefusals
{
    private const int RetrySeconds = 2;

    /// <summary>All but the usage limit, which only Codex's subscriptions have.</summary>
    public static Refusal? For(Fault fault) =>
        fault.Kind switch
        {
            FaultKind.RateLimited => Error(429, "rate_limit_exceeded", "Rate limit reached for requests"),
            FaultKind.RateLimitedWithRetryAfter => Error(429, "rate_limit_exceeded", "Rate limited, retry later") with
            {
                Headers = [new("retry-after", (fault.Until ?? RetrySeconds).ToString(CultureInfo.InvariantCulture))],
            },
            FaultKind.ServerError => Error(500, "server_error", "Internal server error"),
            FaultKind.Unavailable => Error(503, "server_error", "The model is overloaded. Please try again later."),
            FaultKind.Overloaded => Error(529, "overloaded_error", "Overloaded"),
            FaultKind.BadKey => Error(401, "invalid_api_key", "Incorrect API key provided: dummy."),
            FaultKind.Forbidden => Error(403, "permission_denied", "Forbidden"),
            FaultKind.NoCredit => Error(
                400,
                "invalid_request_error",
                "Your credit balance is too low to access the API. "
                    + "Please go to Plans & Billing to upgrade or purchase credits."
            ),
            FaultKind.ContextTooLong => Error(
                400,
                "context_length_exceeded",
                "Your input exceeds the context window of this model."
            ),
            _ => null,
        };

    private static Refusal Error(int status, string type, string message) =>
        new(
            status,
            new
            {
                error = new
                {
                    message,
                    type,
                    code = type,
                    param = (string?)null,
                },
            }
        );
}
