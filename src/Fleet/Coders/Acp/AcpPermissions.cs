using System.Text.Json;

namespace Fleet.Coders.Acp;

/// <summary>A tool call that waits, and the answers that the agent offers.</summary>
internal sealed record AcpPermission(string Call, string? Allow, string? Reject);

/// <summary>The tool calls that wait for a decision, by the id of the request.</summary>
internal sealed class AcpPermissions
{
    private readonly Dictionary<string, AcpPermission> open = new(StringComparer.Ordinal);

    public void Open(string request, string call, JsonElement parameters) =>
        open[request] = new AcpPermission(
            call,
            Option(parameters, "allow_once", "allow_always"),
            Option(parameters, "reject_once", "reject_always")
        );

    public AcpPermission? Close(string request) => open.Remove(request, out var permission) ? permission : null;

    /// <summary>An agent that is told to stop wants each open request answered as well.</summary>
    public IReadOnlyList<string> CloseAll()
    {
        var requests = open.Keys.ToList();
        open.Clear();
        return requests;
    }

    /// <summary>The narrower one where there is one, so that the next call is asked for again.</summary>
    private static string? Option(JsonElement parameters, string once, string always) =>
        Offered(parameters, once) ?? Offered(parameters, always);

    private static string? Offered(JsonElement parameters, string kind) =>
        parameters
            .Field("options"u8)
            .Items()
            .Where(option => option.Text("kind"u8) == kind)
            .Select(option => option.Text("optionId"u8))
            .FirstOrDefault();
}
