using System.Collections.Immutable;
using System.Text;
using Fleet.Rules.Views;

namespace Fleet.Cli.Output;

/// <summary>One task as people read it: what it is, where it stands, why, and what is still to come.</summary>
internal static class StoryText
{
    private const int LabelWidth = 10;
    private const int PipeWidth = 400;

    public static string Show(TaskStory story, Terminal terminal)
    {
        var row = story.Row;
        var text = new StringBuilder();
        text.Append($"task {row.Id}  {Plain.Line(row.Title)}\n");
        var state = Words.State(row.State, row.By, row.WaitingFor);
        Field(text, "state", Words.Paint(state, Words.InkOf(row.State, row.WaitingFor), terminal.Colours));
        Field(text, "why", Plain.Line(row.Why));
        Field(text, "now", row.Live is { } live ? Plain.Line(TaskTableText.Told(live)) : "");
        Field(text, "where", Plain.Line($"{row.Repository}/{row.Directory}".TrimEnd('/')));
        Field(text, "coder", Plain.Line(row.Model is null ? row.Coder : $"{row.Coder}/{row.Model}"));
        Field(text, "agent", Plain.Line(row.Agent ?? ""));
        Field(text, "command", Plain.Line(string.Join(' ', story.Command)));
        Field(text, "priority", $"{row.Priority}");
        Field(text, "needs", string.Join(", ", story.Needs));
        Field(text, "labels", Plain.Line(string.Join(", ", story.Labels)));
        Field(text, "added", $"{Words.Of(story.AddedAt)} by {Plain.Line(story.AddedBy)}");
        if (story.NoGate)
        {
            Field(text, "gates", $"{Words.Mark(Rules.Source.Person)} none, as a person decided");
        }

        Run(text, story.Run);
        Proposal(text, story.Proposal);
        if (story.Text.Length > 0)
        {
            text.Append('\n').Append(Plain.Lines(story.Text).TrimEnd()).Append('\n');
        }

        return text.ToString();
    }

    public static string Plan(ImmutableArray<PlanStep> plan)
    {
        var text = new StringBuilder();
        foreach (var step in plan)
        {
            text.Append($"{(step.By is { } by ? Words.Mark(by) : '○')} {Plain.Line(step.What)}\n");
        }

        return text.ToString();
    }

    /// <summary>What the newest run was given, and what the next one will be told.</summary>
    public static string Knowledge(TaskStory story)
    {
        var text = new StringBuilder();
        Field(text, "intent", Plain.Line(story.Row.Title));
        Field(text, "from", story.Run?.Base?.Sha ?? "");
        Field(text, "branch", Plain.Line(story.Run?.Branch ?? ""));
        Field(text, "worktree", Plain.Line(story.Run?.Worktree ?? ""));
        Field(text, "judged by", story.NoGate ? "no gate" : Plain.Line(string.Join(", ", story.Gates)));
        Field(text, "lands on", Plain.Line(story.Trunk));
        Field(text, "setback", Plain.Line(story.Setback ?? ""));
        Field(text, "kept work", story.Run?.Kept?.Sha ?? "");
        return text.ToString();
    }

    public static string Why(WhyStory why, Terminal terminal)
    {
        var state = Words.State(why.State, why.By, why.WaitingFor);
        var reason = why.Why.Length == 0 ? "" : $": {why.Why}";
        var width = terminal.Width ?? PipeWidth;
        var text = new StringBuilder(Paragraph.Of($"task {why.Id} is ", Plain.Line($"{state}{reason}"), width));
        foreach (var fact in why.Facts)
        {
            text.Append(EventText.Whole(fact, terminal));
        }

        if (why.Unheld is { } unheld)
        {
            text.Append($"not held:  {Plain.Line(unheld)}\n");
        }

        return why.Next is null ? text.ToString() : text.Append($"try:  {why.Next}\n").ToString();
    }

    private static void Run(StringBuilder text, RunStory? run)
    {
        if (run is not null)
        {
            var end = run.Exit ?? (run.Pid is { } pid ? $"process {pid}" : "");
            Field(text, "run", $"{run.Id}  since {Words.Of(run.StartedAt)}  {end}".TrimEnd());
            Field(text, "worktree", Plain.Line(run.Exit is null ? run.Worktree ?? "" : ""));
            Field(text, "kept", run.Kept?.Sha ?? "");
        }
    }

    private static void Proposal(StringBuilder text, ProposalStory? proposal)
    {
        if (proposal is null)
        {
            return;
        }

        Field(text, "proposal", $"{Words.Mark(Rules.Source.Claim)} {proposal.Commit.Sha}");
        foreach (var verdict in proposal.Verdicts)
        {
            var why = verdict.Why.Length == 0 ? "" : $": {verdict.Why}";
            var mark = Words.Mark(Rules.Source.Evidence);
            var took = Words.Of(verdict.Took);
            Field(text, "gate", Plain.Line($"{mark} {verdict.Gate} {verdict.Answer} in {took}{why}  {verdict.Output}"));
        }

        Field(
            text,
            "approved",
            proposal.ApprovedBy is { } by ? $"{Words.Mark(Rules.Source.Person)} by {Plain.Line(by)}" : ""
        );
    }

    private static void Field(StringBuilder text, string label, string value)
    {
        if (value.Length > 0)
        {
            text.Append($"  {label.PadRight(LabelWidth)}{value}\n");
        }
    }
}
