using System.CommandLine;
using Fleet.Cli.Output;
using Fleet.Rules;

namespace Fleet.Cli.Commands;

/// <summary>Takes a repository out of the fleet; its record and its kept work stay.</summary>
internal sealed class ForgetVerb : Verb
{
    private readonly Argument<string> name = new("REPO") { Description = "The repository's name or its root." };
    private readonly Option<bool> plan = new("--plan") { Description = "Only show what would go and what stays." };

    public ForgetVerb()
        : base("forget", "Take a repository out of the fleet; record and kept work stay.")
    {
        Takes(name);
        Takes(plan);
        Example("fleet forget shop --plan", "look first");
        Example("fleet forget shop", "refused while tasks of it are open");
    }

    public override async Task<int> Run(Call call, CancellationToken stop)
    {
        var asked = call.Value(name)!;
        await using var control = call.Connect();
        var status = await control.Status(stop);
        var row = status.Repositories.FirstOrDefault(row => row.Name == asked || row.Root == asked);
        if (row is null)
        {
            return call.Fail(Answer.NotFound, $"there is no repository {asked}", next: "fleet doctor");
        }

        var repository = new RepositoryName(row.Name);
        if (!call.Value(plan))
        {
            return call.Tell(await control.Ask(call.Asking(new Request.ForgetRepository(repository)), stop));
        }

        var hub = call.Home.Hub(repository);
        var litter = new List<Litter>
        {
            new(
                "settings",
                $"{row.Name}: trusted commands and settings as last seen",
                0,
                true,
                "asked again after the next add"
            ),
            new("hub", hub, Litter.Size(hub), false, "it holds refs/fleet/kept: the work of every run"),
            new("record", call.Home.Database, Litter.Size(call.Home.Database), false, "what happened stays on record"),
            new("your repository", row.Root, 0, false, "Fleet never changes it"),
        };
        return LitterText.Tell(call, litter);
    }
}
