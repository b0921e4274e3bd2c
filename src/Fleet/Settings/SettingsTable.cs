using System.Collections.Frozen;
using System.Collections.Immutable;
using Fleet.Rules.Settings;

namespace Fleet.Settings;

/// <summary>Every key that settings have, in the order in which they are shown.</summary>
internal static class SettingsTable
{
    public const int Version = 1;

    private static readonly SettingType Map = new SettingType.Map();
    private static readonly SettingType Flag = new SettingType.Flag();
    private static readonly SettingType Command = new SettingType.Text(TextRule.Command);
    private static readonly SettingType Name = new SettingType.Text(TextRule.Name);
    private static readonly SettingType Anything = new SettingType.Text(TextRule.Anything);
    private static readonly SettingType Commands = new SettingType.Texts(TextRule.Command);
    private static readonly SettingType Paths = new SettingType.Texts(TextRule.RelativePath);
    private static readonly SettingType Money = new SettingType.Money(1_000_000);
    private static readonly SettingType Retries = new SettingType.Number(0, 100);

    public static readonly ImmutableArray<SettingKey> Keys =
    [
        new(
            "version",
            new SettingType.Number(Version, Version),
            Where.Both,
            "1",
            "The form of this file; the first key."
        ),
        .. Fleetwide(),
        .. Shared(),
        .. OneRepository(),
        .. Agents(),
        .. Coders(),
        .. Prices(),
        .. AccountKeys.All(),
    ];

    private static readonly FrozenDictionary<string, SettingKey> ByPath = Keys.ToFrozenDictionary(
        key => key.Path,
        StringComparer.Ordinal
    );

    private static readonly ILookup<string, SettingKey> ByParent = Keys.ToLookup(
        key => key.Parent,
        StringComparer.Ordinal
    );

    public static SettingKey? Find(string path) => ByPath.GetValueOrDefault(path);

    /// <summary>The key of this name in a map; a dot in the name is only a dot.</summary>
    public static SettingKey? Find(string map, string name) => ByParent[map].FirstOrDefault(key => key.Name == name);

    /// <summary>The keys directly inside a map; those of the file itself for the empty path.</summary>
    public static IEnumerable<SettingKey> Inside(string path) => ByParent[path];

    private static SettingKey[] Fleetwide() =>
        [
            new(
                "max_concurrent",
                new SettingType.Number(1, 1_000),
                Where.Home,
                "3",
                "How many runs are alive at once."
            ),
            new("max_gates", new SettingType.Number(1, 100), Where.Home, "2", "How many gates run at once."),
            new(
                "gate_timeout",
                Time(1, 86_400),
                Where.Home,
                Of(HomeSettings.DefaultGateTimeout),
                "The longest a gate may take."
            ),
            new("retries", Map, Where.Home, "", "How often a task is tried again before it waits for a person."),
            new("retries.after_crash", Retries, Where.Home, "2", "Runs after one that crashed."),
            new("retries.after_refusal", Retries, Where.Home, "2", "An agent's runs after a refused proposal."),
            new("retries.after_command_refusal", Retries, Where.Home, "0", "The same for the command coder."),
            new(
                "retries.first_wait",
                Time(0.01, 3_600),
                Where.Home,
                Of(BackoffSettings.DefaultFirst),
                "The wait before the first retry."
            ),
            new(
                "retries.factor",
                new SettingType.Number(1, 100),
                Where.Home,
                "4",
                "What each next wait is multiplied by."
            ),
            .. OneBudget("day_budget", Where.Home, "What the whole fleet may spend in one day (UTC).", ofDay: true),
            new("daemon", Map, Where.Home, "", "How the daemon looks after itself."),
            new(
                "daemon.log",
                new SettingType.Size(1L << 10, 1L << 40),
                Where.Home,
                SizeText.Write(DaemonSettings.DefaultLogBytes),
                "The size at which daemon.log is rotated."
            ),
        ];

