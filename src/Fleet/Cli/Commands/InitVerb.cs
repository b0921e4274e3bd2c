using System.CommandLine;
using Fleet.Cli.Output;
using Fleet.Git;
using Fleet.Rules;
using Fleet.Rules.Settings;
using Fleet.Settings;
using Fleet.Settings.Init;

namespace Fleet.Cli.Commands;

/// <summary>Writes a repository's first settings, trusts what it wrote, and makes the repository known.</summary>
internal sealed class InitVerb : Verb
{
    private readonly Option<string?> trunk = new("--trunk")
    {
        Description = "The branch that work lands on; origin's, else the current one.",
        HelpName = "BRANCH",
    };
    private readonly Option<bool> commit = new("--commit") { Description = "Commit the file, and nothing else." };
    private readonly Option<bool> print = new("--print") { Description = "Only show what would be written." };

    public InitVerb()
        : base("init", "Set this repository up: find its tests, write .fleet/fleet.yaml.")
    {
        Takes(trunk, commit, print);
        Example("fleet init --print", "look first");
        Example("fleet init --commit", "write it, commit it, trust it; again changes nothing");
    }

    public override async Task<int> Run(Call call, CancellationToken stop)
    {
        var repository = await PersonsRepository.Look(call.Directory, call.Value(trunk));
        var text = InitFile.Text(await Detect(repository), call.Value(trunk));
        if (call.Value(print))
        {
            return Print(call, text);
        }

        var refused = await Register(call, repository, stop);
        if (refused is not null)
        {
            return call.Tell(refused);
        }

        var code = InitFile.Write(repository.Root, text) switch
        {
            InitWritten.Written => await Trusted(call, repository, text, stop),
            InitWritten.Kept kept => Kept(call, repository, kept),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return code == Answer.Done && call.Value(commit) ? await Commit(call, repository, stop) : code;
    }

    private static int Print(Call call, string text)
    {
        if (call.Json)
        {
            return call.Show(CliJson.Text("SettingsFile", new ShownText(Path: InitFile.Name, Text: text)));
        }

        call.Terminal.Write(text);
        return Answer.Done;
    }

    private static async Task<Answer?> Register(Call call, Repository repository, CancellationToken stop)
    {
        await using var control = call.Connect();
        var ask = new Request.AddRepository(repository.Root, repository.Trunk, repository.Remote?.Name);
        var answer = await control.Ask(call.Asking(ask), stop);
        return answer.Code == Answer.Done ? null : answer;
    }

    private static async Task<int> Trusted(Call call, Repository repository, string text, CancellationToken stop)
    {
        var written = (SettingsReading.Repository)SettingsFile.Read(text, SettingsKind.Repository, InitFile.Name);
        call.Terminal.Note($"wrote {InitFile.Name}:\n\n{text}");
        if (Trust.Commands(written.Settings).IsEmpty)
        {
            return Answer.Done;
        }

        await using var control = call.Connect();
        var answer = await control.Ask(
            call.Asking(new Request.Trust(repository.Root, Trust.Hash(written.Settings))),
            stop
        );
        call.Terminal.Note($"it holds once it is on {repository.Trunk}: fleet init --commit, or commit it yourself");
        return call.Tell(answer);
    }

    private static int Kept(Call call, Repository repository, InitWritten.Kept kept)
    {
        if (kept.Reading is SettingsReading.Wrong wrong)
        {
            throw SettingsHere.Wrong(wrong);
        }

        if (
            kept.Reading is SettingsReading.Repository asked
            && SettingsHere.AutoIsNotEnough(call.Home, asked.Settings) is { } note
        )
        {
            call.Terminal.Note(note);
        }

        var message = $"{InitFile.Name} is there already and stays as it is; what counts is on {repository.Trunk}";
        return call.Tell(new Answer(Answer.Done, message));
    }

    private static async Task<DetectedStack> Detect(Repository repository)
    {
        var listing = await repository.Git.Run("ls-tree", "-r", "-z", "--full-tree", repository.TrunkCommit.Sha);
        var files = listing
            .Text.Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(entry => entry.Split('\t', 2))
            .Where(entry => entry.Length == 2)
            .Select(entry => new TrunkFile(entry[1], entry[0].StartsWith("100755", StringComparison.Ordinal)))
            .ToList();
        return StackDetection.Of(files, path => Read(repository, path));
    }

    private static string? Read(Repository repository, string path)
    {
        var answer = repository
            .Git.Run("cat-file", "blob", $"{repository.TrunkCommit.Sha}:{path}")
            .GetAwaiter()
            .GetResult();
        return answer.Succeeded ? answer.Text : null;
    }

    /// <summary>Commits this one file on trunk and leaves everything else in the index and tree as it is.</summary>
    private static async Task<int> Commit(Call call, Repository repository, CancellationToken stop)
    {
        var head = await repository.Git.Run(["symbolic-ref", "--quiet", "--short", "HEAD"], stop);
        if (!string.Equals(head.Text, repository.Trunk, StringComparison.Ordinal))
        {
            return call.Fail(
                Answer.Refused,
                $"not committed: {repository.Trunk} is not checked out here",
                next: $"commit {InitFile.Name} on {repository.Trunk} yourself"
            );
        }

        var clean = await repository.Git.Run(["ls-files", "--error-unmatch", "--", InitFile.Name], stop);
        var changed = await repository.Git.Run(["diff", "--quiet", "HEAD", "--", InitFile.Name], stop);
        if (clean.Succeeded && changed.Succeeded)
        {
            return Answer.Done;
        }

        var added = await repository.Git.Run(["add", "--", InitFile.Name], stop);
        var done = added.Succeeded
            ? await repository.Git.Run(["commit", "-q", "--only", "-m", "Set up Fleet", "--", InitFile.Name], stop)
            : added;
        if (!done.Succeeded)
        {
            return call.Fail(Answer.Failed, $"{InitFile.Name} could not be committed", done.Why, "git status");
        }

        call.Terminal.Note($"committed {InitFile.Name} on {Plain.Line(repository.Trunk)}");
        return Answer.Done;
    }
}
