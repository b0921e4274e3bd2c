using System.Text;

namespace Fleet.Settings;

/// <summary>The page of all settings, made from the table of keys.</summary>
internal static class SettingsReference
{
    public static string Markdown()
    {
        var page = new StringBuilder();
        page.Append(
                "# Settings\n\nGenerated from the table of keys. A repository's file is `.fleet/fleet.yaml` on its "
            )
            .Append("trunk, the home's is `config.yaml` in the home.\n\n")
            .Append("| Key | Value | Where | Default | Meaning |\n|---|---|---|---|---|\n");
        foreach (var key in SettingsTable.Keys)
        {
            var fallback = key.Default.Length == 0 ? "" : $"`{key.Default}`";
            var meaning = key.Required ? $"{key.Says} Required." : key.Says;
            page.Append($"| `{key.Path}` | {key.Type.Called} | {Place(key.In)} | {fallback} | {meaning} |\n");
        }

        return page.ToString();
    }

    private static string Place(Where where) =>
        where == Where.Both ? "both"
        : where == Where.Home ? "home"
        : "repository";
}
