using System.CommandLine;
using Fleet.Cli.Output;
using Fleet.Daemon;
using Fleet.Git;
using Fleet.Rules;
using Fleet.Rules.Views;
using Fleet.Settings;

namespace Fleet.Cli.Commands;

/// <summary>Clears away what can be made again; nothing that anybody wrote ever goes.</summary>
internal sealed class GcVerb : Verb
{
    private readonly Option<bool> plan = new("--plan") { Description = "Only show what would go and what stays." };

    public GcVerb()
        : base("gc", "Clear away build output, scratch files and stray checkouts.")
    {
        Takes(plan);
        Example("fleet gc --plan", "what would go, and what stays pinned");
        Example("fleet gc", "transcripts, gate output and kept work always stay");
    }

    public override async Task<int> Run(Call call, CancellationToken stop)
    {
        var folders = StrayWorktrees.Folders(call.Home);
        await using var control = call.Connect();
        var status = await control.Status(stop);
        var open = await control.Tasks(new TaskQuery(All: false, ControlApi.MostRows), stop);
        if (open.More > 0)
        {
            return call.Fail(
                Answer.Refused,
                "too many tasks are open to be sure of what is not needed",
                next: "fleet tasks"
            );
        }

        var ids = open.Rows.Select(row => row.Id).ToHashSet();
        var files = LitterOfHome.Of(call.Home, ids).Concat(StrayWorktrees.Of(folders, status)).ToList();
        var hubs = await LitterOfHubs.Of(call.Home, ids);
        List<Litter> found = [.. files.Concat(hubs.Found).OrderByDescending(litter => litter.Goes)];
        return call.Value(plan) ? LitterText.Tell(call, found) : await Clear(call, found, files, hubs, status);
    }

    private static async Task<int> Clear(
        Call call,
        List<Litter> found,
        List<Litter> files,
        LitterOfHubs hubs,
        FleetStatus status
    )
    {
        foreach (var litter in files.Where(litter => litter.Goes))
        {
            TreeRemoval.Remove(litter.Path);
        }

        if (await hubs.Delete(new Epoch(status.Epoch)) is { } why)
        {
            return call.Fail(Answer.Failed, "the refs of ended runs stay", why, "fleet gc");
        }

        var gone = found.Where(litter => litter.Goes).ToList();
        return call.Json
            ? LitterText.Tell(call, gone)
            : call.Tell(new Answer(Answer.Done, $"{SizeText.Write(gone.Sum(litter => litter.Bytes))} freed"));
    }
}
