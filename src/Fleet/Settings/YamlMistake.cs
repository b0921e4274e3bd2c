using YamlDotNet.Core;

namespace Fleet.Settings;

/// <summary>Says in plain words what is wrong with a text that is not YAML.</summary>
internal static class YamlMistake
{
    public static SettingsError Of(SettingsSource source, YamlException wrong)
    {
        var at = Math.Clamp((int)wrong.Start.Index, 0, source.Text.Length);
        return LeadingTab(source.Text, at) is { } tab
            ? source.Error(tab, tab + 1, "a tab indents this line", "YAML is indented with spaces only")
            : source.Error(at, Math.Max(at + 1, (int)wrong.End.Index), "this is not YAML", Why(wrong.Message));
    }

    /// <summary>A tab in the indentation of the line of the mistake or of the line before it.</summary>
    private static int? LeadingTab(string text, int at)
    {
        var start = at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;
        var before = start < 2 ? start : text.LastIndexOf('\n', start - 2) + 1;
        return TabOf(text, start) ?? TabOf(text, before);
    }

    private static int? TabOf(string text, int start)
    {
        while (start < text.Length && text[start] == ' ')
        {
            start++;
        }

        return start < text.Length && text[start] == '\t' ? start : null;
    }

    private static string Why(string message) =>
        message.Length == 0 ? "it cannot be read" : char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.');
}
