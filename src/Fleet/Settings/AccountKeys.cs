namespace Fleet.Settings;

/// <summary>The keys of who pays; only the home has them.</summary>
internal static class AccountKeys
{
    public static SettingKey[] All() => [.. Accounts(), .. Pools()];

    private static SettingKey[] Accounts() =>
        [
            Key(
                SettingKey.Accounts,
                new SettingType.Named("{ work: { coder: claude } }"),
                "Who pays, by name; never a secret itself. Without an entry a coder has one account, called default."
            ),
            Key("accounts.<name>.coder", new SettingType.Text(TextRule.Name), "The coder that it pays for.") with
            {
                Required = true,
            },
            Key(
                "accounts.<name>.config_dir",
                new SettingType.Text(TextRule.AbsolutePath),
                "The coder's own directory, where it is signed in; else accounts/CODER/NAME in the home."
            ),
            Key(
                "accounts.<name>.key_file",
                new SettingType.Text(TextRule.AbsolutePath),
                "A file of mode 600 that holds its key alone, or lines NAME=VALUE."
            ),
            Key(
                "accounts.<name>.env",
                new SettingType.Texts(TextRule.TakenVariable),
                "Variables of the daemon that its runs are given."
            ),
        ];

    private static SettingKey[] Pools() =>
        [
            Key(
                "pools",
                new SettingType.Named("{ claude: { failover: true } }"),
                "How the accounts of a coder are used together, by the coder's name."
            ),
            Key(
                "pools.<name>.choose",
                new SettingType.Choice(["order", "quota", "round_robin"]),
                "Which free account pays: the first here, the one least used, or each in turn."
            ) with
            {
                Default = "order",
            },
            Key(
                "pools.<name>.failover",
                new SettingType.Flag(),
                "Whether a task whose account is used up goes on with another one, from the work that it left."
            ) with
            {
                Default = "false",
            },
        ];

    private static SettingKey Key(string path, SettingType type, string says) => new(path, type, Where.Home, "", says);
}
