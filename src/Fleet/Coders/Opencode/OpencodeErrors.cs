using System.Text.Json;
using Fleet.Rules.Runs;

namespace Fleet.Coders.Opencode;

/// <summary>What opencode's error events mean.</summary>
internal static class OpencodeErrors
{
    public static TurnEnd End(JsonElement error)
    {
        var name = error.Text("name"u8);
        var data = error.Field("data"u8);
        var message = data.Text("message"u8) ?? error.Text("message"u8) ?? name ?? "opencode gave no reason";
        return name == "MessageAbortedError"
            ? new TurnEnd.Interrupted()
            : new TurnEnd.Failed(ClassOf(name, data.Whole("statusCode"u8), message), message);
    }

    private static ErrorClass ClassOf(string? name, long? status, string message)
    {
        var said = ErrorText.ClassOf(message);
        return name switch
        {
            "ContextOverflowError" => ErrorClass.ContextTooLong,
            "ProviderAuthError" => ErrorClass.Authentication,
            "ProviderModelNotFoundError" => ErrorClass.InvalidRequest,
            _ when said is ErrorClass.UsageLimit or ErrorClass.Billing or ErrorClass.ContextTooLong => said,
            _ => status is { } known ? ErrorText.OfStatus(known) : said,
        };
    }
}