    private static SettingKey[] Shared() =>
        [
            new(
                "limits",
                Map,
                Where.Both,
                "",
                "What ends a run that does not end by itself; a repository can only lower them."
            ),
            new("limits.run", Time(1, 2_592_000), Where.Both, Of(RunLimits.DefaultTime), "The longest a run may take."),
            new(
                "limits.idle",
                Time(1, 2_592_000),
                Where.Both,
                Of(RunLimits.DefaultIdle),
                "The longest a run may show no progress."
            ),
            new(
                "limits.grace",
                Time(0.01, 600),
                Where.Both,
                Of(RunLimits.DefaultGrace),
                "The time between asking a run to end and killing it."
            ),
            new(
                "limits.output",
                new SettingType.Size(1L << 10, 1L << 50),
                Where.Both,
                SizeText.Write(RunLimits.DefaultOutputBytes),
                "The most a run may write."
            ),
            .. OneBudget(
                "run_budget",
                Where.Both,
                "What one run may spend, and so what it reserves; without it a run reserves all that is left.",
                ofDay: false
            ),
            .. OneBudget(
                "task_budget",
                Where.Both,
                "What all runs of one task may spend together; a repository can only lower it.",
                ofDay: false
            ),
            new("landing", Map, Where.Both, "", "How proven work reaches trunk; a repository can only be stricter."),
            new(
                "landing.mode",
                new SettingType.Choice(["approve", "auto"]),
                Where.Both,
                "approve",
                "approve: a person takes the last step; auto: what is proven lands."
            ),
            new(
                "landing.push",
                Flag,
                Where.Both,
                "true",
                "Whether the remote's trunk moves too; false stops at the local one."
            ),
        ];

    private static SettingKey[] OneRepository() =>
        [
            new(
                "trunk",
                new SettingType.Text(TextRule.Branch),
                Where.Repository,
                "",
                "The branch that proposals land on; else origin/HEAD, else the current branch."
            ),
            new("setup", Commands, Where.Repository, "", "Commands that make a fresh checkout ready for gates."),
            new(
                "gates",
                new SettingType.Records("{ name: tests, run: ./test.sh }"),
                Where.Repository,
                "",
                "The checks that every proposal must pass."
            ),
            new("gates[].name", Name, Where.Repository, "", "The gate's name, its own.", true),
            new("gates[].run", Command, Where.Repository, "", "The command line; exit code 0 passes.", true),
            new(
                "gates[].timeout",
                Time(1, 86_400),
                Where.Repository,
                "gate_timeout",
                "The longest it may take; never more than gate_timeout."
            ),
            new("worktrees", Map, Where.Repository, "", "Where and how worktrees are made."),
            new(
                "worktrees.root",
                new SettingType.Text(TextRule.AbsolutePath),
                Where.Repository,
                "",
                "The directory that holds them; else the home's."
            ),
            new(
                "worktrees.kind",
                new SettingType.Choice(["clone", "linked"]),
                Where.Repository,
                "clone",
                "clone: private; linked: shares stash, config and hooks with the repository."
            ),
            new("worktrees.setup", Commands, Where.Repository, "", "Commands run in each new worktree."),
            new(
                "worktrees.carry",
                Paths,
                Where.Repository,
                "",
                "Files copied in from the person's checkout, such as .env; never committed."
            ),
            new(
                "worktrees.pause_file",
                new SettingType.Text(TextRule.FileName),
                Where.Repository,
                "",
                "A file in the person's git directory while runs are alive."
            ),
        ];

    private static SettingKey[] Agents() =>
        [
            new(
                "agents",
                new SettingType.Named("{ backend: { coder: claude } }"),
                Where.Both,
                "",
                "Named roles: who thinks, what for, where, for how much."
            ),
            new("agents.<name>.coder", Name, Where.Both, "", "The coder that thinks."),
            new("agents.<name>.model", Anything, Where.Both, "", "The coder's model; else the coder's default."),
            new(
                "agents.<name>.purpose",
                new SettingType.Choice(["build", "refine", "review", "watch"]),
                Where.Both,
                "build",
                "What its success is."
            ),
            new(
                "agents.<name>.prompt",
                Anything,
                Where.Both,
                "",
                "Its job description, or the path of a file that holds it."
            ),
            new("agents.<name>.paths", Paths, Where.Both, "", "Globs of what it may change; none means everything."),
            .. OneBudget(
                "agents.<name>.budget",
                Where.Both,
                "What one run may spend; a repository can only lower it.",
                ofDay: false
            ),
            .. OneBudget(
                "agents.<name>.day_budget",
                Where.Both,
                "What all its runs may spend in one day (UTC), in every repository; a repository can only lower it.",
                ofDay: true
            ),
            new(
                "agents.<name>.plan",
                new SettingType.Choice(["free", "ask"]),
                Where.Both,
                "free",
                "ask: its first run only writes a plan, and a person approves it."
            ),
            .. PermissionKeys.All(),
        ];

