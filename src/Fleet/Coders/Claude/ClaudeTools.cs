using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Fleet.Coders.Claude;

/// <summary>Tool calls from their start to their result or denial; each denial is told once.</summary>
internal sealed class ClaudeTools
{
    private readonly Dictionary<string, string> running = new(StringComparer.Ordinal);
    private readonly HashSet<string> denied = new(StringComparer.Ordinal);

    public CoderEvent Started(JsonElement block)
    {
        var (id, tool) = (block.Text("id"u8) ?? "", block.Text("name"u8) ?? "");
        running[id] = tool;
        return new CoderEvent.ToolStarted(id, tool, block.Field("input"u8).Raw());
    }

    public void Denied(JsonElement line, ImmutableArray<CoderEvent>.Builder seen) =>
        Deny(line.Text("tool_use_id"u8) ?? "", line.Text("tool_name"u8), line.Text("message"u8) ?? "", seen);

    /// <summary>The result of a call; what the line says beside it tells a denial from a failure.</summary>
    public void Finished(JsonElement block, JsonElement line, ImmutableArray<CoderEvent>.Builder seen)
    {
        var id = block.Text("tool_use_id"u8) ?? "";
        var output = Words(block.Field("content"u8));
        if (IsRejected(line, id))
        {
            Deny(id, null, output, seen);
        }
        else
        {
            seen.Add(new CoderEvent.ToolFinished(id, block.Flag("is_error"u8) == true, output));
        }

        running.Remove(id);
    }

    /// <summary>A turn ends with the list of all its denials.</summary>
    public void Ended(JsonElement result, ImmutableArray<CoderEvent>.Builder seen)
    {
        foreach (var denial in result.Field("permission_denials"u8).Items())
        {
            Deny(denial.Text("tool_use_id"u8) ?? "", denial.Text("tool_name"u8), "", seen);
        }

        running.Clear();
        denied.Clear();
    }

    private void Deny(string id, string? tool, string why, ImmutableArray<CoderEvent>.Builder seen)
    {
        if (denied.Add(id))
        {
            seen.Add(new CoderEvent.ToolDenied(id, tool ?? running.GetValueOrDefault(id, ""), why));
        }
    }

    private static bool IsRejected(JsonElement line, string id)
    {
        foreach (var meta in line.Field("tool_result_meta"u8).Items())
        {
            if (meta.Text("id"u8) == id)
            {
                return meta.Field("permission_decision"u8).Is("decision"u8, "reject"u8);
            }
        }

        return false;
    }

    /// <summary>Output is a text, or a list of parts of which some are texts.</summary>
    private static string Words(JsonElement content)
    {
        if (content.Text() is { } text)
        {
            return text;
        }

        var words = new StringBuilder();
        foreach (var part in content.Items())
        {
            words.Append(part.Text("text"u8));
        }

        return words.ToString();
    }
}
