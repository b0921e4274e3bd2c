using System.Collections.Immutable;
using Fleet.ModelStub.Scripts;

namespace Fleet.ModelStub.Apis;

/// <summary>Turns a step into an answer that this coder can run with the tools that it offers.</summary>
internal static class ToolChoice
{
    private const string Purpose = "stub command";

    /// <summary>The coders' tools for one kind of step; the first that is offered is used.</summary>
    private static readonly Way[] Writing =
    [
        new("Write", path => new { file_path = path, content = Step.WrittenText }),
        new("write_file", path => new { file_path = path, content = Step.WrittenText }),
        new("write", path => new { filePath = path, content = Step.WrittenText }),
    ];

    private static readonly Way[] Reading =
    [
        new("Read", path => new { file_path = path }),
        new("read_file", path => new { file_path = path }),
        new("read", path => new { filePath = path }),
    ];

    private static readonly Way[] Running =
    [
        new("Bash", line => new { command = line, description = Purpose }),
        new("run_shell_command", line => new { command = line, description = Purpose }),
        new("bash", line => new { command = line, description = Purpose }),
        new("exec_command", line => new { cmd = line }),
        new("shell_command", line => new { command = line }),
        new("shell", line => new { command = new[] { "bash", "-lc", line } }),
    ];

    /// <summary>A step whose tool is not offered becomes words that name what is.</summary>
    public static Answer For(Step step, ImmutableArray<OfferedTool> tools) =>
        step switch
        {
            Step.Say say => new Answer.Words(say.Words),
            Step.Write write => First(Writing, write.Path, tools)
                ?? Patch(write.Path, tools)
                ?? Print(write.Path, tools),
            Step.Read read => First(Reading, read.Path, tools) ?? Run($"cat {read.Path}", tools),
            Step.Shell shell => Run(shell.Command, tools),
            Step.Tool tool => Named(tool, tools) ?? InCode(tool, tools) ?? Missing(tool.Name, tools),
            _ => throw new InvalidOperationException($"no answer for {step}"),
        };

    private static Answer Run(string line, ImmutableArray<OfferedTool> tools) =>
        First(Running, line, tools)
        ?? Code($"text(await tools.exec_command({Json.Of(new { cmd = line })}));", tools)
        ?? Missing("a shell", tools);

    private static Answer Print(string path, ImmutableArray<OfferedTool> tools) =>
        Run($"printf 'hello from stub\\n' > {path}", tools);

    private static Answer? Patch(string path, ImmutableArray<OfferedTool> tools) =>
        tools.Any(tool => tool is { Name: "apply_patch", TakesText: true })
            ? new Answer.TextCall(
                "apply_patch",
                $"*** Begin Patch\n*** Add File: {path}\n+{Step.WrittenText}*** End Patch\n"
            )
            : null;

    private static Answer? Named(Step.Tool wanted, ImmutableArray<OfferedTool> tools) =>
        (
            tools.FirstOrDefault(tool => tool.Name == wanted.Name)
            ?? tools.FirstOrDefault(tool => tool.Name.Contains(wanted.Name, StringComparison.Ordinal))
        )
            is { } found
            ? new Answer.Call(found.Name, found.Space, wanted.Arguments)
            : null;

    /// <summary>In "code mode" tools are called by a program that the model writes.</summary>
    private static Answer? InCode(Step.Tool wanted, ImmutableArray<OfferedTool> tools) =>
        Code(
            $"const tool = ALL_TOOLS.find(tool => tool.name.includes({Json.Of(wanted.Name)})); "
                + $"text(tool ? await tools[tool.name]({wanted.Arguments}) : 'no such tool');",
            tools
        );

    private static Answer? Code(string program, ImmutableArray<OfferedTool> tools) =>
        tools.Any(tool => tool is { Name: "exec", TakesText: true }) ? new Answer.TextCall("exec", program) : null;

    private static Answer? First(Way[] ways, string value, ImmutableArray<OfferedTool> tools) =>
        ways.FirstOrDefault(way => tools.Any(tool => tool.Name == way.Tool)) is { } way
            ? new Answer.Call(way.Tool, null, Json.Of(way.Arguments(value)))
            : null;

    private static Answer.Words Missing(string wanted, ImmutableArray<OfferedTool> tools) =>
        new($"no tool for {wanted} among: {string.Join(' ', tools.Select(tool => tool.Name))}");

    private sealed record Way(string Tool, Func<string, object> Arguments);
}
