using Fleet.Rules.Runs;

namespace Fleet.Coders;

/// <summary>The class of an error of which a coder gave only words or an HTTP status.</summary>
internal static class ErrorText
{
    /// <summary>Read first: what is said of a limit or of the context often carries another status.</summary>
    private static readonly (ErrorClass Class, string[] Words)[] Table =
    [
        (
            ErrorClass.ContextTooLong,
            ["context window", "context length", "prompt is too long", "out of room", "too many tokens"]
        ),
        (
            ErrorClass.UsageLimit,
            ["usage limit", "daily quota", "quota reached", "quota exceeded", "-hour limit", "weekly limit"]
        ),
        (ErrorClass.Billing, ["credit balance", "insufficient_quota", "insufficient balance", "billing"]),
        (
            ErrorClass.SessionGone,
            ["session not found", "no conversation found", "no rollout found", "thread not found"]
        ),
    ];

    /// <summary>Read after the status, which is more exact.</summary>
    private static readonly (ErrorClass Class, string[] Words)[] Vague =
    [
        (ErrorClass.RateLimit, ["rate limit", "too many requests", "resource_exhausted"]),
        (ErrorClass.Overloaded, ["overloaded", "at capacity", "high demand", "unavailable"]),
        (
            ErrorClass.Authentication,
            ["api key", "unauthorized", "unauthenticated", "not logged in", "authenticat", "sign in"]
        ),
        (
            ErrorClass.Network,
            ["disconnected", "connection", "network", "timed out", "timeout", "terminated", "fetch failed"]
        ),
        (ErrorClass.InvalidRequest, ["model not found", "unknown model", "invalid request"]),
    ];

    private static readonly string[] BeforeStatus =
    [
        "status: ",
        "status ",
        "\"code\":",
        "rejected (",
        "error: ",
        "http ",
    ];

    public static ErrorClass ClassOf(string words)
    {
        if (In(Table, words) is { } certain)
        {
            return certain;
        }

        return Status(words) is { } status && OfStatus(status) is var known && known != ErrorClass.Unknown
            ? known
            : In(Vague, words) ?? ErrorClass.Unknown;
    }

    public static ErrorClass OfStatus(long status) =>
        status switch
        {
            401 or 403 => ErrorClass.Authentication,
            402 => ErrorClass.Billing,
            408 or 504 => ErrorClass.Network,
            413 => ErrorClass.ContextTooLong,
            429 => ErrorClass.RateLimit,
            503 or 529 => ErrorClass.Overloaded,
            >= 500 and < 600 => ErrorClass.Server,
            >= 400 and < 500 => ErrorClass.InvalidRequest,
            _ => ErrorClass.Unknown,
        };

    private static ErrorClass? In((ErrorClass Class, string[] Words)[] table, string words)
    {
        foreach (var (error, known) in table)
        {
            if (known.Any(word => words.Contains(word, StringComparison.OrdinalIgnoreCase)))
            {
                return error;
            }
        }

        return null;
    }

    private static int? Status(string words)
    {
        foreach (var before in BeforeStatus)
        {
            var at = words.IndexOf(before, StringComparison.OrdinalIgnoreCase);
            var digits = at < 0 ? [] : words.AsSpan(at + before.Length).TrimStart();
            if (digits.Length >= 3 && int.TryParse(digits[..3], out var status))
            {
                return status;
            }
        }

        return null;
    }
}
