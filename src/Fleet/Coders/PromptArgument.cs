using System.Collections.Immutable;
using System.Text;

namespace Fleet.Coders;

/// <summary>
/// A brief for a coder that takes it as an argument. The kernel refuses an argument of more than 128 KiB; a brief that
/// long is a file, and the argument says where.
/// </summary>
internal sealed record PromptArgument(string Words, ImmutableDictionary<string, string> Files)
{
    private const int MostBytes = 100_000;

    public static PromptArgument Of(CoderRequest request)
    {
        if (Encoding.UTF8.GetByteCount(request.Prompt) <= MostBytes)
        {
            return new PromptArgument(request.Prompt, ImmutableDictionary<string, string>.Empty);
        }

        var file = Path.Combine(request.Configuration, $"brief-{request.Run}.md");
        return new PromptArgument(
            $"Your brief is the file {file}. Read all of it before anything else, then do what it says.",
            ImmutableDictionary<string, string>.Empty.Add(file, request.Prompt)
        );
    }
}
