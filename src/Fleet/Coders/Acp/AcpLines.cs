using System.Text.Json;

namespace Fleet.Coders.Acp;

/// <summary>What Fleet writes to an agent that speaks ACP v1.</summary>
internal static class AcpLines
{
    /// <summary>
    /// No files and no terminal: the agent uses its own, in the worktree. Opencode asks for a file to be written all
    /// the same, and goes on when that is refused.
    /// </summary>
    public static string Initialize(long id) =>
        Request(
            id,
            "initialize",
            parameters =>
            {
                parameters.WriteNumber("protocolVersion", 1);
                parameters.Object(
                    "clientInfo",
                    client =>
                    {
                        client.WriteString("name", "fleet");
                        client.WriteString("version", "1");
                    }
                );
                parameters.Object("clientCapabilities", WriteCapabilities);
            }
        );

    public static string Authenticate(long id, string method) =>
        Request(id, "authenticate", parameters => parameters.WriteString("methodId", method));

    public static string NewSession(long id, string worktree) =>
        Request(id, "session/new", parameters => WriteSession(parameters, worktree));

    public static string LoadSession(long id, string session, string worktree) =>
        Request(
            id,
            "session/load",
            parameters =>
            {
                parameters.WriteString("sessionId", session);
                WriteSession(parameters, worktree);
            }
        );

    public static string Prompt(long id, string session, string words) =>
        Request(
            id,
            "session/prompt",
            parameters =>
            {
                parameters.WriteString("sessionId", session);
                parameters.TextBlock("prompt", words);
            }
        );

    public static string Cancel(string session) =>
        JsonLine.Write(message =>
        {
            message.WriteString("jsonrpc", "2.0");
            message.WriteString("method", "session/cancel");
            message.Object("params", parameters => parameters.WriteString("sessionId", session));
        });

    /// <param name="request">The id of the request as the agent wrote it, a number or a string with its quotes.</param>
    public static string Selected(string request, string option) =>
        Result(request, $$"""{"outcome":"selected","optionId":{{JsonWriting.Quoted(option)}}}""");

    public static string Cancelled(string request) => Result(request, """{"outcome":"cancelled"}""");

    public static string Refusal(string request) =>
        $"{Head(request)},\"error\":{{\"code\":-32601,\"message\":\"Fleet does not offer this.\"}}}}";

    private static string Result(string request, string outcome) =>
        $"{Head(request)},\"result\":{{\"outcome\":{outcome}}}}}";

    private static string Head(string request) => $"{{\"jsonrpc\":\"2.0\",\"id\":{request}";

    private static string Request(long id, string method, Action<Utf8JsonWriter> parameters) =>
        JsonLine.Write(message =>
        {
            message.WriteString("jsonrpc", "2.0");
            message.WriteNumber("id", id);
            message.WriteString("method", method);
            message.Object("params", parameters);
        });

    private static void WriteCapabilities(Utf8JsonWriter capabilities)
    {
        capabilities.Object(
            "fs",
            files =>
            {
                files.WriteBoolean("readTextFile", false);
                files.WriteBoolean("writeTextFile", false);
            }
        );
        capabilities.WriteBoolean("terminal", false);
    }

    private static void WriteSession(Utf8JsonWriter parameters, string worktree)
    {
        parameters.WriteString("cwd", worktree);
        parameters.WriteStartArray("mcpServers");
        parameters.WriteEndArray();
    }
}
