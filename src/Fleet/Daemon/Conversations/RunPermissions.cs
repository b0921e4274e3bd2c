using System.Collections.Immutable;
using Fleet.Coders;
using Fleet.Daemon.Effects;
using Fleet.Rules;
using Fleet.Rules.Agents;
using Fleet.Rules.Runs;
using Fleet.Rules.Settings;

namespace Fleet.Daemon.Conversations;

/// <summary>What a conversation goes by when its coder asks: the agent's rules, and what a person was asked.</summary>
/// <param name="rules">As they are now.</param>
/// <param name="asked">The questions of this run in the record.</param>
internal sealed class RunPermissions(
    RunGround ground,
    Func<AgentPermissions> rules,
    Func<ImmutableArray<AskedPermission>> asked
)
{
    /// <summary>More than a person can be expected to answer: from there on it is no.</summary>
    private const int MostAsked = 100;

    /// <summary>The question to a person.</summary>
    public Observation.PermissionAsked Ask(RunId run, CoderEvent.ApprovalAsked asked, string by) =>
        new(run, asked.Request, asked.Tool, LastWords.Short(asked.Input), by, rules().Wait);

    public Permission Of(string tool, string input)
    {
        var permission = Permission.Of(ToolCalls.Of(tool, input), ground, rules());
        return permission.Answer is PermissionAnswer.Ask && asked().Length >= MostAsked
            ? new Permission(PermissionAnswer.Deny, $"a person was asked {MostAsked} times in this run already")
            : permission;
    }

    /// <summary>What became of a request that a person was asked about; none where nobody was.</summary>
    public AskedPermission? Asked(string request) => asked().FirstOrDefault(one => one.Request == request);
}
