using System.CommandLine;
using System.CommandLine.Parsing;
using Fleet.Rules;

namespace Fleet.Cli.Options;

/// <summary>A task's id as an argument.</summary>
internal static class TaskIdArgument
{
    public static Argument<TaskId> Of(string says) => new("ID") { Description = says, CustomParser = Parse };

    /// <summary>An id that may be left out.</summary>
    public static Argument<TaskId?> Optional(string says) =>
        new("ID")
        {
            Description = says,
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = result => result.Tokens.Count == 0 ? null : Parse(result),
        };

    /// <summary>Several: repeated, or with commas between.</summary>
    public static Option<TaskId[]> Needs(string says) =>
        new("--needs")
        {
            Description = says,
            HelpName = "ID",
            AllowMultipleArgumentsPerToken = false,
            CustomParser = ParseAll,
        };

    private static TaskId Parse(ArgumentResult result)
    {
        if (!TaskId.TryParse(result.Tokens[0].Value, out var id))
        {
            result.AddError($"\"{result.Tokens[0].Value}\" is not a task's id, such as 12.");
        }

        return id;
    }

    private static TaskId[] ParseAll(ArgumentResult result)
    {
        var ids = new List<TaskId>();
        foreach (var word in result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries)))
        {
            if (TaskId.TryParse(word, out var id))
            {
                ids.Add(id);
            }
            else if (word != "none")
            {
                result.AddError($"\"{word}\" is not a task's id, such as 12.");
            }
        }

        return [.. ids];
    }
}
