using System.Collections.Immutable;
using System.Globalization;
using Fleet.Rules.Settings;

namespace Fleet.Settings;

/// <summary>One line of <c>fleet config show</c>: a key, what holds, and who says so.</summary>
/// <param name="Path">Such as <c>limits.run</c> or <c>gates[tests].run</c>.</param>
/// <param name="Value">As it would be written.</param>
/// <param name="Origin"><c>file:line</c>, <c>flag</c> or <c>default</c>.</param>
/// <param name="Note">A word that does not hold, because another is stricter; else null.</param>
internal sealed record ShownSetting(string Path, string Value, string Origin, string? Note);

/// <summary>The settings that hold, as a person reads them.</summary>
internal static class ShownSettings
{
    /// <summary>Who says so follows from what changes when a layer is left out.</summary>
    public static ImmutableArray<ShownSetting> Rows(
        SettingsReading.Home home,
        SettingsReading.Repository? repository = null,
        AskedByFlag? flags = null
    )
    {
        var alone = Values(EffectiveSettings.Of(home.Settings)).ToDictionary(StringComparer.Ordinal);
        var without = Values(EffectiveSettings.Of(home.Settings, repository?.Settings))
            .ToDictionary(StringComparer.Ordinal);
        var rows = Values(EffectiveSettings.Of(home.Settings, repository?.Settings, flags));
        return [.. rows.Select(row => Row(row.Key, row.Value))];

        ShownSetting Row(string path, string value)
        {
            if (without.GetValueOrDefault(path) != value)
            {
                return new ShownSetting(path, value, "flag", null);
            }

            var asked = repository?.Origins.Of(path);
            var limit = path.EndsWith("].timeout", StringComparison.Ordinal) ? "gate_timeout" : path;
            var lowered = alone.GetValueOrDefault(limit) != value;
            if (asked is not null && (lowered || !IsLimit(path)))
            {
                return new ShownSetting(path, value, asked, null);
            }

            var note = asked is null || value == "auto" ? null : $"{asked} {WhyNot(path)}";
            return new ShownSetting(path, value, home.Origins.Of(limit) ?? "default", note);
        }
    }

    /// <summary>Why the home's word holds. The modes of landing are two, and approve is the stricter one.</summary>
    private static string WhyNot(string path) =>
        string.Equals(path, "landing.mode", StringComparison.Ordinal)
            ? $"says auto; {LandingSettings.AutoNeedsBoth}"
            : "is not stricter";

    /// <summary>Every path and its value, in the order of the table.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Values(EffectiveSettings settings) =>
        Fleetwide(settings.Home)
            .Concat(Limits(settings))
            .Concat(OneRepository(settings))
            .Concat(Agents(settings))
            .Concat(Prices(settings.Home))
            .Concat(Accounts(settings.Home))
            .Select(row => KeyValuePair.Create(row.Path, row.Value));

    private static IEnumerable<(string Path, string Value)> Fleetwide(HomeSettings home) =>
        [
            ("version", Text(SettingsTable.Version)),
            ("max_concurrent", Text(home.MaxConcurrent)),
            ("max_gates", Text(home.MaxGates)),
            ("gate_timeout", DurationText.Write(home.GateTimeout)),
            ("retries.after_crash", Text(home.Retries.AfterCrash)),
            ("retries.after_refusal", Text(home.Retries.AfterRefusal)),
            ("retries.after_command_refusal", Text(home.Retries.AfterCommandRefusal)),
            ("retries.first_wait", DurationText.Write(home.Retries.Backoff.First)),
            ("retries.factor", Text(home.Retries.Backoff.Factor)),
            .. Budget("day_budget", home.DayBudget, ofDay: true),
            ("daemon.log", SizeText.Write(home.Daemon.LogBytes)),
        ];

    private static IEnumerable<(string Path, string Value)> Limits(EffectiveSettings settings) =>
        [
            ("limits.run", DurationText.Write(settings.Limits.Time)),
            ("limits.idle", DurationText.Write(settings.Limits.Idle)),
            ("limits.grace", DurationText.Write(settings.Limits.Grace)),
            ("limits.output", SizeText.Write(settings.Limits.OutputBytes)),
            .. Budget("run_budget", settings.RunBudget),
            .. Budget("task_budget", settings.TaskBudget),
            ("landing.mode", Word(settings.Landing.Mode)),
            ("landing.push", settings.Landing.Push ? "true" : "false"),
        ];

