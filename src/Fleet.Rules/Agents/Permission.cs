using System.Collections.Immutable;
using Fleet.Rules.Settings;

namespace Fleet.Rules.Agents;

/// <summary>What becomes of a tool call, the strictest last.</summary>
public enum PermissionAnswer
{
    Allow,

    /// <summary>A person answers.</summary>
    Ask,
    Deny,
}

/// <summary>Whether a run may make a tool call, and the rule that says so.</summary>
/// <remarks>
/// By default a run may edit its worktree and use a shell; pushing, Fleet's own files and other checkouts are denied,
/// whatever an agent's own rules say. The texts of a call are looked at, nothing more: until the sandbox exists, a
/// shell can do what its text hides.
/// </remarks>
public sealed record Permission(PermissionAnswer Answer, string By)
{
    /// <param name="call">What the coder asks for.</param>
    /// <param name="ground">The paths that matter.</param>
    /// <param name="rules">The agent's own rules.</param>
    public static Permission Of(ToolCall call, RunGround ground, AgentPermissions rules)
    {
        if (Always(call, ground) is { } denied)
        {
            return denied;
        }

        var strictest = ByRules(call, ground, rules);
        for (var layer = rules.Under; layer is not null; layer = layer.Under)
        {
            var other = ByRules(call, ground, layer);
            strictest = other.Answer > strictest.Answer ? other : strictest;
        }

        return strictest;
    }

    private static Permission? Always(ToolCall call, RunGround ground)
    {
        if (call.IsEdit && call.Paths.Any(path => !ground.IsInWorktree(path) && !ground.IsInTaskDirectory(path)))
        {
            return new Permission(PermissionAnswer.Deny, "edits outside the worktree are denied");
        }

        var elsewhere = ground.Elsewhere(call.Input);
        var denied =
            elsewhere.Contains("git push", StringComparison.Ordinal) ? "pushing is denied"
            : elsewhere.Contains(ground.Home, StringComparison.Ordinal) ? "Fleet's own files are denied"
            : elsewhere.Contains(ground.Checkout, StringComparison.Ordinal) ? "the person's own checkout is denied"
            : null;
        return denied is null ? null : new Permission(PermissionAnswer.Deny, denied);
    }

    /// <summary>A deny outweighs an ask, and an ask an allow.</summary>
    private static Permission ByRules(ToolCall call, RunGround ground, AgentPermissions rules)
    {
        if (Touching(rules.Deny, call, ground) is { } deny)
        {
            return new Permission(PermissionAnswer.Deny, $"the agent may not: {deny}");
        }

        if (Touching(rules.Ask, call, ground) is { } ask)
        {
            return new Permission(PermissionAnswer.Ask, $"the agent asks: {ask}");
        }

        if (rules.Allow.IsEmpty)
        {
            var by = call.IsEdit ? "edits in the worktree are allowed" : "tools are allowed";
            return new Permission(PermissionAnswer.Allow, by);
        }

        if (call.IsEdit && call.Paths.Length > 0 && call.Paths.All(ground.IsInTaskDirectory))
        {
            return new Permission(PermissionAnswer.Allow, "the task's own notes are allowed");
        }

        return rules.Allow.FirstOrDefault(text => PermissionRule.Parse(text)?.Covers(call, ground) == true) is { } allow
            ? new Permission(PermissionAnswer.Allow, $"the agent may: {allow}")
            : new Permission(PermissionAnswer.Deny, "the agent may only what its rules allow");
    }

    private static string? Touching(ImmutableArray<string> rules, ToolCall call, RunGround ground) =>
        rules.FirstOrDefault(text => PermissionRule.Parse(text)?.Touches(call, ground) == true);
}
