using System.Text.Json;

namespace Fleet.Coders.Claude;

/// <summary>
/// What was said to Claude Code and not taken up yet: it repeats each message when it does, in the order of saying.
/// Said too late for a turn, a message begins another one by itself.
/// </summary>
internal sealed class ClaudeWords
{
    private readonly List<string> waiting = [];
    private int prompts;

    /// <summary>Words beside the prompt, with which every conversation begins.</summary>
    public bool AreWaiting => waiting.Count > prompts;

    public void Begin(string prompt)
    {
        waiting.Add(prompt.Trim());
        prompts = 1;
    }

    public void Add(string words) => waiting.Add(words.Trim());

    /// <summary>Several that waited together may come back as one.</summary>
    public void TakenUp(JsonElement content)
    {
        var repeated = (content.Text() ?? string.Join('\n', content.Items().Select(Text))).Trim();
        var at = waiting.IndexOf(repeated);
        var last = at >= 0 ? at : waiting.FindLastIndex(words => repeated.Contains(words, StringComparison.Ordinal));
        if (last >= 0)
        {
            waiting.RemoveRange(0, last + 1);
            prompts = 0;
        }
    }

    private static string? Text(JsonElement block) => block.Text("text"u8);
}
