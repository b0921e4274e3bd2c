using System.Text.Json;
using System.Text.Json.Serialization;
using Fleet.Processes;

namespace Fleet.Daemon;

/// <summary>
/// Who is in charge of a home, so that a daemon that went silent can be ended without hitting a stranger.
/// </summary>
internal sealed record DaemonRecord(int Pid, long StartTicks, string Boot, long Epoch, DateTimeOffset At)
{
    public ProcessIdentity Identity => new(Boot, Pid, StartTicks);

    public static DaemonRecord OfThisProcess(long epoch, DateTimeOffset at)
    {
        var own =
            ProcessIdentity.Of(Environment.ProcessId) ?? throw new InvalidOperationException("/proc is not readable");
        return new DaemonRecord(own.Pid, own.StartTicks, own.Boot, epoch, at);
    }

    /// <summary>None when there is no record, or half of one.</summary>
    public static DaemonRecord? Read(FleetHome home)
    {
        try
        {
            return File.Exists(home.DaemonRecord)
                ? JsonSerializer.Deserialize(
                    File.ReadAllBytes(home.DaemonRecord),
                    DaemonRecordJson.Default.DaemonRecord
                )
                : null;
        }
        catch (Exception error) when (error is JsonException or IOException)
        {
            return null;
        }
    }

    public void Write(FleetHome home) =>
        DurableFile.Replace(
            home.DaemonRecord,
            JsonSerializer.SerializeToUtf8Bytes(this, DaemonRecordJson.Default.DaemonRecord)
        );
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(DaemonRecord))]
internal sealed partial class DaemonRecordJson : JsonSerializerContext;
