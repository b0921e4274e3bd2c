namespace Fleet.Coders.Claude;

/// <summary>What a line is about.</summary>
internal enum ClaudeLine
{
    /// <summary>Nothing that Fleet needs to know.</summary>
    Other,
    System,
    Assistant,
    User,
    Result,
    Asks,
    AsksNoMore,
    Answers,
    Limit,
    Stream,
}

/// <summary>Tells lines apart before they are read, so that most of them cost next to nothing.</summary>
internal static class ClaudeLines
{
    public static ClaudeLine Of(ReadOnlySpan<byte> line)
    {
        var type = JsonLine.Peek(line, "type"u8);
        return type switch
        {
            _ when type.SequenceEqual("stream_event"u8) => Counts(line) ? ClaudeLine.Stream : ClaudeLine.Other,
            _ when type.SequenceEqual("assistant"u8) => ClaudeLine.Assistant,
            _ when type.SequenceEqual("user"u8) => ClaudeLine.User,
            _ when type.SequenceEqual("system"u8) => ClaudeLine.System,
            _ when type.SequenceEqual("result"u8) => ClaudeLine.Result,
            _ when type.SequenceEqual("control_request"u8) => ClaudeLine.Asks,
            _ when type.SequenceEqual("control_cancel_request"u8) => ClaudeLine.AsksNoMore,
            _ when type.SequenceEqual("control_response"u8) => ClaudeLine.Answers,
            _ when type.SequenceEqual("rate_limit_event"u8) => ClaudeLine.Limit,
            _ => ClaudeLine.Other,
        };
    }

    /// <summary>Of the pieces of a message only the one that counts its tokens is of use.</summary>
    private static bool Counts(ReadOnlySpan<byte> line) => line.IndexOf("\"message_delta\""u8) >= 0;
}
