using System.Globalization;
using System.Text;
using System.Text.Json;
using Fleet.Rules.Runs;

namespace Fleet.Coders;

/// <summary>What a coder did, in words of one short line.</summary>
internal static class CoderEventWords
{
    private const int Longest = 120;
    private const int LongestInput = 64 * 1024;

    /// <summary>The parts of a tool's input that say most, the best first.</summary>
    private static readonly string[] Telling =
    [
        "command",
        "cmd",
        "file_path",
        "filePath",
        "path",
        "pattern",
        "query",
        "url",
        "description",
    ];

    /// <summary>None for what is no news of its own.</summary>
    public static string? Of(CoderEvent seen) =>
        seen switch
        {
            CoderEvent.TurnStarted => "thinks",
            CoderEvent.Text { Words: var words } when !string.IsNullOrWhiteSpace(words) => $"says: {Short(words)}",
            CoderEvent.ToolStarted tool => Call(tool.Tool, tool.Input),
            CoderEvent.ToolDenied tool => $"{tool.Tool} denied: {Short(tool.Why)}",
            CoderEvent.ApprovalAsked asked => $"asks for {Call(asked.Tool, asked.Input)}",
            CoderEvent.QuestionAsked asked => $"asks: {Short(asked.Words)}",
            CoderEvent.RetrySeen retry => Of(retry),
            CoderEvent.TurnEnded ended => $"turn ended: {Of(ended.End)}",
            CoderEvent.Notice notice => Short(notice.Words),
            _ => null,
        };

    public static string Of(CoderEvent.RetrySeen retry) =>
        retry.Delay is { } delay
            ? Text($"tries again in {delay.TotalSeconds:0.#} s, attempt {retry.Attempt}: {Of(retry.Class)}")
            : Text($"tries again, attempt {retry.Attempt}: {Of(retry.Class)}");

    public static string Of(CoderEvent.LimitSeen limit)
    {
        var used = limit.Used is { } share ? Text($" {share * 100:0} % used") : "";
        var resets =
            limit.ResetsAt is { } at ? Text($", resets {at.UtcDateTime:yyyy-MM-dd HH:mm} UTC")
            : limit.ResetsIn is { } rest ? Text($", resets in {rest.TotalMinutes:0} min")
            : "";
        return $"limit {limit.Window}:{(limit.IsReached ? " reached" : used)}{resets}";
    }

    public static string Of(TurnEnd end) =>
        end switch
        {
            TurnEnd.Done => "done",
            TurnEnd.Failed failed => $"failed, {Of(failed.Class)}: {Short(failed.Why)}",
            TurnEnd.Interrupted => "interrupted",
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>A tool and what of its input says most.</summary>
    public static string Call(string tool, string input) => $"{Short(tool)} {Short(Gist(input))}".TrimEnd();

    /// <summary>The first words, in one line and without control characters.</summary>
    public static string Short(string text)
    {
        var line = new StringBuilder(Longest);
        foreach (var letter in text.AsSpan().Trim())
        {
            if (line.Length == Longest)
            {
                return line.Append('…').ToString();
            }

            var shown = char.IsWhiteSpace(letter) ? ' ' : letter;
            if (!char.IsControl(shown) && !(shown == ' ' && line.Length > 0 && line[^1] == ' '))
            {
                line.Append(shown);
            }
        }

        return line.ToString().TrimEnd();
    }

    private static string Gist(string input)
    {
        if (input.Length > LongestInput)
        {
            return input;
        }

        try
        {
            using var json = JsonDocument.Parse(input);
            return json.RootElement.ValueKind is JsonValueKind.Object
                ? Telling.Select(name => Member(json.RootElement, name)).FirstOrDefault(text => text is not null)
                    ?? input
                : input;
        }
        catch (JsonException)
        {
            return input;
        }
    }

    private static string? Member(JsonElement input, string name) =>
        !input.TryGetProperty(name, out var value) ? null
        : value.ValueKind is JsonValueKind.String ? value.GetString()
        : value.ValueKind is JsonValueKind.Array ? value.GetRawText()
        : null;

    /// <summary>RateLimit → rate limit.</summary>
    private static string Of(ErrorClass error) =>
        string.Concat(
            error
                .ToString()
                .Select(
                    (c, i) => char.IsUpper(c) && i > 0 ? $" {char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"
                )
        );

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
