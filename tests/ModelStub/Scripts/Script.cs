using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Fleet.ModelStub.Scripts;

/// <summary>The steps of a model, in order. Where they stand in a conversation is read from the conversation.</summary>
internal sealed partial record Script(ImmutableArray<Step> Steps)
{
    private static readonly Step Finished = new Step.Say("script finished");

    /// <summary>The last script in a text: <c>SCRIPT[write:a.txt;;text:done]SCRIPT</c>.</summary>
    public static Script? In(string text) =>
        Marked().Matches(text) is [.., var last] ? Of(last.Groups["steps"].Value.Split(";;")) : null;

    public static Script Of(IEnumerable<string> steps) => new([.. steps.Select(step => Step.Parse(step.Trim()))]);

    /// <summary>Past its end a script says that it is finished, unless its last step is played for ever.</summary>
    public Step At(int index) =>
        (
            index < Steps.Length ? Steps[index]
            : Steps is [.., Step.Again last] ? last
            : Finished
        ) switch
        {
            Step.Again again => again.Step,
            var step => step,
        };

    /// <summary>Whether the words are those of a step.</summary>
    public bool Says(string words) => Steps.OfType<Step.Say>().Any(step => step.Words.Trim() == words.Trim());

    [GeneratedRegex(@"SCRIPT\[(?<steps>.*?)\]SCRIPT", RegexOptions.Singleline)]
    private static partial Regex Marked();
}