    private static IEnumerable<(string Path, string Value)> OneRepository(EffectiveSettings settings) =>
        [
            ("trunk", settings.Trunk ?? ""),
            ("setup", List(settings.Setup)),
            .. settings.Gates.SelectMany(gate =>
                new[]
                {
                    ($"gates[{gate.Name}].run", gate.Run),
                    ($"gates[{gate.Name}].timeout", gate.Timeout is { } time ? DurationText.Write(time) : ""),
                }
            ),
            ("worktrees.root", settings.Worktrees.Root ?? ""),
            ("worktrees.kind", Word(settings.Worktrees.Kind)),
            ("worktrees.setup", List(settings.Worktrees.Setup)),
            ("worktrees.carry", List(settings.Worktrees.Carry)),
            ("worktrees.pause_file", settings.Worktrees.PauseFile ?? ""),
        ];

    private static IEnumerable<(string Path, string Value)> Agents(EffectiveSettings settings) =>
        [
            .. settings.Agents.SelectMany(agent =>
                new[]
                {
                    ($"agents.{agent.Name}.coder", agent.Coder ?? ""),
                    ($"agents.{agent.Name}.model", agent.Model ?? ""),
                    ($"agents.{agent.Name}.purpose", Word(agent.Purpose)),
                    ($"agents.{agent.Name}.prompt", agent.Prompt ?? ""),
                    ($"agents.{agent.Name}.paths", List(agent.Paths)),
                    ($"agents.{agent.Name}.plan", Word(agent.Plan)),
                    ($"agents.{agent.Name}.permissions.allow", List(agent.Permissions.Allow)),
                    ($"agents.{agent.Name}.permissions.deny", List(agent.Permissions.Deny)),
                    ($"agents.{agent.Name}.permissions.ask", List(agent.Permissions.Ask)),
                    ($"agents.{agent.Name}.permissions.wait", DurationText.Write(agent.Permissions.Wait)),
                }
                    .Concat(Budget($"agents.{agent.Name}.budget", agent.Budget))
                    .Concat(Budget($"agents.{agent.Name}.day_budget", agent.DayBudget, ofDay: true))
            ),
            .. settings.Coders.SelectMany(coder =>
                new[]
                {
                    ($"coders.{coder.Name}.command", ArgumentList.Text(coder.Command)),
                    ($"coders.{coder.Name}.prompt", Word(coder.Prompt)),
                    ($"coders.{coder.Name}.output", CoderOutputs.Word(coder.Output)),
                    ($"coders.{coder.Name}.context", Text(coder.Context)),
                    ($"coders.{coder.Name}.env", List([.. coder.Env.Select(one => $"{one.Key}={one.Value}")])),
                    ($"coders.{coder.Name}.limits", List(coder.Limits)),
                }
            ),
        ];

    private static IEnumerable<(string Path, string Value)> Accounts(HomeSettings home) =>
        [
            .. home.Accounts.SelectMany(account =>
                new[]
                {
                    ($"accounts.{account.Name}.coder", account.Coder),
                    ($"accounts.{account.Name}.config_dir", account.ConfigDir ?? ""),
                    ($"accounts.{account.Name}.key_file", account.KeyFile ?? ""),
                    ($"accounts.{account.Name}.env", List(account.Env)),
                }
            ),
            .. home.Pools.SelectMany(pool =>
                new[]
                {
                    (
                        $"pools.{pool.Coder}.choose",
                        pool.Choose is AccountChoice.RoundRobin ? "round_robin" : Word(pool.Choose)
                    ),
                    ($"pools.{pool.Coder}.failover", pool.Failover ? "true" : "false"),
                }
            ),
        ];

    private static bool IsLimit(string path) =>
        path.StartsWith("limits.", StringComparison.Ordinal)
        || path.StartsWith("landing.", StringComparison.Ordinal)
        || path.EndsWith("].timeout", StringComparison.Ordinal)
        || path.Contains("budget.", StringComparison.Ordinal);

    private static IEnumerable<(string Path, string Value)> Budget(string path, Budget budget, bool ofDay = false)
    {
        yield return ($"{path}.usd", Text(budget.Usd));
        yield return ($"{path}.tokens", Text(budget.Tokens));
        if (!ofDay)
        {
            yield return ($"{path}.minutes", Text(budget.Minutes));
        }
    }

    private static IEnumerable<(string Path, string Value)> Prices(HomeSettings home) =>
        home.Prices.SelectMany(
            (price, at) =>
                new[]
                {
                    ($"prices[{at}].model", price.Model),
                    ($"prices[{at}].as_of", price.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                    ($"prices[{at}].input", Text(price.Input)),
                    ($"prices[{at}].output", Text(price.Output)),
                    ($"prices[{at}].cached", Text(price.Cached)),
                    ($"prices[{at}].cache_write", Text(price.CacheWrite)),
                }
        );

    private static string Word(Enum value) => value.ToString().ToLowerInvariant();

    private static string List(ImmutableArray<string> values) => string.Join(", ", values);

    private static string Text(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Text(decimal? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
