using Fleet.EndToEnd.Chaos;
using Fleet.ModelStub;
using Fleet.ModelStub.Coders;

namespace Fleet.EndToEnd.Coders;

/// <summary>Signs a real coder in at the stub, or skips the test where it is not installed.</summary>
internal static class CoderSignIn
{
    /// <summary>The account of a coder is a directory of the home, with a file for its keys.</summary>
    /// <param name="name">What the fleet calls it, where a person gave it a name of its own.</param>
    public static void Write(ChaosHome fleet, string coder, StubRun run, bool subscription = false, string? name = null)
    {
        var program = RealCoders.Path(coder);
        Assert.SkipWhen(program is null, RealCoders.Missing(coder));
        fleet.Path = $"{Path.GetDirectoryName(program)}:{Environment.GetEnvironmentVariable("PATH")}";
        var account = Directory.CreateDirectory(fleet.Home.Coder(name ?? coder)).FullName;
        var settings = subscription
            ? StubSettings.ClaudeSubscription(run, account)
            : StubSettings.For(coder, run, account);
        var variables = settings
            .Environment.Remove("CODEX_HOME")
            .Add("FLEET_CODER_SERVER", run.UrlWithVersion)
            .SetItem("OPENAI_API_KEY", "dummy");
        var file = Path.Combine(account, "env");
        File.WriteAllLines(file, variables.Select(pair => $"{pair.Key}={pair.Value.ReplaceLineEndings(" ")}"));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
