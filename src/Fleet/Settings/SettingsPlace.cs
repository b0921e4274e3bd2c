using System.Collections.Immutable;

namespace Fleet.Settings;

/// <summary>Puts one value into the text of a settings file, where a person would have put it.</summary>
/// <remarks>The text has LF line ends. The result is a proposal: who asks reads it again before it is used.</remarks>
internal static class SettingsPlace
{
    private const string Indent = "  ";

    /// <summary>The text with the key set: its value replaced, or a new line after its neighbours.</summary>
    /// <param name="text">The file.</param>
    /// <param name="root">The file's nodes; null when it says nothing.</param>
    /// <param name="path">The key, word by word.</param>
    /// <param name="value">The value as it is written.</param>
    public static string Put(string text, SettingNode? root, string[] path, string value)
    {
        if (root is not SettingNode.Map map)
        {
            return $"{WithLineEnd(text)}version: 1\n{Block("", path, value)}";
        }

        var entry = Find(map, path[0]);
        while (entry?.Value is SettingNode.Map inner && path.Length > 1)
        {
            (map, path) = (inner, path[1..]);
            entry = Find(map, path[0]);
        }

        return entry is null ? Add(text, map, path, value)
            : path.Length == 1 ? text[..entry.Value.Start] + value + text[entry.Value.End..]
            : Fill(text, entry, path[1..], value);
    }

    private static SettingEntry? Find(SettingNode.Map map, string name) =>
        map.Entries.FirstOrDefault(entry => entry.Key.Text == name);

    /// <summary>A new key after the map's last one.</summary>
    private static string Add(string text, SettingNode.Map map, string[] path, string value)
    {
        if (map.Entries.IsEmpty)
        {
            return text.Insert(map.Start + 1, $" {Flow(path, value)} ");
        }

        var last = LastEnd(map.Entries);
        if (map.Flow)
        {
            return text.Insert(last, $", {Flow(path, value)}");
        }

        var lineEnd = last > 0 && text[last - 1] == '\n' ? last - 1 : text.IndexOf('\n', last);
        var (before, after) = lineEnd < 0 ? (WithLineEnd(text), "") : (text[..(lineEnd + 1)], text[(lineEnd + 1)..]);
        return before + Block(Indentation(text, map.Entries[0].Key.Start), path, value) + after;
    }

    /// <summary>A map for a key that is there but has no value yet: <c>limits:</c>.</summary>
    private static string Fill(string text, SettingEntry entry, string[] path, string value)
    {
        var colon = text.IndexOf(':', entry.Key.End) + 1;
        var written = entry.Value.End > entry.Value.Start ? entry.Value.End : colon;
        return $"{text[..colon]} {{ {Flow(path, value)} }}{text[written..]}";
    }

    /// <summary>Where the last thing of a node ends; a block's own end is already the next thing.</summary>
    private static int LastEnd(SettingNode node) =>
        node switch
        {
            SettingNode.Map { Flow: false, Entries: { IsEmpty: false } entries } => LastEnd(entries),
            SettingNode.List { Flow: false, Items: [.., var last] } => LastEnd(last),
            _ => node.End,
        };

    /// <summary>A key without a value ends with its colon.</summary>
    private static int LastEnd(ImmutableArray<SettingEntry> entries) =>
        Math.Max(entries[^1].Key.End + 1, LastEnd(entries[^1].Value));

    private static string Indentation(string text, int at) =>
        new(' ', at - (at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1));

    private static string Block(string indent, string[] path, string value) =>
        path.Length == 1
            ? $"{indent}{path[0]}: {value}\n"
            : $"{indent}{path[0]}:\n{Block(indent + Indent, path[1..], value)}";

    private static string Flow(string[] path, string value) =>
        path.Length == 1 ? $"{path[0]}: {value}" : $"{path[0]}: {{ {Flow(path[1..], value)} }}";

    private static string WithLineEnd(string text) => text.Length == 0 || text[^1] == '\n' ? text : text + "\n";
}
