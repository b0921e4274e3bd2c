using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Fleet.Rules.Spending;

namespace Fleet.Coders.Claude;

/// <summary>A conversation with <c>claude -p</c> in stream-json both ways.</summary>
internal sealed class ClaudeSession(CoderRequest request) : ICoderSession
{
    private const string InterruptId = "fleet-interrupt-";

    private readonly ClaudeUsage usage = new(request.Before);
    private readonly ClaudeApprovals approvals = new();
    private readonly ClaudeTools tools = new();
    private readonly ClaudeWords said = new();
    private ClaudeTurn turn = new();
    private string? session;
    private string? model;
    private long? contextSize;
    private int interrupts;

    public Usage? Unsettled => turn.Estimate;

    public bool HasUnheard => said.AreWaiting;

    public CoderStep Begin()
    {
        said.Begin(request.Prompt);
        return CoderStep.Write(UserMessage(request.Prompt));
    }

    /// <summary>Said during a turn it is folded in before the next call; afterwards it begins another turn.</summary>
    public CoderStep? Say(string words)
    {
        said.Add(words);
        return CoderStep.Write(UserMessage(words));
    }

    public CoderStep? Interrupt()
    {
        interrupts++;
        return CoderStep.Write(
            JsonLine.Write(json =>
            {
                json.WriteString("type", "control_request");
                json.WriteString(
                    "request_id",
                    string.Create(CultureInfo.InvariantCulture, $"{InterruptId}{interrupts}")
                );
                json.WriteStartObject("request");
                json.WriteString("subtype", "interrupt");
                json.WriteEndObject();
            })
        );
    }

    public CoderStep Answer(string request, bool allowed, string why) => approvals.Answer(request, allowed, why);

    public CoderStep Take(ReadOnlySpan<byte> line)
    {
        var kind = ClaudeLines.Of(line);
        if (kind is ClaudeLine.Other)
        {
            return CoderStep.Nothing;
        }

        using var json = JsonLine.Parse(line);
        try
        {
            return json is null ? CoderStep.Nothing : Take(kind, json.RootElement);
        }
        catch (InvalidOperationException)
        {
            // A name in it is no text.
            return CoderStep.Nothing;
        }
    }

    private CoderStep Take(ClaudeLine kind, JsonElement line)
    {
        if (kind is ClaudeLine.Asks)
        {
            return approvals.Take(line);
        }

        var seen = ImmutableArray.CreateBuilder<CoderEvent>();
        switch (kind)
        {
            case ClaudeLine.System:
                System(line, seen);
                break;
            case ClaudeLine.Assistant:
                Assistant(line, seen);
                break;
            case ClaudeLine.User:
                User(line, seen);
                break;
            case ClaudeLine.Limit:
                seen.AddRange(ClaudeLimits.Of(line));
                turn.IsLimited |= seen.Any(limit => limit is CoderEvent.LimitSeen { IsReached: true });
                break;
            case ClaudeLine.Stream:
                turn.CountPiece(line.Field("event"u8));
                break;
            case ClaudeLine.AsksNoMore:
                approvals.Forget(line.Text("request_id"u8));
                break;
            case ClaudeLine.Answers:
                Answered(line.Field("response"u8), seen);
                break;
            case ClaudeLine.Result:
                Result(line, seen);
                break;
        }

        return seen.Count == 0 ? CoderStep.Nothing : new CoderStep(seen.ToImmutable(), []);
    }

    private void System(JsonElement line, ImmutableArray<CoderEvent>.Builder seen)
    {
        switch (line.Text("subtype"u8))
        {
            case "init":
                Init(line, seen);
                break;
            case "api_retry":
                seen.Add(Retry(line));
                break;
            case "permission_denied":
                tools.Denied(line, seen);
                break;
            case "task_started":
                seen.Add(new CoderEvent.Notice($"goes on in the background: {line.Text("description"u8)}"));
                break;
        }
    }

