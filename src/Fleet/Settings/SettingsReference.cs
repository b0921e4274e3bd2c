using System.Text;

namespace Fleet.Settings;

/// <summary>The page of all settings, made from the table of keys.</summary>
internal static class SettingsReference
{
    /// <summary>Where settings are written, and who wins.</summary>
    public const string Files =
        "A repository's settings are .fleet/fleet.yaml on its trunk, the home's are config.yaml in the home; a flag "
        + "beats both. A repository can only be stricter than the home: of two limits the lower one holds, and "
        + "landing.mode auto holds only where both say auto (fleet config set landing.mode=auto says it for the home).";

    public static string Markdown()
    {
        var page = new StringBuilder("# Settings\n\nGenerated from the table of keys.\n\n").Append(Files);
        page.Append("\n\n| Key | Value | Where | Default | Meaning |\n|---|---|---|---|---|\n");
        foreach (var key in SettingsTable.Keys)
        {
            var fallback = key.Default.Length == 0 ? "" : $"`{key.Default}`";
            var meaning = key.Required ? $"{key.Says} Required." : key.Says;
            page.Append($"| `{key.Path}` | {key.Type.Called} | {Place(key.In)} | {fallback} | {meaning} |\n");
        }

        return page.ToString();
    }

    /// <summary>What a key may hold, in which file, and what holds without it.</summary>
    public static string Value(SettingKey key) =>
        $"{key.Type.Called}; {Place(key.In)}" + (key.Default.Length == 0 ? "" : $"; else {key.Default}");

    private static string Place(Where where) =>
        where == Where.Both ? "both"
        : where == Where.Home ? "home"
        : "repository";
}
