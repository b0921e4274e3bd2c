namespace Fleet.ModelStub.Apis.Responses;

/// <summary>One response of the Responses API; its parts bear the same ids in each event.</summary>
internal sealed class ResponsesAnswer(Answer answer, string model)
{
    private readonly string id = Json.NewId("resp_");
    private readonly string item = Json.NewId("item_");
    private readonly string call = Json.NewId("call_");
    private readonly long created = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    public IEnumerable<Frame> Stream()
    {
        yield return Frame.Named(new { type = "response.created", response = Response("in_progress", []) });
        yield return Frame.Named(
            new
            {
                type = "response.output_item.added",
                output_index = 0,
                item = Item("in_progress", isEmpty: true),
            }
        );
        foreach (var frame in Content())
        {
            yield return frame;
        }

        yield return Frame.Named(
            new
            {
                type = "response.output_item.done",
                output_index = 0,
                item = Item("completed", isEmpty: false),
            }
        );
        yield return Frame.Named(new { type = "response.completed", response = Whole() });
    }

    public object Whole() => Response("completed", [Item("completed", isEmpty: false)], Spent);

    public Frame Failed() =>
        Frame.Named(
            new
            {
                type = "response.failed",
                response = Response("failed", [], error: new { code = "server_is_overloaded", message = "Overloaded" }),
            }
        );

    private static object Spent =>
        new
        {
            input_tokens = Figures.Prompt,
            input_tokens_details = new { cached_tokens = Figures.CacheRead },
            output_tokens = Figures.Output,
            output_tokens_details = new { reasoning_tokens = Figures.Reasoning },
            total_tokens = Figures.Total,
        };

    private object Response(string status, object[] output, object? usage = null, object? error = null) =>
        new
        {
            id,
            @object = "response",
            created_at = created,
            model,
            status,
            output,
            usage,
            error,
        };

    private object Item(string status, bool isEmpty) =>
        answer switch
        {
            Answer.Words words => new
            {
                id = item,
                type = "message",
                role = "assistant",
                status,
                content = isEmpty ? [] : new[] { Part(words.Text) },
            },
            Answer.Call tool => new
            {
                id = item,
                type = "function_call",
                status,
                call_id = call,
                name = tool.Tool,
                @namespace = tool.Space,
                arguments = isEmpty ? "" : tool.Arguments,
            },
            Answer.TextCall tool => new
            {
                id = item,
                type = "custom_tool_call",
                status,
                call_id = call,
                name = tool.Tool,
                input = isEmpty ? "" : tool.Input,
            },
            _ => throw new InvalidOperationException($"no item for {answer}"),
        };

    private IEnumerable<Frame> Content() =>
        answer switch
        {
            Answer.Words words => [Opening(), .. words.Pieces().Select(Piece), .. Closing(words.Text)],
            Answer.Call tool => [Arguments(tool.Arguments)],
            _ => [],
        };

    private Frame Opening() =>
        Frame.Named(
            new
            {
                type = "response.content_part.added",
                item_id = item,
                output_index = 0,
                content_index = 0,
                part = Part(""),
            }
        );

    private Frame Piece(string delta) =>
        Frame.Named(
            new
            {
                type = "response.output_text.delta",
                item_id = item,
                output_index = 0,
                content_index = 0,
                delta,
            },
            isWord: true
        );

    private IEnumerable<Frame> Closing(string text) =>
        [
            Frame.Named(
                new
                {
                    type = "response.output_text.done",
                    item_id = item,
                    output_index = 0,
                    content_index = 0,
                    text,
                }
            ),
            Frame.Named(
                new
                {
                    type = "response.content_part.done",
                    item_id = item,
                    output_index = 0,
                    content_index = 0,
                    part = Part(text),
                }
            ),
        ];

    private Frame Arguments(string delta) =>
        Frame.Named(
            new
            {
                type = "response.function_call_arguments.delta",
                item_id = item,
                output_index = 0,
                delta,
            }
        );

    private static object Part(string text) =>
        new
        {
            type = "output_text",
            text,
            annotations = Array.Empty<object>(),
        };
}