    /// <summary>Comes before every turn, not only before the first.</summary>
    private void Init(JsonElement line, ImmutableArray<CoderEvent>.Builder seen)
    {
        turn = new ClaudeTurn();
        model = line.Text("model"u8) ?? model;
        if (line.Text("session_id"u8) is { } id && id != session)
        {
            session = id;
            seen.Add(new CoderEvent.SessionStarted(id, model));
        }

        seen.Add(new CoderEvent.TurnStarted());
        foreach (var server in line.Field("mcp_servers"u8).Items())
        {
            // Tools that are missing fail no run, so nothing else tells.
            if (server.Text("status"u8) is not (null or "connected" or "pending") and var status)
            {
                seen.Add(new CoderEvent.Notice($"MCP server {server.Text("name"u8)}: {status}"));
            }
        }
    }

    private void Assistant(JsonElement line, ImmutableArray<CoderEvent>.Builder seen)
    {
        var message = line.Field("message"u8);
        if (message.Is("model"u8, "<synthetic>"u8))
        {
            // Not the model's words: the program tells of an error, and ends the turn with it.
            turn.Error = line.Text("error"u8) ?? turn.Error;
            return;
        }

        var ofSubagent = line.Text("parent_tool_use_id"u8) is not null;
        foreach (var block in message.Field("content"u8).Items())
        {
            if (block.Is("type"u8, "tool_use"u8))
            {
                seen.Add(tools.Started(block));
            }
            else if (block.Is("type"u8, "text"u8) && !ofSubagent && block.Text("text"u8) is { } words)
            {
                seen.Add(new CoderEvent.Text(words));
            }
        }

        if (turn.Count(message) is { } sent && !ofSubagent && sent.Tokens is { } tokens)
        {
            seen.Add(new CoderEvent.ContextSeen(tokens, contextSize));
        }
    }

    private void User(JsonElement line, ImmutableArray<CoderEvent>.Builder seen)
    {
        if (line.Flag("isReplay"u8) is true)
        {
            said.TakenUp(line.Field("message"u8).Field("content"u8));
            return;
        }

        foreach (var block in line.Field("message"u8).Field("content"u8).Items())
        {
            if (block.Is("type"u8, "tool_result"u8))
            {
                tools.Finished(block, line, seen);
                approvals.Settle(block.Text("tool_use_id"u8) ?? "");
            }
            else if (IsInterruption(block))
            {
                turn.IsInterrupted = true;
            }
        }
    }

    /// <summary>Written at once; a result line may follow or not.</summary>
    private static bool IsInterruption(JsonElement block) =>
        block.Text("text"u8)?.StartsWith("[Request interrupted by user", StringComparison.Ordinal) == true;

    private static void Answered(JsonElement response, ImmutableArray<CoderEvent>.Builder seen)
    {
        if (response.Text("request_id"u8)?.StartsWith(InterruptId, StringComparison.Ordinal) != true)
        {
            return;
        }

        if (response.Is("subtype"u8, "error"u8))
        {
            seen.Add(new CoderEvent.Notice($"it refused to be interrupted: {response.Text("error"u8)}"));
        }
    }

    private void Result(JsonElement line, ImmutableArray<CoderEvent>.Builder seen)
    {
        tools.Ended(line, seen);
        if (usage.Added(line) is { } added)
        {
            seen.Add(new CoderEvent.UsageSeen(added, IsExact: true));
        }

        contextSize = ClaudeUsage.ContextOf(line, model) ?? contextSize;
        seen.Add(new CoderEvent.TurnEnded(ClaudeEnd.Of(line, turn.Error, turn.IsLimited, turn.IsInterrupted)));
        turn = new ClaudeTurn();
    }

    private static CoderEvent.RetrySeen Retry(JsonElement line) =>
        new(
            (int)Math.Clamp(line.Whole("attempt"u8) ?? 1, 1, int.MaxValue),
            line.Amount("retry_delay_ms"u8) is >= 0 and < int.MaxValue and var delay
                ? TimeSpan.FromMilliseconds((double)delay)
                : null,
            ClaudeErrors.Of(line.Text("error"u8), line.Whole("error_status"u8))
        );

    private static string UserMessage(string words) =>
        JsonLine.Write(json =>
        {
            json.WriteString("type", "user");
            json.WriteStartObject("message");
            json.WriteString("role", "user");
            json.WriteStartArray("content");
            json.WriteStartObject();
            json.WriteString("type", "text");
            json.WriteString("text", words);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteNull("parent_tool_use_id");
        });
}
