using System.Text.Json;
using System.Text.Json.Serialization;
using Fleet.Coders;
using Fleet.Processes;
using Fleet.Rules;
using Fleet.Rules.Settings;
using Fleet.Rules.Spending;

namespace Fleet.Daemon.Conversations;

/// <summary>
/// How a run's transcript is read, kept beside it: also without a daemon, and once settings have changed.
/// </summary>
/// <param name="Before">What its session had cost before this run.</param>
/// <param name="Own">Its definition, where a person defined the coder.</param>
internal sealed record CoderFile(string Coder, string? Model, string? Resume, Usage Before, CoderSettings? Own)
{
    public void Write(string directory) =>
        DurableFile.ReplaceUnsynced(
            RunFiles.Coder(directory),
            JsonSerializer.SerializeToUtf8Bytes(this, CoderFileJson.Default.CoderFile)
        );

    /// <summary>The reading of the run's transcript from its first line; none of a command.</summary>
    public static ICoderSession? Open(RunId run, string directory)
    {
        var file = RunFiles.Coder(directory);
        var written = File.Exists(file)
            ? JsonSerializer.Deserialize(File.ReadAllBytes(file), CoderFileJson.Default.CoderFile)
            : null;
        return
            written is not null && CoderCatalogue.Find(written.Coder, written.Own is { } own ? [own] : []) is { } coder
            ? coder.Open(written.Request(run))
            : null;
    }

    private CoderRequest Request(RunId run) =>
        new(run, null, Model, Prompt: "", Worktree: "", Configuration: "", Guid.Empty, Resume, Before);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(CoderFile))]
internal sealed partial class CoderFileJson : JsonSerializerContext;
