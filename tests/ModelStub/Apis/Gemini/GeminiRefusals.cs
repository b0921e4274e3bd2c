using System.Globalization;
using Fleet.ModelStub.Faults;

namespace Fleet.ModelStub.Apis.Gemini;

/// <summary>How Gemini refuses, after public reports; the live vendor may word it differently.</summary>
internal static class GeminiRefusals
{
    private const int LimitSeconds = 3600;
    private const int RetrySeconds = 2;
    private const string TypeKey = "@type";

    public static Refusal? For(Fault fault) =>
        fault.Kind switch
        {
            FaultKind.RateLimited => Error(429, "RESOURCE_EXHAUSTED", "Rate limit reached for requests"),
            FaultKind.RateLimitedWithRetryAfter => Error(
                429,
                "RESOURCE_EXHAUSTED",
                "Rate limited, retry later",
                RetryIn(fault.Until ?? RetrySeconds)
            ),
            FaultKind.UsageLimit => Error(
                429,
                "RESOURCE_EXHAUSTED",
                "You exceeded your current quota, please check your plan and billing details.",
                DayQuota,
                RetryIn(fault.Until ?? LimitSeconds)
            ),
            FaultKind.ServerError => Error(500, "INTERNAL", "Internal server error"),
            FaultKind.Unavailable => Error(503, "UNAVAILABLE", "The model is overloaded. Please try again later."),
            FaultKind.Overloaded => Error(529, "UNAVAILABLE", "Overloaded"),
            FaultKind.BadKey => Error(401, "UNAUTHENTICATED", "Incorrect API key provided: dummy."),
            FaultKind.Forbidden => Error(403, "PERMISSION_DENIED", "Forbidden"),
            FaultKind.NoCredit => Error(
                400,
                "INVALID_ARGUMENT",
                "Your credit balance is too low to access the API. "
                    + "Please go to Plans & Billing to upgrade or purchase credits."
            ),
            FaultKind.ContextTooLong => Error(
                400,
                "INVALID_ARGUMENT",
                "The input token count exceeds the maximum number of tokens allowed."
            ),
            _ => null,
        };

    private static object DayQuota =>
        new Dictionary<string, object>
        {
            [TypeKey] = "type.googleapis.com/google.rpc.QuotaFailure",
            ["violations"] = new[]
            {
                new
                {
                    quotaMetric = "generativelanguage.googleapis.com/generate_requests_per_model_per_day",
                    quotaId = "GenerateRequestsPerDayPerProjectPerModel",
                },
            },
        };

    private static object RetryIn(int seconds) =>
        new Dictionary<string, object>
        {
            [TypeKey] = "type.googleapis.com/google.rpc.RetryInfo",
            ["retryDelay"] = seconds.ToString(CultureInfo.InvariantCulture) + "s",
        };

    private static Refusal Error(int code, string status, string message, params object[] details) =>
        new(
            code,
            new
            {
                error = new
                {
                    code,
                    message,
                    status,
                    details,
                },
            }
        );
}
