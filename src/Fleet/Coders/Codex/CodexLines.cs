using System.Text.Json;

namespace Fleet.Coders.Codex;

/// <summary>What Fleet writes to <c>codex app-server</c>: JSON-RPC without the member <c>jsonrpc</c>.</summary>
internal static class CodexLines
{
    /// <summary>
    /// Asks for every command that is not known to be harmless, so that Fleet's permissions decide. Its own sandbox
    /// is off: in it no commit is possible, because it write-protects .git.
    /// </summary>
    private const string Approvals = "untrusted";

    public static string Initialize(long id) =>
        Request(
            id,
            "initialize",
            parameters =>
            {
                parameters.Object(
                    "clientInfo",
                    client =>
                    {
                        client.WriteString("name", "fleet");
                        client.WriteString("title", "Fleet");
                        client.WriteString("version", "1");
                    }
                );
            }
        );

    public const string Initialized = """{"method":"initialized"}""";

    public static string StartThread(long id, CoderRequest request) =>
        Request(id, "thread/start", parameters => WriteThread(parameters, request));

    public static string ResumeThread(long id, string thread, CoderRequest request) =>
        Request(
            id,
            "thread/resume",
            parameters =>
            {
                parameters.WriteString("threadId", thread);
                WriteThread(parameters, request);
            }
        );

    public static string StartTurn(long id, string thread, string words) =>
        Request(
            id,
            "turn/start",
            parameters =>
            {
                parameters.WriteString("threadId", thread);
                parameters.TextBlock("input", words);
            }
        );

    /// <param name="turn">Refused if another turn runs by then.</param>
    public static string Steer(long id, string thread, string turn, string words) =>
        Request(
            id,
            "turn/steer",
            parameters =>
            {
                parameters.WriteString("threadId", thread);
                parameters.WriteString("expectedTurnId", turn);
                parameters.TextBlock("input", words);
            }
        );

    public static string Interrupt(long id, string thread, string turn) =>
        Request(
            id,
            "turn/interrupt",
            parameters =>
            {
                parameters.WriteString("threadId", thread);
                parameters.WriteString("turnId", turn);
            }
        );

    /// <param name="request">The id of the request as codex wrote it, a number or a string with its quotes.</param>
    public static string Decision(string request, bool allowed) =>
        $$$"""{"id":{{{request}}},"result":{"decision":"{{{(allowed ? "accept" : "decline")}}}"}}""";

    public static string Refusal(string request) =>
        $$$"""{"id":{{{request}}},"error":{"code":-32601,"message":"Fleet does not offer this."}}""";

    private static string Request(long id, string method, Action<Utf8JsonWriter> parameters) =>
        JsonLine.Write(message =>
        {
            message.WriteNumber("id", id);
            message.WriteString("method", method);
            message.Object("params", parameters);
        });

    private static void WriteThread(Utf8JsonWriter parameters, CoderRequest request)
    {
        parameters.WriteString("cwd", request.Worktree);
        parameters.WriteString("approvalPolicy", Approvals);
        parameters.WriteString("sandbox", "danger-full-access");
        if (request.Model is { } model)
        {
            parameters.WriteString("model", model);
        }
    }
}
