using System.Collections.Immutable;
using System.Globalization;
using Fleet.Rules;

namespace Fleet.Coders;

/// <summary>What a run sees of the world: little, and nothing secret that was not given to it.</summary>
internal static class RunEnvironment
{
    /// <summary>Passed through from the daemon because programs do not work without them.</summary>
    private static readonly string[] PassedThrough =
    [
        "PATH",
        "LANG",
        "LC_ALL",
        "TZ",
        "USER",
        "LOGNAME",
        "SHELL",
        "HOME",
    ];

    /// <param name="scratch">The run's own TMPDIR.</param>
    /// <param name="task">The task's own directory, which its runs share.</param>
    /// <param name="portBase">The first of the ports that it may use.</param>
    public static ImmutableDictionary<string, string> For(
        RunId run,
        string home,
        string worktree,
        string scratch,
        string task,
        int portBase
    )
    {
        var environment = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        AddPassedThrough(environment);
        environment["TMPDIR"] = scratch;
        environment["PWD"] = worktree;
        environment["FLEET_HOME"] = home;
        environment["FLEET_TASK_ID"] = run.Task.ToString();
        environment["FLEET_TASK_DIR"] = task;
        environment["FLEET_RUN_ID"] = run.ToString();
        environment["FLEET_PORT_BASE"] = portBase.ToString(CultureInfo.InvariantCulture);
        return environment.ToImmutable();
    }

    /// <summary>
    /// A coder's run: what nobody chose must not decide who pays; of what was chosen, the account has the last word.
    /// </summary>
    public static Dictionary<string, string> Paid(
        IReadOnlyDictionary<string, string> bare,
        IReadOnlyDictionary<string, string> launch,
        IReadOnlyDictionary<string, string> account
    )
    {
        var environment = bare.Where(variable => !SignIn.Decides(variable.Key)).ToDictionary(StringComparer.Ordinal);
        foreach (var (name, value) in launch.Concat(account))
        {
            environment[name] = value;
        }

        return environment;
    }

    /// <summary>For gates and setup: as bare as a run's, but of no run.</summary>
    public static ImmutableDictionary<string, string> ForGate(string checkout, string scratch)
    {
        var environment = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        AddPassedThrough(environment);
        environment["TMPDIR"] = scratch;
        environment["PWD"] = checkout;
        environment["CI"] = "true";
        return environment.ToImmutable();
    }

    private static void AddPassedThrough(ImmutableDictionary<string, string>.Builder environment)
    {
        foreach (var name in PassedThrough)
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
            {
                environment[name] = value;
            }
        }

        environment["GIT_EDITOR"] = "true";
        environment["GIT_TERMINAL_PROMPT"] = "0";
        environment["TERM"] = "dumb";
    }
}
