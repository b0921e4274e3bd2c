using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Fleet.ModelStub.Faults;

namespace Fleet.ModelStub.Apis.Anthropic;

/// <summary>Anthropic Messages, as Claude Code speaks it.</summary>
internal sealed class AnthropicApi : IModelApi
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(2);

    public string Name => "anthropic";

    public bool Serves(string path) => path.EndsWith("/messages", StringComparison.Ordinal);

    public Conversation Read(JsonElement body, string path) =>
        new(
            body.Text("model") ?? "",
            body.IsTrue("stream"),
            [.. body.Items("messages").SelectMany(Said)],
            [.. body.Items("tools").Select(tool => new OfferedTool(tool.Text("name") ?? ""))]
        );

    public IEnumerable<Frame> Stream(Answer answer, string model) => AnthropicAnswers.Stream(answer, model);

    public Frame Failure(string model) =>
        Frame.Named(new { type = "error", error = new { type = "overloaded_error", message = "Overloaded" } });

    public object Whole(Answer answer, string model) => AnthropicAnswers.Whole(answer, model);

    public ImmutableArray<Header> Headers(DateTimeOffset now) =>
        [
            new("request-id", Json.NewId("req_")),
            new("anthropic-ratelimit-unified-status", "allowed"),
            new(
                "anthropic-ratelimit-unified-reset",
                (now + Window).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)
            ),
        ];

    public Refusal? Refuse(Fault fault, DateTimeOffset now) => AnthropicRefusals.For(fault, now);

    private static IEnumerable<Said> Said(JsonElement message)
    {
        var voice = message.Text("role") == "assistant" ? Voice.Model : Voice.Person;
        return message.Text("content") is { } words
            ? [new Said(voice, words)]
            : message.Items("content").Select(block => Said(block, voice)).OfType<Said>();
    }

    private static Said? Said(JsonElement block, Voice voice) =>
        block.Text("type") switch
        {
            "text" => new Said(voice, block.Text("text") ?? ""),
            "tool_result" => new Said(Voice.Tool, block.Words("content")),
            _ => null,
        };
}
