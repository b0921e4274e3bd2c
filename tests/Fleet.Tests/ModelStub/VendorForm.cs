using Fleet.ModelStub.Apis;

namespace Fleet.Tests.ModelStub;

/// <summary>How a coder of each vendor asks.</summary>
/// <param name="Shell">The name of its shell tool.</param>
/// <param name="Body">The body for a prompt; <c>true</c>: streamed.</param>
internal sealed record VendorForm(string Path, string WholePath, string Shell, Func<string, bool, object> Body)
{
    public static readonly Dictionary<string, VendorForm> All = new()
    {
        ["anthropic"] = new("/v1/messages", "/v1/messages", "Bash", Anthropic),
        ["responses"] = new("/v1/responses", "/v1/responses", "exec_command", Responses),
        ["chat"] = new("/v1/chat/completions", "/v1/chat/completions", "bash", Chat),
        ["gemini"] = new(
            "/v1beta/models/m:streamGenerateContent?alt=sse",
            "/v1beta/models/m:generateContent",
            "run_shell_command",
            Gemini
        ),
    };

    public string Streamed(string prompt) => Json.Of(Body(prompt, true));

    public string Whole(string prompt) => Json.Of(Body(prompt, false));

    private static object Anthropic(string prompt, bool stream) =>
        new
        {
            model = "stub-model",
            stream,
            messages = new[] { new { role = "user", content = new[] { new { type = "text", text = prompt } } } },
            tools = new[] { new { name = "Bash" } },
        };

    private static object Responses(string prompt, bool stream) =>
        new
        {
            model = "stub-model",
            stream,
            input = new[] { new { role = "user", content = new[] { new { type = "input_text", text = prompt } } } },
            tools = new[] { new { type = "function", name = "exec_command" } },
        };

    private static object Chat(string prompt, bool stream) =>
        new
        {
            model = "stub-model",
            stream,
            messages = new[] { new { role = "user", content = prompt } },
            tools = new[] { new { type = "function", function = new { name = "bash" } } },
        };

    private static object Gemini(string prompt, bool stream) =>
        new
        {
            stream,
            contents = new[] { new { role = "user", parts = new[] { new { text = prompt } } } },
            tools = new[] { new { functionDeclarations = new[] { new { name = "run_shell_command" } } } },
        };
}
