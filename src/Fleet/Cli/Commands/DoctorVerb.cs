using Fleet.Cli.Doctor;
using Fleet.Cli.Output;
using Fleet.Rules;

namespace Fleet.Cli.Commands;

/// <summary>Looks at everything that Fleet needs, and says what to do about what is missing.</summary>
internal sealed class DoctorVerb : Verb
{
    public DoctorVerb()
        : base("doctor", "Check that everything Fleet needs is there and in order.")
    {
        Example("fleet doctor", "this machine, this home, each repository and its gates");
        Example("fleet doctor --json | jq '.items[] | select(.result!=\"good\")'", "only what is not in order");
    }

    public override async Task<int> Run(Call call, CancellationToken stop)
    {
        List<Check> checks = [.. await MachineChecks.Of(call), .. HomeChecks.Of(call), .. CoderChecks.Of(call)];
        checks.AddRange(await RepositoryChecks.Of(call, stop));
        var code = checks.Exists(check => check.Result is CheckResult.Bad) ? Answer.Failed : Answer.Done;
        if (call.Json)
        {
            call.Show(CliJson.Checks([.. checks]));
            return code;
        }

        foreach (var check in checks)
        {
            Show(call.Terminal, check);
        }

        return code;
    }

    private static void Show(Terminal terminal, Check check)
    {
        var (word, ink) = check.Result switch
        {
            CheckResult.Good => ("ok  ", Ink.Good),
            CheckResult.Warning => ("warn", Ink.Attention),
            CheckResult.Bad => ("BAD ", Ink.Bad),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        terminal.Line(
            $"{Words.Paint(word, ink, terminal.Colours)}  {Plain.Line(check.Name)}: {Plain.Line(check.Says)}"
        );
        if (check.Next is { } next)
        {
            terminal.Line($"      try:  {next}");
        }
    }
}
