namespace Fleet.ModelStub.Apis.Anthropic;

/// <summary>What a message of Anthropic's looks like, in pieces and whole.</summary>
internal static class AnthropicAnswers
{
    public static IEnumerable<Frame> Stream(Answer answer, string model)
    {
        yield return Frame.Named(new { type = "message_start", message = Message(model, [], null, outputSoFar: 1) });
        yield return Frame.Named(new { type = "ping" });
        yield return Frame.Named(
            new
            {
                type = "content_block_start",
                index = 0,
                content_block = Block(answer, isEmpty: true),
            }
        );
        foreach (var (delta, isWord) in Deltas(answer))
        {
            yield return Frame.Named(
                new
                {
                    type = "content_block_delta",
                    index = 0,
                    delta,
                },
                isWord
            );
        }

        yield return Frame.Named(new { type = "content_block_stop", index = 0 });
        yield return Frame.Named(
            new
            {
                type = "message_delta",
                delta = new { stop_reason = StopReason(answer), stop_sequence = (string?)null },
                usage = new { output_tokens = Figures.Output },
            }
        );
        yield return Frame.Named(new { type = "message_stop" });
    }

    public static object Whole(Answer answer, string model) =>
        Message(model, [Block(answer, isEmpty: false)], StopReason(answer), Figures.Output);

    private static object Message(string model, object[] content, string? stopReason, int outputSoFar) =>
        new
        {
            id = Json.NewId("msg_"),
            type = "message",
            role = "assistant",
            model,
            content,
            stop_reason = stopReason,
            stop_sequence = (string?)null,
            usage = new
            {
                input_tokens = Figures.Input,
                cache_creation_input_tokens = Figures.CacheWrite,
                cache_read_input_tokens = Figures.CacheRead,
                output_tokens = outputSoFar,
            },
        };

    private static object Block(Answer answer, bool isEmpty) =>
        answer switch
        {
            Answer.Words words => new { type = "text", text = isEmpty ? "" : words.Text },
            Answer.Call call => new
            {
                type = "tool_use",
                id = Json.NewId("toolu_"),
                name = call.Tool,
                input = Json.Parsed(isEmpty ? "{}" : call.Arguments),
            },
            _ => throw new InvalidOperationException($"Anthropic has no {answer}"),
        };

    private static IEnumerable<(object Delta, bool IsWord)> Deltas(Answer answer) =>
        answer switch
        {
            Answer.Words words => words.Pieces().Select(text => ((object)new { type = "text_delta", text }, true)),
            Answer.Call call => [(new { type = "input_json_delta", partial_json = call.Arguments }, false)],
            _ => throw new InvalidOperationException($"Anthropic has no {answer}"),
        };

    private static string StopReason(Answer answer) => answer is Answer.Words ? "end_turn" : "tool_use";
}
