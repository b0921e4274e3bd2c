using System.CommandLine;
using Fleet.Rules;
using Fleet.Rules.Settings;

namespace Fleet.Cli.Commands;

/// <summary>Shows what a repository would have Fleet run, and records a person's consent to exactly that.</summary>
internal sealed class TrustVerb : Verb
{
    private readonly Option<bool> yes = new("--yes", "-y") { Description = "You have read them and consent." };

    public TrustVerb()
        : base("trust", "Read this repository's commands and consent to them.")
    {
        Takes(yes);
        Example("fleet trust", "shows gates, setup, coders and hooks as trunk has them, and asks");
        Example("FLEET_TRUST=all fleet trust", "for CI: consent to whatever trunk says");
    }

    public override async Task<int> Run(Call call, CancellationToken stop)
    {
        var repository = await PersonsRepository.Look(call.Directory);
        var settings = (await SettingsHere.OfRepository(repository)).Settings;
        var question = Trust.ToShow(settings);
        if (SettingsHere.AutoIsNotEnough(call.Home, settings) is { } note)
        {
            call.Terminal.Note(note);
        }

        if (question.Commands.IsEmpty)
        {
            return call.Tell(
                new Answer(Answer.Done, $"{repository.Trunk} names no command: there is nothing to trust")
            );
        }

        call.Terminal.Note(
            $"on {repository.Trunk} at {repository.TrunkCommit.Short}, Fleet would run:\n{question.Text}"
        );
        return Consents(call) switch
        {
            true => await Record(call, repository.Root, question.Hash, stop),
            false => call.Fail(Answer.Refused, "not trusted: nothing of this will run", next: "fleet trust"),
            null => call.Fail(
                Answer.NeedsPerson,
                "only a person can consent to these commands",
                next: "fleet trust --yes"
            ),
        };
    }

    /// <summary>Makes the repository known if it is not, then records the consent.</summary>
    public static async Task<int> Record(Call call, string root, string hash, CancellationToken stop)
    {
        await using var control = call.Connect();
        return await PersonsRepository.Register(call, control, root, stop) is { } refused
            ? call.Tell(refused)
            : call.Tell(await control.Ask(call.Asking(new Request.Trust(root, hash)), stop));
    }

    private bool? Consents(Call call) =>
        call.Value(yes) || string.Equals(call.Variable("FLEET_TRUST"), "all", StringComparison.Ordinal)
            ? true
            : call.Terminal.Confirm("Trust these commands?");
}
