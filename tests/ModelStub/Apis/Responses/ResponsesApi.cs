using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Fleet.ModelStub.Faults;

namespace Fleet.ModelStub.Apis.Responses;

/// <summary>OpenAI Responses, as Codex speaks it.</summary>
internal sealed class ResponsesApi : IModelApi
{
    private static readonly TimeSpan FiveHourReset = TimeSpan.FromHours(2);
    private static readonly TimeSpan WeekReset = TimeSpan.FromDays(4);

    public string Name => "responses";

    public bool Serves(string path) => path.EndsWith("/responses", StringComparison.Ordinal);

    public Conversation Read(JsonElement body, string path) =>
        new(body.Text("model") ?? "", body.IsTrue("stream"), [.. AllSaid(body)], [.. Tools(body)]);

    public IEnumerable<Frame> Stream(Answer answer, string model) => new ResponsesAnswer(answer, model).Stream();

    public Frame Failure(string model) => new ResponsesAnswer(new Answer.Words(""), model).Failed();

    public object Whole(Answer answer, string model) => new ResponsesAnswer(answer, model).Whole();

    public ImmutableArray<Header> Headers(DateTimeOffset now) =>
        [.. Window("primary", 42, 300, now + FiveHourReset), .. Window("secondary", 17, 10080, now + WeekReset)];

    public Refusal? Refuse(Fault fault, DateTimeOffset now) => ResponsesRefusals.For(fault, now);

    /// <summary>How full one of an account's windows is.</summary>
    public static IEnumerable<Header> Window(string name, int percent, int minutes, DateTimeOffset reset) =>
        [
            new($"x-codex-{name}-used-percent", percent.ToString(CultureInfo.InvariantCulture)),
            new($"x-codex-{name}-window-minutes", minutes.ToString(CultureInfo.InvariantCulture)),
            new($"x-codex-{name}-reset-at", reset.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        ];

    private static IEnumerable<Said> AllSaid(JsonElement body) =>
        body.Text("input") is { } words
            ? [new Said(Voice.Person, words)]
            : body.Items("input").Select(Said).OfType<Said>();

    private static Said? Said(JsonElement item) =>
        (item.Text("type") ?? "message") switch
        {
            "message" => new Said(item.Text("role") == "assistant" ? Voice.Model : Voice.Person, item.Words("content")),
            var type when type.EndsWith("_output", StringComparison.Ordinal) => new Said(
                Voice.Tool,
                item.Words("output")
            ),
            _ => null,
        };

    /// <summary>Tools are offered beside the input, or in an item of it.</summary>
    private static IEnumerable<OfferedTool> Tools(JsonElement body) =>
        body.Items("tools")
            .Concat(
                body.Items("input")
                    .Where(item => item.Text("type") == "additional_tools")
                    .SelectMany(item => item.Items("tools"))
            )
            .SelectMany(tool => Tools(tool, null));

    private static IEnumerable<OfferedTool> Tools(JsonElement tool, string? space) =>
        tool.Text("type") == "namespace"
            ? tool.Items("tools").SelectMany(inner => Tools(inner, tool.Text("name")))
            : [new(tool.Text("name") ?? tool.Text("type") ?? "", space, tool.Text("type") == "custom")];
}