    private static SettingKey[] Coders() =>
        [
            new(
                "coders",
                new SettingType.Named("{ mine: { command: [mycli] } }"),
                Where.Both,
                "",
                "Programs that think, by name."
            ),
            new(
                "coders.<name>.command",
                new SettingType.Arguments(),
                Where.Both,
                "",
                "The program and its arguments; no shell reads them.",
                true
            ),
            new(
                "coders.<name>.prompt",
                new SettingType.Choice(["stdin", "argument", "file"]),
                Where.Both,
                "stdin",
                "Where the brief goes: its input, {prompt} in its command, or a file named by {file}."
            ),
            new(
                "coders.<name>.output",
                new SettingType.Choice([.. CoderOutputs.Words]),
                Where.Both,
                "lines",
                "What it prints; lines are only shown, and its exit tells whether it did its work."
            ),
            new(
                "coders.<name>.context",
                new SettingType.Number(1_000, 100_000_000),
                Where.Both,
                "",
                "How many tokens fit into its model's context; else unknown."
            ),
            new(
                "coders.<name>.env",
                new SettingType.Variables(),
                Where.Both,
                "",
                "Its own environment variables; they enter the record, so no secret belongs here."
            ),
            new(
                "coders.<name>.limits",
                new SettingType.Texts(TextRule.Anything),
                Where.Both,
                "",
                "Lines that say that its account is used up; * is anything, {in} how long, {at} until when."
            ),
        ];

    private static SettingKey[] Prices() =>
        [
            new(
                "prices",
                new SettingType.Records("{ model: m-1, as_of: 2026-11-25, input: 3, output: 15 }"),
                Where.Home,
                "",
                "List prices, used only where a coder tells no cost; dollars per million tokens."
            ),
            new("prices[].model", Anything, Where.Home, "", "The model, as the coder names it.", true),
            new(
                "prices[].as_of",
                new SettingType.Date(),
                Where.Home,
                "",
                "The day of the list; of several for one model the newest that has come counts.",
                true
            ),
            new("prices[].input", Money, Where.Home, "", "For tokens sent.", true),
            new("prices[].output", Money, Where.Home, "", "For tokens received.", true),
            new("prices[].cached", Money, Where.Home, "input", "For tokens sent that the vendor had in its cache."),
            new("prices[].cache_write", Money, Where.Home, "input", "For tokens sent that went into its cache."),
        ];

    /// <summary>A day has no minutes: agents work beside each other.</summary>
    private static IEnumerable<SettingKey> OneBudget(string path, Where where, string says, bool ofDay)
    {
        yield return new(path, Map, where, "", says);
        yield return new($"{path}.usd", Money, where, "", "Dollars; without it there is no limit.");
        yield return new(
            $"{path}.tokens",
            new SettingType.Number(1, int.MaxValue),
            where,
            "",
            "Tokens, all kinds of them."
        );
        if (!ofDay)
        {
            yield return new(
                $"{path}.minutes",
                new SettingType.Number(1, 43_200),
                where,
                "",
                "Minutes that runs are alive."
            );
        }
    }

    private static SettingType.Duration Time(double leastSeconds, int mostSeconds) =>
        new SettingType.Duration(TimeSpan.FromSeconds(leastSeconds), TimeSpan.FromSeconds(mostSeconds));

    private static string Of(TimeSpan time) => DurationText.Write(time);
}
