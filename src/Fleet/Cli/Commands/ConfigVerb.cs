using System.CommandLine;
using Fleet.Cli.Output;
using Fleet.Git;
using Fleet.Rules;
using Fleet.Settings;

namespace Fleet.Cli.Commands;

/// <summary>Shows the settings that hold, and changes the home's.</summary>
internal sealed class ConfigVerb : Verb
{
    private const int PipeWidth = 200;

    private readonly Argument<string> what = new("WHAT") { Description = "show, or set." };
    private readonly Argument<string[]> assignments = new("KEY=VALUE")
    {
        Description = "set: what to set in the home.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<bool> origin = new("--origin") { Description = "show: where each value comes from." };

    public ConfigVerb()
        : base("config", "Show the settings that hold, or change the home's.")
    {
        what.AcceptOnlyFromAmong("show", "set");
        Takes(what, assignments);
        Takes(origin);
        Example("fleet config show --origin", "every value, and the file and line that says so");
        Example("fleet config set max_concurrent=5 limits.run=30m", "a running daemon picks it up at once");
    }

    public override async Task<int> Run(Call call, CancellationToken stop)
    {
        var asked = call.Value(assignments) ?? [];
        return call.Value(what) switch
        {
            "set" when asked.Length > 0 => Set(call, asked),
            "show" when asked.Length == 0 => await Show(call),
            "set" => call.Fail(Answer.Usage, "name what to set", next: "fleet config set max_concurrent=3"),
            _ => call.Fail(Answer.Usage, "show takes no values", next: "fleet config show"),
        };
    }

    private async Task<int> Show(Call call)
    {
        var home = SettingsHere.OfHome(call.Home);
        var rows = ShownSettings.Rows(home, await Here(call));
        if (call.Json)
        {
            return call.Show(CliJson.Settings(rows));
        }

        var table = call.Value(origin) ? new Table("KEY", "VALUE", "FROM") : new Table("KEY", "VALUE");
        foreach (var row in rows)
        {
            if (call.Value(origin))
            {
                table.Add(row.Path, row.Value, row.Origin);
            }
            else
            {
                table.Add(row.Path, row.Value);
            }
        }

        call.Terminal.Write(table.Render(call.Terminal));
        foreach (var row in rows.Where(row => row.Note is not null))
        {
            call.Terminal.Write(
                Paragraph.Of($"! {row.Path}: ", Plain.Line(row.Note!), call.Terminal.Width ?? PipeWidth)
            );
        }

        return Answer.Done;
    }

    /// <summary>Outside of a repository only the home's settings hold.</summary>
    private static async Task<SettingsReading.Repository?> Here(Call call) =>
        await RepositoryProbe.Look(call.Directory) is ProbeOutcome.Usable usable
            ? await SettingsHere.OfRepository(usable.Repository)
            : null;

    private static int Set(Call call, string[] asked)
    {
        if (call.Who.Kind is not ActorKind.Human)
        {
            return call.Fail(Answer.Refused, "only a person may change the settings", next: "fleet config show");
        }

        var path = call.Home.Settings;
        var text = File.Exists(path) ? File.ReadAllText(path) : "";
        switch (SettingsEdit.SetAll(text, asked, path))
        {
            case SettingsEdited.Done done:
                SettingsWrite.Replace(path, done.Text);
                return call.Tell(new Answer(Answer.Done, $"set {string.Join(", ", asked)}"));
            case SettingsEdited.Refused refused:
                throw SettingsHere.Wrong(new SettingsReading.Wrong(refused.Errors), Answer.Usage);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
