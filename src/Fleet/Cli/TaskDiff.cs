using System.Text;
using Fleet.Cli.Output;
using Fleet.Git;
using Fleet.Rules;
using Fleet.Rules.Views;

namespace Fleet.Cli;

/// <summary>What a task changes, read from the hub: the proposal, else what its newest run left.</summary>
internal static class TaskDiff
{
    public static async Task<int> Show(Call call, TaskStory story, CancellationToken stop)
    {
        var id = story.Row.Id;
        var from = story.Proposal?.Base ?? story.Run?.Base;
        if (from is not { } start || (story.Proposal?.Commit ?? story.Run?.Kept) is not { } end)
        {
            return call.Fail(Answer.NotFound, $"task {id} has changed nothing yet", next: $"fleet task {id} why");
        }

        var hub = call.Home.Hub(new RepositoryName(story.Row.Repository));
        var answer = await GitCommand
            .Hub(hub)
            .Run(["diff", "--no-color", "--no-ext-diff", "--no-textconv", start.Sha, end.Sha, "--"], stop);
        if (answer is not GitOutcome.Ok ok)
        {
            return call.Fail(Answer.Failed, "the diff cannot be read", answer.Why, "fleet doctor", hub);
        }

        if (call.Json)
        {
            var text = Encoding.UTF8.GetString(ok.Bytes.Span);
            return call.Show(CliJson.Text("Diff", new ShownText(Base: start.Sha, Commit: end.Sha, Text: text)));
        }

        if (call.Terminal.IsScreen)
        {
            call.Terminal.Write(Painted(Plain.Lines(Encoding.UTF8.GetString(ok.Bytes.Span)), call.Terminal));
        }
        else
        {
            call.Terminal.Write(ok.Bytes.Span);
        }

        return Answer.Done;
    }

    private static string Painted(string diff, Terminal terminal)
    {
        var text = new StringBuilder();
        foreach (var line in diff.TrimEnd('\n').Split('\n'))
        {
            var ink = line switch
            {
                ['+', ..] => Ink.Good,
                ['-', ..] => Ink.Bad,
                ['@', ..] => Ink.Faint,
                _ => Ink.None,
            };
            text.Append(Words.Paint(line, ink, terminal.Colours)).Append('\n');
        }

        return text.ToString();
    }
}
