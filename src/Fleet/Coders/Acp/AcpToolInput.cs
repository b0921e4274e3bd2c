using System.Text.Json;

namespace Fleet.Coders.Acp;

/// <summary>What a tool was given, of which agents tell the arguments, the files, or only a title.</summary>
internal static class AcpToolInput
{
    /// <summary>Null where an update does not tell.</summary>
    public static string? Of(JsonElement update)
    {
        if (update.Field("rawInput"u8) is { ValueKind: JsonValueKind.Object } input && input.EnumerateObject().Any())
        {
            return input.Raw();
        }

        var title = update.Text("title"u8);
        var paths = Paths(update);
        return update.Text("kind"u8) == "execute" || paths.Count == 0 ? title : Files(title, paths);
    }

    /// <summary>Without the arguments the files are what a permission can be decided by.</summary>
    private static string Files(string? title, List<string> paths) =>
        JsonLine.Write(json =>
        {
            json.WriteString("title", title);
            json.WriteStartArray("paths");
            paths.ForEach(json.WriteStringValue);
            json.WriteEndArray();
        });

    private static List<string> Paths(JsonElement update) =>
        [
            .. update
                .Field("locations"u8)
                .Items()
                .Concat(update.Field("content"u8).Items())
                .Select(place => place.Text("path"u8))
                .OfType<string>()
                .Distinct(StringComparer.Ordinal),
        ];
}
