using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Fleet.ModelStub.Faults;

namespace Fleet.ModelStub.Apis.Gemini;

/// <summary>Gemini generateContent, as the Gemini CLI speaks it.</summary>
internal sealed partial class GeminiApi : IModelApi
{
    public string Name => "gemini";

    public bool Serves(string path) => Called().IsMatch(path);

    public Conversation Read(JsonElement body, string path) =>
        new(
            Called().Match(path).Groups["model"].Value,
            Called().Match(path).Groups["stream"].Success,
            [.. body.Items("contents").SelectMany(Said)],
            [
                .. body.Items("tools")
                    .SelectMany(tool => tool.Items("functionDeclarations"))
                    .Select(tool => new OfferedTool(tool.Text("name") ?? "")),
            ]
        );

    public IEnumerable<Frame> Stream(Answer answer, string model)
    {
        var id = Json.NewId("");
        return answer is Answer.Words words
            ?
            [
                .. words.Pieces().Select(text => Frame.Plain(Candidate(new { text }, model, id), isWord: true)),
                Frame.Plain(Candidate(new { text = "" }, model, id, "STOP")),
            ]
            : [Frame.Plain(Candidate(Part(answer), model, id, "STOP"))];
    }

    public Frame Failure(string model) =>
        Frame.Plain(
            new
            {
                error = new
                {
                    code = 503,
                    message = "Overloaded",
                    status = "UNAVAILABLE",
                },
            }
        );

    public object Whole(Answer answer, string model) => Candidate(Part(answer), model, Json.NewId(""), "STOP");

    public ImmutableArray<Header> Headers(DateTimeOffset now) => [];

    public Refusal? Refuse(Fault fault, DateTimeOffset now) => GeminiRefusals.For(fault);

    private static IEnumerable<Said> Said(JsonElement content)
    {
        var voice = content.Text("role") == "model" ? Voice.Model : Voice.Person;
        return from part in content.Items("parts")
            let said = part.Member("functionResponse") is { } result ? new Said(Voice.Tool, result.GetRawText())
            : part.Text("text") is { } words ? new Said(voice, words)
            : null
            where said is not null
            select said;
    }

    private static object Part(Answer answer) =>
        answer switch
        {
            Answer.Words words => new { text = words.Text },
            Answer.Call call => new { functionCall = new { name = call.Tool, args = Json.Parsed(call.Arguments) } },
            _ => throw new InvalidOperationException($"Gemini has no {answer}"),
        };

    private static object Candidate(object part, string model, string id, string? reason = null) =>
        new
        {
            candidates = new[]
            {
                new
                {
                    content = new { parts = new[] { part }, role = "model" },
                    index = 0,
                    finishReason = reason,
                },
            },
            usageMetadata = new
            {
                promptTokenCount = Figures.Prompt,
                candidatesTokenCount = Figures.Output,
                totalTokenCount = Figures.Total + Figures.Thoughts,
                cachedContentTokenCount = Figures.CacheRead,
                thoughtsTokenCount = Figures.Thoughts,
            },
            modelVersion = model,
            responseId = id,
        };

    [GeneratedRegex(@"/models/(?<model>[^/:]+):(?:(?<stream>streamGenerateContent)|generateContent)$")]
    private static partial Regex Called();
}
