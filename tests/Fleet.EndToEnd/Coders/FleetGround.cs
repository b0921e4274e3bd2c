using Fleet.EndToEnd.Chaos;
using Fleet.ModelStub;
using Fleet.ModelStub.Coders;
using Fleet.Rules;
using Fleet.Rules.Tasks;
using Fleet.Rules.Views;

namespace Fleet.EndToEnd.Coders;

/// <summary>A real fleet whose coders are the real programs, against the scripted model server.</summary>
public abstract class FleetGround : IAsyncLifetime
{
    protected const string WriteAndCommit =
        "SCRIPT[write:shoes.txt;;bash:git add -A && git commit -qm Shoes;;text:all done]SCRIPT";

    private protected readonly ChaosHome fleet = new();
    private protected ModelServer model = null!;

    public async ValueTask InitializeAsync() => model = await ModelServer.Start();

    public async ValueTask DisposeAsync()
    {
        fleet.Dispose();
        await model.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected IEnumerable<Event> Events() => new Reckoning(fleet).Facts().Select(fact => fact.Event);

    private protected async Task<TaskRow> Row(TaskId task) => (await fleet.Tasks()).Single(row => row.Id == task);

    private protected async Task<TaskId> Add(string coder, string text, bool gated = false, string? agent = null)
    {
        var brief = new Brief(
            "Sell shoes",
            text,
            "",
            agent,
            coder,
            StubSettings.Model(coder),
            [],
            2,
            [],
            [],
            NoGate: !gated
        );
        var answer = await fleet.Ask(new Request.AddTask(fleet.Person.Path, brief));
        return Assert.NotNull(answer.Task);
    }

    /// <summary>The account of a coder is a directory of the home, with a file for its keys.</summary>
    private protected void SignIn(string coder, StubRun run, bool subscription = false) =>
        CoderSignIn.Write(fleet, coder, run, subscription);
}
