using Fleet.ModelStub.Faults;
using Fleet.ModelStub.Scripts;

namespace Fleet.ModelStub;

/// <summary>What one base URL has served, and what still goes wrong there.</summary>
internal sealed class StubRun(string address, Place place, Scenario scenario, RequestLog log)
{
    public string Name => place.Run;

    /// <summary>The server's, without a path.</summary>
    public string Address => address;

    public Script? Script => scenario.Script;

    public FaultPlan Faults { get; } = new(scenario.Faults);

    /// <summary>For vendors whose paths bring their version: Anthropic and Gemini.</summary>
    public string Url => address + place;

    /// <summary>For the OpenAI style.</summary>
    public string UrlWithVersion => Url + "/v1";

    /// <summary>The requests of this run for a new answer, without titles and summaries.</summary>
    public IReadOnlyList<SeenRequest> Asked => [.. log.All.Where(IsAsked)];

    /// <summary>Waits for the first such request that is as wanted, also one of before.</summary>
    public Task<SeenRequest> Ask(Func<SeenRequest, bool>? isWanted = null, int seconds = 30) =>
        log.First(request => IsAsked(request) && isWanted?.Invoke(request) != false, TimeSpan.FromSeconds(seconds));

    private bool IsAsked(SeenRequest request) => request is { Api: not null, IsAside: false } && request.Run == Name;
}
