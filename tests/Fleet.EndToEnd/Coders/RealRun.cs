using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Fleet.ModelStub.Coders;

namespace Fleet.EndToEnd.Coders;

/// <summary>What a real coder printed, started by hand as the only process, and how it ended.</summary>
internal sealed record RealRun(int ExitCode, ImmutableArray<JsonElement> Lines, string Errors)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <summary>Runs one prompt to the end, or skips the test where the coder is not installed.</summary>
    public static async Task<RealRun> Of(string coder, StubSettings settings, ScratchHome home, string prompt)
    {
        var program = RealCoders.Path(coder);
        Assert.SkipWhen(program is null, RealCoders.Missing(coder));
        home.Write(settings.Files);
        using var process = Process.Start(Start(program, settings, home, CommandLine(coder, settings, prompt)))!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{coder} did not end within {Patience}:\n{await output}{await errors}");
        }

        return new RealRun(process.ExitCode, [.. Json(await output)], await errors);
    }

    private static string[] CommandLine(string coder, StubSettings settings, string prompt) =>
        coder switch
        {
            "claude" =>
            [
                "-p",
                "--output-format",
                "stream-json",
                "--verbose",
                "--model",
                StubSettings.Model(coder),
                "--permission-mode",
                "acceptEdits",
                prompt,
            ],
            "codex" =>
            [
                "exec",
                .. settings.Arguments,
                "--json",
                "--skip-git-repo-check",
                "-m",
                StubSettings.Model(coder),
                "-s",
                "danger-full-access",
                prompt,
            ],
            "gemini" =>
            [
                "--output-format",
                "stream-json",
                "-m",
                StubSettings.Model(coder),
                "--approval-mode",
                "yolo",
                "-p",
                prompt,
            ],
            "opencode" => ["run", "--format", "json", "-m", StubSettings.Model(coder), prompt],
            _ => throw new ArgumentOutOfRangeException(nameof(coder), coder, "no such coder"),
        };

    private static ProcessStartInfo Start(string program, StubSettings settings, ScratchHome home, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = home.Worktree,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["TMPDIR"] = home.Temporary;
        foreach (var (name, value) in settings.Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static IEnumerable<JsonElement> Json(string output) =>
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line));
}
