using System.Collections.Immutable;
using System.Text.Json;
using Fleet.Rules.Agents;

namespace Fleet.Daemon.Conversations;

/// <summary>What a coder gave a tool, read for the rules: its command line, and the files that it names.</summary>
internal static class ToolCalls
{
    private const int MostPaths = 1_000;
    private static readonly string[] OnePath =
    [
        "file_path",
        "filePath",
        "path",
        "notebook_path",
        "absolute_path",
        "dir_path",
    ];
    private static readonly string[] ManyPaths = ["paths", "changes"];

    public static ToolCall Of(string tool, string input)
    {
        try
        {
            using var json = JsonDocument.Parse(input);
            if (json.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                var paths = ImmutableArray.CreateBuilder<string>();
                Collect(json.RootElement, paths);
                return new ToolCall(tool, input, Command(json.RootElement), paths.ToImmutable());
            }
        }
        catch (JsonException)
        {
            // No JSON: a coder that tells a command tells it as it is typed.
        }

        return new ToolCall(tool, input, ToolCall.IsEditing(tool) || input.Length == 0 ? null : input, []);
    }

    private static string? Command(JsonElement input) =>
        input.ValueKind is not JsonValueKind.Object || !input.TryGetProperty("command", out var command) ? null
        : command.ValueKind is JsonValueKind.String ? command.GetString()
        : command.ValueKind is JsonValueKind.Array ? string.Join(' ', command.EnumerateArray())
        : null;

    private static void Collect(JsonElement element, ImmutableArray<string>.Builder paths)
    {
        if (paths.Count >= MostPaths)
        {
            return;
        }

        if (element.ValueKind is JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                Collect(item, paths);
            }
        }
        else if (element.ValueKind is JsonValueKind.Object)
        {
            foreach (var name in OnePath)
            {
                if (element.TryGetProperty(name, out var path) && path.ValueKind is JsonValueKind.String)
                {
                    paths.Add(path.GetString()!);
                }
            }

            foreach (var name in ManyPaths)
            {
                if (element.TryGetProperty(name, out var list) && list.ValueKind is JsonValueKind.Array)
                {
                    Listed(list, paths);
                }
            }
        }
    }

    /// <summary>Paths as they are, or objects that name one.</summary>
    private static void Listed(JsonElement list, ImmutableArray<string>.Builder paths)
    {
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind is JsonValueKind.String)
            {
                paths.Add(item.GetString()!);
            }
            else
            {
                Collect(item, paths);
            }
        }
    }
}
