using System.CommandLine;
using Fleet.Cli.Options;
using Fleet.Cli.Output;
using Fleet.Rules;
using Fleet.Rules.Tasks;

namespace Fleet.Cli.Commands;

/// <summary>Adds a task for the repository that the person stands in.</summary>
internal sealed class AddVerb : Verb
{
    private readonly Argument<string> title = new("TITLE") { Description = "One line that says what to do." };
    private readonly BriefOptions brief = new();
    private readonly Option<string?> requestId = new("--request-id")
    {
        Description = "An id of your own: asking again with it adds nothing new.",
        HelpName = "ID",
    };

    public AddVerb()
        : base("add", "Add a task; no daemon is needed for that.")
    {
        Takes(title);
        Takes([.. brief.All, requestId]);
        Example("fleet add \"Sort imports\" -- ./tools/sort-imports.sh", "a command does it, without a shell");
        Example("fleet add \"Bump\" --gate none -- 'echo 2 > VERSION'", "one word after -- is a line for the shell");
        Example(
            "fleet add \"Refunds\" -d - --priority 0 --needs 3 -- ./agent.sh < brief.md",
            "after task 3, first in line"
        );
        Example(
            "id=$(fleet add \"Tidy\" -- make tidy) && fleet wait $id --for landed",
            "in a pipe it prints only the id"
        );
    }

    public override string Tail => "COMMAND…";

    public override async Task<int> Run(Call call, CancellationToken stop)
    {
        var words = call.Value(title)!;
        if (words.StartsWith("--", StringComparison.Ordinal) && !words.Contains(' ', StringComparison.Ordinal))
        {
            return call.Fail(Answer.Usage, $"there is no option \"{words}\"", next: "fleet add --help");
        }

        var command = call.Tail ?? [];
        var coder = call.Value(brief.Coder) ?? (command.Count > 0 ? Brief.CommandCoder : null);
        if (coder is null)
        {
            return call.Fail(
                Answer.Usage,
                "who should do it?",
                "this Fleet has one coder, command: it runs what follows --",
                $"fleet add \"{Plain.Cut(words, 40)}\" -- COMMAND"
            );
        }

        var text = await brief.Text(call, stop) ?? "";
        var (root, below) = await PersonsRepository.Place(call.Directory);
        await using var control = call.Connect();
        if (await PersonsRepository.Register(call, control, root, stop) is { } refused)
        {
            return call.Tell(refused);
        }

        var asked = new Request.AddTask(root, BriefOf(call, words, text, below, coder, command));
        var answer = await control.Ask(call.Asking(asked, call.Value(requestId)), stop);
        return Tell(call, answer, words, control.DaemonRuns);
    }

    private Brief BriefOf(
        Call call,
        string words,
        string text,
        string below,
        string coder,
        IEnumerable<string> command
    ) =>
        new(
            words,
            text,
            below,
            call.Value(brief.Agent),
            coder,
            call.Value(brief.Model),
            [.. command],
            call.Value(brief.Priority) ?? Brief.DefaultPriority,
            [.. call.Value(brief.Needs) ?? []],
            [.. call.Value(brief.Labels) ?? []],
            brief.NoGate(call)
        );

    private static int Tell(Call call, Answer answer, string words, bool daemonRuns)
    {
        if (answer.Code != Answer.Done || call.Json)
        {
            return call.Tell(answer);
        }

        call.Terminal.Line(call.Terminal.IsScreen ? $"task {answer.Task}  {Plain.Cut(words, 60)}" : $"{answer.Task}");
        if (call.Terminal.IsScreen && !daemonRuns)
        {
            call.Terminal.Note("no daemon runs, so nothing starts yet; try: fleet up -d");
        }

        return Answer.Done;
    }
}
