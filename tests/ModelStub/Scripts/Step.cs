using System.Text.RegularExpressions;

namespace Fleet.ModelStub.Scripts;

/// <summary>What the model does next: it says something, or it calls a tool.</summary>
internal abstract partial record Step
{
    private Step() { }

    /// <summary>Words, which end the turn.</summary>
    internal sealed record Say(string Words) : Step;

    /// <summary>The coder's tool for new files, with <see cref="WrittenText"/>.</summary>
    internal sealed record Write(string Path) : Step;

    internal sealed record Read(string Path) : Step;

    /// <summary>The coder's shell.</summary>
    internal sealed record Shell(string Command) : Step;

    /// <summary>Any tool, also one of an MCP server, by its name or a part of it.</summary>
    /// <param name="Arguments">JSON.</param>
    internal sealed record Tool(string Name, string Arguments) : Step;

    /// <summary>The same step for ever: a model that does not notice that it gets nowhere.</summary>
    internal sealed record Again(Step Step) : Step;

    public const string WrittenText = "hello from stub\n";

    /// <summary>Reads <c>bash:ls</c>. A text without a known word before its colon is said.</summary>
    public static Step Parse(string text)
    {
        var colon = text.IndexOf(':');
        var rest = text[(colon + 1)..];
        return (colon < 0 ? "" : text[..colon]) switch
        {
            "text" => new Say(rest),
            "write" => new Write(rest),
            "read" => new Read(rest),
            "bash" => new Shell(rest),
            "mcp" or "tool" when Called().Match(rest) is { Success: true } call => new Tool(
                call.Groups["name"].Value,
                call.Groups["json"] is { Length: > 0 } json ? json.Value : "{}"
            ),
            "repeat" => new Again(Parse(rest)),
            _ => new Say(text),
        };
    }

    [GeneratedRegex(@"^(?<name>[^{]+)(?<json>\{.*\})?$", RegexOptions.Singleline)]
    private static partial Regex Called();
}
