using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Completions;
using Fleet.Rules;

namespace Fleet.Cli.Output;

/// <summary>What one command can be completed with.</summary>
/// <param name="Options">Its long options.</param>
/// <param name="Words">What its arguments may be.</param>
/// <param name="TakesTask">A task's id is one of its arguments.</param>
/// <param name="Values">What may follow an option, where that is one of a few words.</param>
internal sealed record Completions(
    string Name,
    string Says,
    ImmutableArray<Option> Options,
    ImmutableArray<string> Words,
    bool TakesTask,
    ImmutableArray<(string Option, string Words)> Values
)
{
    /// <summary>The option whose value is a task, whatever the command.</summary>
    public const string TaskOption = "--needs";

    public static ImmutableArray<Completions> All { get; } = [.. CommandTable.All.Select(entry => Of(entry.Make()))];

    public string OptionNames => string.Join(' ', Options.Select(option => option.Name));

    private static Completions Of(Verb verb)
    {
        var options = verb.Command.Options.Where(option => !option.Hidden).ToImmutableArray();
        var arguments = verb.Command.Arguments;
        return new Completions(
            verb.Command.Name,
            verb.Command.Description ?? "",
            options,
            [.. arguments.SelectMany(Labels), .. verb.Command.Name == "help" ? Topics() : []],
            arguments.Any(argument => argument is Argument<TaskId> or Argument<TaskId?>),
            [
                .. from option in options
                where option.HelpName is not null
                let words = string.Join(' ', Labels(option))
                where words.Length > 0
                select (option.Name, words),
            ]
        );
    }

    private static IEnumerable<string> Topics() =>
        CommandTable.All.Select(entry => entry.Name).Concat(Output.Topics.All.Select(topic => topic.Name));

    private static IEnumerable<string> Labels(Symbol symbol) =>
        symbol.GetCompletions(CompletionContext.Empty).Select(item => item.Label);
}
