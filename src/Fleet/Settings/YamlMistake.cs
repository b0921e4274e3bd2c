using YamlDotNet.Core;

namespace Fleet.Settings;

/// <summary>Says in plain words what is wrong with a text that is not YAML.</summary>
internal static class YamlMistake
{
    public static SettingsError Of(SettingsSource source, YamlException wrong)
    {
        var at = Math.Clamp((int)wrong.Start.Index, 0, source.Text.Length);
        return LeadingTab(source, source.Place(at).Line) is { } tab
            ? source.Error(tab, tab + 1, "a tab indents this line", "YAML is indented with spaces only")
            : source.Error(at, Math.Max(at + 1, (int)wrong.End.Index), "this is not YAML", Why(wrong.Message));
    }

    /// <summary>A tab in the indentation near the mistake; the parser may notice it a line early or late.</summary>
    private static int? LeadingTab(SettingsSource source, int line) =>
        TabOf(source.Text, source.Start(line - 1))
        ?? TabOf(source.Text, source.Start(line))
        ?? TabOf(source.Text, source.Start(line + 1));

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
