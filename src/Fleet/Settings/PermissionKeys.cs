using Fleet.Rules.Settings;

namespace Fleet.Settings;

/// <summary>The keys of what an agent may do.</summary>
internal static class PermissionKeys
{
    private static readonly SettingType Permissions = new SettingType.Texts(TextRule.Permission);

    public static SettingKey[] All() =>
        [
            new(
                "agents.<name>.permissions",
                new SettingType.Map(),
                Where.Both,
                "",
                "Its rules about tool calls; a deny outweighs an ask, and an ask an allow."
            ),
            new(
                "agents.<name>.permissions.allow",
                Permissions,
                Where.Both,
                "",
                "Where there is any, nothing else is allowed."
            ),
            new("agents.<name>.permissions.deny", Permissions, Where.Both, "", "What it may never do."),
            new(
                "agents.<name>.permissions.ask",
                Permissions,
                Where.Both,
                "",
                "What a person is asked about each time."
            ),
            new(
                "agents.<name>.permissions.wait",
                new SettingType.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromDays(30)),
                Where.Both,
                DurationText.Write(AgentPermissions.DefaultWait),
                "How long a person has to answer; then it is denied."
            ),
        ];
}
