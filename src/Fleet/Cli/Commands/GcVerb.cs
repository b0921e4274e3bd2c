using System.CommandLine;
using Fleet.Cli.Output;
using Fleet.Daemon;
using Fleet.Rules;
using Fleet.Settings;

namespace Fleet.Cli.Commands;

/// <summary>Clears away what can be made again; nothing that anybody wrote ever goes.</summary>
internal sealed class GcVerb : Verb
{
    private readonly Option<bool> plan = new("--plan") { Description = "Only show what would go and what stays." };

    public GcVerb()
        : base("gc", "Clear away build output and scratch files of ended tasks.")
    {
        Takes(plan);
        Example("fleet gc --plan", "what would go, and what stays pinned");
        Example("fleet gc", "transcripts, gate output and kept work stay");
    }

    public override async Task<int> Run(Call call, CancellationToken stop)
    {
        await using var control = call.Connect();
        var open = await control.Tasks(new TaskQuery(All: false, ControlApi.MostRows), stop);
        if (open.More > 0)
        {
            return call.Fail(
                Answer.Refused,
                "too many tasks are open to be sure of what is not needed",
                next: "fleet tasks"
            );
        }

        var found = LitterOfHome.Of(call.Home, open.Rows.Select(row => row.Id).ToHashSet());
        if (call.Value(plan) || call.Json)
        {
            return LitterText.Tell(call, found);
        }

        var freed = 0L;
        foreach (var litter in found.Where(litter => litter.Goes))
        {
            Directory.Delete(litter.Path, recursive: true);
            freed += litter.Bytes;
        }

        return call.Tell(new Answer(Answer.Done, $"{SizeText.Write(freed)} freed"));
    }
}
