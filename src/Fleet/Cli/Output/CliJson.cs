using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fleet.Coders;
using Fleet.Daemon;
using Fleet.Log;
using Fleet.Rules.Views;
using Fleet.Settings;

namespace Fleet.Cli.Output;

/// <summary>The JSON of what only the CLI shows; the fleet's own views are <see cref="ControlJson"/>.</summary>
internal static class CliJson
{
    public static byte[] Settings(ImmutableArray<ShownSetting> rows) =>
        List("SettingList", rows, CliJsonContext.Default.ListedShownSetting);

    public static byte[] Checks(ImmutableArray<Check> checks) =>
        List("CheckList", checks, CliJsonContext.Default.ListedCheck);

    public static byte[] Coders(ImmutableArray<CoderRow> rows) =>
        List("CoderList", rows, CliJsonContext.Default.ListedCoderRow);

    public static byte[] Usage(ImmutableArray<UsageRow> rows) =>
        List("UsageList", rows, CliJsonContext.Default.ListedUsageRow);

    public static byte[] Accounts(ImmutableArray<AccountItem> items) =>
        List("AccountList", items, CliJsonContext.Default.ListedAccountItem);

    public static byte[] Litter(ImmutableArray<Litter> found) =>
        List("LitterList", found, CliJsonContext.Default.ListedLitter);

    public static byte[] Version(string version, ImmutableArray<License> licenses) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new Shown<ShownVersion>(ControlJson.ApiVersion, "Version", new ShownVersion(version, licenses)),
            CliJsonContext.Default.ShownShownVersion
        );

    public static byte[] Text(string kind, ShownText text) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new Shown<ShownText>(ControlJson.ApiVersion, kind, text),
            CliJsonContext.Default.ShownShownText
        );

    public static byte[] Context(ShownContext context) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new Shown<ShownContext>(ControlJson.ApiVersion, "Context", context),
            CliJsonContext.Default.ShownShownContext
        );

    public static byte[] Audit(AuditAnswer answer) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new Shown<AuditAnswer>(ControlJson.ApiVersion, "Audit", answer),
            CliJsonContext.Default.ShownAuditAnswer
        );

    private static byte[] List<T>(
        string kind,
        ImmutableArray<T> items,
        System.Text.Json.Serialization.Metadata.JsonTypeInfo<Listed<T>> type
    ) => JsonSerializer.SerializeToUtf8Bytes(new Listed<T>(ControlJson.ApiVersion, kind, null, null, items), type);
}

internal sealed record ShownVersion(string Version, ImmutableArray<License> Licenses);

/// <summary>A text with where it is from: a brief, a diff, a file; of a transcript only where it lies.</summary>
internal sealed record ShownText(
    string? Run = null,
    string? Path = null,
    long? Bytes = null,
    string? Base = null,
    string? Commit = null,
    string? Text = null
);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [
        typeof(LowerCaseJson<CheckResult>),
        typeof(LowerCaseJson<SignedIn>),
        typeof(LowerCaseJson<AccountState>),
        typeof(LowerCaseJson<PartState>),
        typeof(RunIdJson),
    ]
)]
[JsonSerializable(typeof(Listed<ShownSetting>))]
[JsonSerializable(typeof(Listed<Check>))]
[JsonSerializable(typeof(Listed<CoderRow>))]
[JsonSerializable(typeof(Listed<UsageRow>))]
[JsonSerializable(typeof(Listed<AccountItem>))]
[JsonSerializable(typeof(Listed<Litter>))]
[JsonSerializable(typeof(Shown<ShownVersion>))]
[JsonSerializable(typeof(Shown<AuditAnswer>))]
[JsonSerializable(typeof(Shown<ShownText>))]
[JsonSerializable(typeof(Shown<ShownContext>))]
internal sealed partial class CliJsonContext : JsonSerializerContext;
