namespace Fleet.ModelStub.Apis.Chat;

/// <summary>What a chat completion looks like, in pieces and whole.</summary>
internal static class ChatAnswers
{
    private static readonly Frame Done = new(null, "[DONE]");

    public static IEnumerable<Frame> Stream(Answer answer, string model)
    {
        var id = Json.NewId("chatcmpl-");
        yield return Chunk(id, model, new { role = "assistant", content = "" });
        if (answer is Answer.Words words)
        {
            foreach (var content in words.Pieces())
            {
                yield return Chunk(id, model, new { content }, isWord: true);
            }
        }
        else
        {
            yield return Chunk(id, model, new { tool_calls = new[] { Call(answer) } });
        }

        yield return Chunk(id, model, new { }, FinishReason(answer));
        yield return Frame.Plain(Body(id, "chat.completion.chunk", model, [], Spent));
        yield return Done;
    }

    public static object Whole(Answer answer, string model)
    {
        var message = answer is Answer.Words words
            ? (object)new { role = "assistant", content = words.Text }
            : new
            {
                role = "assistant",
                content = (string?)null,
                tool_calls = new[] { Call(answer) },
            };
        var choice = new
        {
            index = 0,
            message,
            finish_reason = FinishReason(answer),
        };
        return Body(Json.NewId("chatcmpl-"), "chat.completion", model, [choice], Spent);
    }

    private static object Spent =>
        new
        {
            prompt_tokens = Figures.Prompt,
            completion_tokens = Figures.Output,
            total_tokens = Figures.Total,
            prompt_tokens_details = new { cached_tokens = Figures.CacheRead },
        };

    private static string FinishReason(Answer answer) => answer is Answer.Words ? "stop" : "tool_calls";

    private static object Call(Answer answer) =>
        answer is Answer.Call call
            ? new
            {
                index = 0,
                id = Json.NewId("call_"),
                type = "function",
                function = new { name = call.Tool, arguments = call.Arguments },
            }
            : throw new InvalidOperationException($"chat completions have no {answer}");

    private static Frame Chunk(string id, string model, object delta, string? reason = null, bool isWord = false)
    {
        var choice = new
        {
            index = 0,
            delta,
            finish_reason = reason,
        };
        return Frame.Plain(Body(id, "chat.completion.chunk", model, [choice]), isWord);
    }

    private static object Body(string id, string kind, string model, object[] choices, object? usage = null) =>
        new
        {
            id,
            @object = kind,
            created = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
            model,
            choices,
            usage,
        };
}
