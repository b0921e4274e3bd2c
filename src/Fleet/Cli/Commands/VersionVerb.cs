using System.CommandLine;
using Fleet.Cli.Output;
using Fleet.Daemon;
using Fleet.Rules;

namespace Fleet.Cli.Commands;

/// <summary>Says which Fleet this is, and whose work is in it.</summary>
internal sealed class VersionVerb : Verb
{
    private readonly Option<bool> licenses = new("--licenses") { Description = "The licences of everything inside." };

    public VersionVerb()
        : base("version", "Show the version, and the licences of what is inside.")
    {
        Takes(licenses);
        Example("fleet version", "which Fleet this is");
        Example("fleet version --licenses", "whose work it carries");
    }

    public override Task<int> Run(Call call, CancellationToken stop)
    {
        if (call.Json)
        {
            return Task.FromResult(call.Show(CliJson.Version(ControlApi.Version, Licenses.All)));
        }

        call.Terminal.Line($"fleet {ControlApi.Version}");
        if (call.Value(licenses))
        {
            call.Terminal.Write(Licenses.Text());
        }

        return Task.FromResult(Answer.Done);
    }
}
