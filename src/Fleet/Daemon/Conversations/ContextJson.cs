using System.Text.Json;
using System.Text.Json.Serialization;
using Fleet.Rules.Context;

namespace Fleet.Daemon.Conversations;

/// <summary>The manifest that lies beside a run, for whoever has only its directory.</summary>
internal static class ContextJson
{
    public static byte[] Write(ContextManifest manifest) =>
        JsonSerializer.SerializeToUtf8Bytes(manifest, ContextJsonContext.Default.ContextManifest);

    /// <summary>None where there is no whole one.</summary>
    public static ContextManifest? Read(string path)
    {
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize(File.ReadAllBytes(path), ContextJsonContext.Default.ContextManifest)
                : null;
        }
        catch (JsonException)
        {
            // The machine died while it was written: its run never started.
            return null;
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    WriteIndented = true
)]
[JsonSerializable(typeof(ContextManifest))]
internal sealed partial class ContextJsonContext : JsonSerializerContext;
