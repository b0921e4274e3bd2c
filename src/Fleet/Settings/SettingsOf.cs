using System.Collections.Immutable;
using System.Diagnostics;
using Fleet.Rules.Settings;

namespace Fleet.Settings;

/// <summary>Turns checked values into typed settings; what is missing keeps its default.</summary>
internal static class SettingsOf
{
    public static HomeSettings Home(SettingValues values)
    {
        var asked = Limits(values);
        var retries = new RetrySettings();
        return new HomeSettings(
            values.Number("max_concurrent") ?? HomeSettings.DefaultMaxConcurrent,
            values.Number("max_gates") ?? HomeSettings.DefaultMaxGates,
            new RunLimits().Asked(asked),
            new RetrySettings(
                values.Number("retries.after_crash") ?? retries.AfterCrash,
                values.Number("retries.after_refusal") ?? retries.AfterRefusal,
                values.Number("retries.after_command_refusal") ?? retries.AfterCommandRefusal,
                new BackoffSettings(
                    values.Time("retries.first_wait") ?? default,
                    values.Number("retries.factor") ?? BackoffSettings.DefaultFactor
                )
            ),
            values.Time("gate_timeout") ?? default,
            new LandingSettings().Asked(Landing(values)),
            Agents(values),
            Coders(values),
            Budget(values, "day_budget"),
            new DaemonSettings(values.Whole("daemon.log") ?? DaemonSettings.DefaultLogBytes),
            Budget(values, "run_budget"),
            Budget(values, "task_budget"),
            values.Each("prices", at => Price(values, at)),
            Accounts(values),
            values.EachNamed(
                "pools",
                (name, at) =>
                    new PoolSettings(name, Choice(values.Word($"{at}.choose")), values.Flag($"{at}.failover") == true)
            )
        );
    }

    public static RepositorySettings Repository(SettingValues values) =>
        new(
            values.Word("trunk"),
            values.Each(
                "gates",
                at => new GateSettings(
                    values.Word($"{at}.name")!,
                    values.Word($"{at}.run")!,
                    values.Time($"{at}.timeout")
                )
            ),
            values.Words("setup"),
            new WorktreeSettings(
                values.Word("worktrees.root"),
                values.Word("worktrees.kind") == "linked" ? WorktreeKind.Linked : WorktreeKind.Clone,
                values.Words("worktrees.setup"),
                values.Words("worktrees.carry"),
                values.Word("worktrees.pause_file")
            ),
            Landing(values),
            Limits(values),
            Agents(values),
            Coders(values),
            Budget(values, "run_budget"),
            Budget(values, "task_budget")
        );

    private static Budget Budget(SettingValues values, string at) =>
        new(values.Amount($"{at}.usd"), values.Number($"{at}.minutes"), values.Whole($"{at}.tokens"));

    private static Price Price(SettingValues values, string at) =>
        new(
            values.Word($"{at}.model")!,
            values.Day($"{at}.as_of")!.Value,
            values.Amount($"{at}.input")!.Value,
            values.Amount($"{at}.output")!.Value,
            values.Amount($"{at}.cached"),
            values.Amount($"{at}.cache_write")
        );

    private static AskedLimits Limits(SettingValues values) =>
        new(
            values.Time("limits.run"),
            values.Time("limits.idle"),
            values.Time("limits.grace"),
            values.Whole("limits.output")
        );

    private static AskedLanding Landing(SettingValues values) =>
        new(
            values.Word("landing.mode") switch
            {
                "approve" => LandingMode.Approve,
                "auto" => LandingMode.Auto,
                null => null,
                _ => throw new UnreachableException(),
            },
            values.Flag("landing.push")
        );

    private static ImmutableArray<AgentSettings> Agents(SettingValues values) =>
        values.EachNamed(
            "agents",
            (name, at) =>
                new AgentSettings(
                    name,
                    values.Word($"{at}.coder"),
                    values.Word($"{at}.model"),
                    Purpose(values.Word($"{at}.purpose")),
                    values.Word($"{at}.prompt"),
                    values.Words($"{at}.paths"),
                    Budget(values, $"{at}.budget"),
                    Budget(values, $"{at}.day_budget"),
                    new AgentPermissions(
                        values.Words($"{at}.permissions.allow"),
                        values.Words($"{at}.permissions.deny"),
                        values.Words($"{at}.permissions.ask"),
                        values.Time($"{at}.permissions.wait") ?? default
                    ),
                    values.Word($"{at}.plan") == "ask" ? AgentPlan.Ask : AgentPlan.Free
                )
        );

    private static ImmutableArray<CoderSettings> Coders(SettingValues values) =>
        values.EachNamed(
            "coders",
            (name, at) =>
                new CoderSettings(
                    name,
                    values.Words($"{at}.command"),
                    Prompt(values.Word($"{at}.prompt")),
                    CoderOutputs.Of(values.Word($"{at}.output")),
                    values.Whole($"{at}.context"),
                    values.Variables($"{at}.env"),
                    values.Words($"{at}.limits")
                )
        );

    private static ImmutableArray<AccountSettings> Accounts(SettingValues values) =>
        values.EachNamed(
            "accounts",
            (name, at) =>
                new AccountSettings(
                    name,
                    values.Word($"{at}.coder")!,
                    values.Word($"{at}.config_dir"),
                    values.Word($"{at}.key_file"),
                    values.Words($"{at}.env")
                )
        );

    private static AccountChoice Choice(string? word) =>
        word switch
        {
            "order" or null => AccountChoice.Order,
            "quota" => AccountChoice.Quota,
            "round_robin" => AccountChoice.RoundRobin,
            _ => throw new UnreachableException(),
        };

    private static CoderPrompt Prompt(string? word) =>
        word switch
        {
            "stdin" or null => CoderPrompt.Stdin,
            "argument" => CoderPrompt.Argument,
            "file" => CoderPrompt.File,
            _ => throw new UnreachableException(),
        };

    private static AgentPurpose Purpose(string? word) =>
        word switch
        {
            "refine" => AgentPurpose.Refine,
            "review" => AgentPurpose.Review,
            "watch" => AgentPurpose.Watch,
            "build" or null => AgentPurpose.Build,
            _ => throw new UnreachableException(),
        };
}
