using Fleet.ModelStub;
using Fleet.ModelStub.Coders;

namespace Fleet.EndToEnd.Coders;

/// <summary>What a test of a real coder stands on: a stub and a scratch home.</summary>
public abstract class Ground(string coder) : IAsyncLifetime
{
    protected const string OneStep = "SCRIPT[bash:echo one;;text:all finished now ok]SCRIPT";

    private readonly ScratchHome home = new();
    private ModelServer server = null!;

    private protected ScratchHome Home => home;

    public async ValueTask InitializeAsync() => server = await ModelServer.Start();

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        home.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs a prompt where these faults happen, and sees that nothing left the machine.</summary>
    private protected async Task<(RealRun Run, StubRun Stub)> Play(
        string prompt,
        string faults = "ok",
        Func<StubSettings, StubSettings>? but = null
    )
    {
        var stub = server.Run(faults);
        return (await Play(stub, StubSettings.For(coder, stub, home.Home), prompt, but), stub);
    }

    private protected async Task<RealRun> PlayAsSubscriber(string prompt, string faults)
    {
        var stub = server.Run(faults);
        return await Play(stub, StubSettings.ClaudeSubscription(stub, home.Home), prompt, null);
    }

    private async Task<RealRun> Play(
        StubRun stub,
        StubSettings settings,
        string prompt,
        Func<StubSettings, StubSettings>? but
    )
    {
        var run = await RealRun.Of(coder, but?.Invoke(settings) ?? settings, home, prompt);
        Assert.DoesNotContain(server.Requests.All, request => request.Method == "CONNECT");
        Assert.All(stub.Asked, request => Assert.Contains("dummy", request.Credential, StringComparison.Ordinal));
        return run;
    }
}
