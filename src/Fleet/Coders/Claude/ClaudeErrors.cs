using Fleet.Rules.Runs;

namespace Fleet.Coders.Claude;

/// <summary>Claude Code's words for what went wrong.</summary>
internal static class ClaudeErrors
{
    public static ErrorClass Of(string? error, long? status) =>
        (error, status) switch
        {
            ("authentication_failed", _) => ErrorClass.Authentication,
            ("billing_error", _) => ErrorClass.Billing,
            ("rate_limit", _) => ErrorClass.RateLimit,
            ("overloaded", _) => ErrorClass.Overloaded,
            (_, 401 or 403) => ErrorClass.Authentication,
            (_, 402) => ErrorClass.Billing,
            (_, 429) => ErrorClass.RateLimit,
            (_, 529) => ErrorClass.Overloaded,
            (_, >= 500) => ErrorClass.Server,
            ("invalid_request", _) or (_, >= 400) => ErrorClass.InvalidRequest,
            // No answer came at all: the connection was refused, broken or too slow.
            ("server_error" or "unknown", null) => ErrorClass.Network,
            _ => ErrorClass.Unknown,
        };
}
