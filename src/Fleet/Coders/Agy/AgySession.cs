using System.Collections.Immutable;
using System.Text.Json;
using Fleet.Rules.Runs;

namespace Fleet.Coders.Agy;

/// <summary>Reads one run of <c>agy -p</c> in stream-json, and the errors it writes between.</summary>
internal sealed class AgySession : ICoderSession
{
    private readonly AgySteps steps = new();
    private AgyTrouble? trouble;

    public CoderStep Begin() => CoderStep.Nothing;

    public CoderStep Answer(string request, bool allowed, string why) => CoderStep.Nothing;

    public CoderStep? Say(string words) => null;

    public CoderStep? Interrupt() => null;

    public CoderStep Take(ReadOnlySpan<byte> line)
    {
        using var json = JsonLine.Parse(line);
        if (json is null)
        {
            return Complains(line);
        }

        try
        {
            return Take(json.RootElement);
        }
        catch (InvalidOperationException)
        {
            // A name in it is no text.
            return CoderStep.Nothing;
        }
    }

    private CoderStep Take(JsonElement root)
    {
        var seen = ImmutableArray.CreateBuilder<CoderEvent>();
        switch (root.Text("event"u8))
        {
            case "init":
                var init = root.Field("init"u8);
                if ((root.Text("conversation_id"u8) ?? init.Text("conversation_id"u8)) is { } conversation)
                {
                    seen.Add(new CoderEvent.SessionStarted(conversation, init.Text("model"u8)));
                }

                seen.Add(new CoderEvent.TurnStarted());
                break;
            case "step_update":
                steps.Take(root.Field("step_update"u8), seen);
                break;
            case "result":
                Result(root.Field("result"u8), seen);
                break;
        }

        return seen.Count == 0 ? CoderStep.Nothing : new CoderStep(seen.ToImmutable(), []);
    }

    /// <summary>What it says outside of its stream is the only word about limits and its own time limit.</summary>
    private CoderStep Complains(ReadOnlySpan<byte> line)
    {
        if (AgyTrouble.Of(line) is not { } found)
        {
            return CoderStep.Nothing;
        }

        trouble = found;
        return found.Limit is { } limit ? CoderStep.Saw(limit) : CoderStep.Nothing;
    }

    private void Result(JsonElement result, ImmutableArray<CoderEvent>.Builder seen)
    {
        if (result.ValueKind is not JsonValueKind.Object)
        {
            return;
        }

        steps.Denied(result, seen);
        var usage = AgyUsage.Of(result.Field("usage"u8));
        if (usage is { Tokens: > 0 })
        {
            seen.Add(new CoderEvent.UsageSeen(usage, IsExact: true));
        }

        seen.Add(new CoderEvent.TurnEnded(End(result, timedOut: usage is { Tokens: 0 })));
    }

    /// <summary>It says SUCCESS too when its own time was up, or when all that it tried was denied.</summary>
    private TurnEnd End(JsonElement result, bool timedOut)
    {
        var response = result.Text("response"u8) ?? "";
        if (!result.Is("status"u8, "SUCCESS"u8))
        {
            var why = trouble?.Words ?? result.Text("error"u8) ?? result.Field("error"u8).Text("message"u8);
            return new TurnEnd.Failed(
                trouble?.Class ?? AgyTrouble.ClassOf(why),
                why ?? $"it ended as {result.Text("status"u8) ?? "nothing known"}"
            );
        }

        if (trouble is { Class: ErrorClass.Turns } late)
        {
            return new TurnEnd.Failed(late.Class, late.Words);
        }

        if (timedOut)
        {
            return new TurnEnd.Failed(ErrorClass.Turns, "it stopped at its own time limit: success with no token used");
        }

        return response.Length == 0 && steps.AnyDenied
            ? new TurnEnd.Failed(ErrorClass.Unknown, "a tool that it needed was denied, and it said nothing")
            : new TurnEnd.Done(response);
    }
}
