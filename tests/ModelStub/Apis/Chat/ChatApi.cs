using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Fleet.ModelStub.Faults;

namespace Fleet.ModelStub.Apis.Chat;

/// <summary>OpenAI chat completions, as opencode and many others speak them.</summary>
internal sealed class ChatApi : IModelApi
{
    private const int LimitSeconds = 3600;

    public string Name => "chat";

    public bool Serves(string path) => path.EndsWith("/chat/completions", StringComparison.Ordinal);

    public Conversation Read(JsonElement body, string path) =>
        new(
            body.Text("model") ?? "",
            body.IsTrue("stream"),
            [.. body.Items("messages").Select(Said)],
            [.. body.Items("tools").Select(tool => new OfferedTool(tool.Member("function")?.Text("name") ?? ""))]
        );

    public IEnumerable<Frame> Stream(Answer answer, string model) => ChatAnswers.Stream(answer, model);

    public Frame Failure(string model) =>
        Frame.Plain(
            new
            {
                error = new
                {
                    message = "Overloaded",
                    type = "server_error",
                    code = "server_error",
                },
            }
        );

    public object Whole(Answer answer, string model) => ChatAnswers.Whole(answer, model);

    public ImmutableArray<Header> Headers(DateTimeOffset now) => [];

    /// <summary>A used-up quota is told as a rate limit that lasts.</summary>
    public Refusal? Refuse(Fault fault, DateTimeOffset now) =>
        fault.Kind is FaultKind.UsageLimit
            ? new Refusal(
                429,
                new
                {
                    error = new
                    {
                        message = "You exceeded your current quota, please check your plan and billing details.",
                        type = "insufficient_quota",
                        code = "insufficient_quota",
                    },
                },
                new Header("retry-after", (fault.Until ?? LimitSeconds).ToString(CultureInfo.InvariantCulture))
            )
            : OpenAiRefusals.For(fault);

    private static Said Said(JsonElement message) =>
        new(
            message.Text("role") switch
            {
                "tool" => Voice.Tool,
                "assistant" => Voice.Model,
                _ => Voice.Person,
            },
            message.Words("content")
        );
}
