using System.Text;
using Fleet.Rules;
using Fleet.Rules.Views;
using Fleet.Settings;

namespace Fleet.Cli.Output;

/// <summary>Help on what is not a command.</summary>
internal static class Topics
{
    public static readonly (string Name, Func<string> Text)[] All =
    [
        ("exit-codes", ExitCodes),
        ("states", States),
        ("settings", Settings),
        ("env", Variables),
    ];

    private static readonly (TaskState State, string Meaning)[] StateMeanings =
    [
        (TaskState.Draft, "not refined yet"),
        (TaskState.Ready, "may start as soon as a slot is free"),
        (TaskState.Working, "a run is at it"),
        (TaskState.Proposed, "a run left a proposal; its gates run"),
        (TaskState.Proven, "every gate upheld exactly this proposal; a person approves it, or its landing is next"),
        (TaskState.Landing, "trunk is being moved"),
        (TaskState.Landed, "on trunk"),
        (TaskState.Waiting, "for a person, a limit, a budget, a dependency or a landing"),
        (TaskState.Abandoned, "given up; its work is kept"),
    ];

    private static readonly (string Name, string Meaning)[] VariableMeanings =
    [
        ("FLEET_HOME", "where the fleet lives; ~/.fleet unless set"),
        ("FLEET_TRUST", "all: trust the commands of every repository, for CI"),
        ("NO_COLOR", "no colours"),
        ("FLEET_LAUNCHER", "set by the launcher: its own path, for hints"),
        ("FLEET_TASK_ID", "set for runs: the task"),
        ("FLEET_TASK_DIR", "set for runs: where plan.md and knowledge.md of the task are kept"),
        ("FLEET_RUN_ID", "set for runs: the run; requests made there are the agent's, not a person's"),
        ("FLEET_PORT_BASE", "set for runs: the first of ten ports of its own"),
    ];

    private static string ExitCodes() => Rows(ExitCode.All.Select(row => ($"{row.Code}", row.Meaning)));

    private static string Settings()
    {
        var text = new StringBuilder(Paragraph.Of("", SettingsReference.Files)).Append('\n');
        foreach (var key in SettingsTable.Keys)
        {
            text.Append($"{key.Path}\n")
                .Append(Paragraph.Of("      ", key.Says))
                .Append(Paragraph.Of("      ", SettingsReference.Value(key)));
        }

        return text.ToString();
    }

    private static string States() =>
        Rows(StateMeanings.Select(row => (Words.Of(row.State), row.Meaning)))
        + $"\nwho says so: {Words.Mark(Source.Claim)} an agent claims it   "
        + $"{Words.Mark(Source.Evidence)} Fleet has evidence   {Words.Mark(Source.Person)} a person decided it\n";

    private static string Variables() => Rows(VariableMeanings);

    private static string Rows(IEnumerable<(string Name, string Meaning)> rows)
    {
        const int width = 18;
        var text = new StringBuilder();
        foreach (var (name, meaning) in rows)
        {
            text.Append(Paragraph.Of(name.PadRight(width), meaning));
        }

        return text.ToString();
    }
}
