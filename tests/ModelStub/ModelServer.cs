using System.Collections.Concurrent;
using System.Net;
using Fleet.ModelStub.Scripts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Fleet.ModelStub;

/// <summary>
/// A model server on loopback that plays scripts in place of a model: it needs no key, and nothing leaves the machine.
/// </summary>
internal sealed class ModelServer : IAsyncDisposable
{
    private readonly WebApplication opened;
    private readonly CancellationTokenSource closing;
    private readonly ConcurrentDictionary<Place, StubRun> runs = new();
    private readonly ConcurrentDictionary<string, Scenario> scenarios;
    private readonly Action<SeenRequest>? log;
    private int started;

    private ModelServer(WebApplication opened, ModelServerOptions options, CancellationTokenSource closing)
    {
        this.opened = opened;
        this.closing = closing;
        log = options.Log;
        var folder = options.Scenarios ?? Path.Combine(AppContext.BaseDirectory, "Scenarios");
        scenarios = new ConcurrentDictionary<string, Scenario>(Scenario.In(folder));
    }

    /// <summary>Without a path: <c>http://127.0.0.1:40123</c>.</summary>
    public string Address => opened.Urls.First();

    /// <summary>Every request of every run, in the order in which they came.</summary>
    public RequestLog Requests { get; } = new();

    public IEnumerable<string> Scenarios => scenarios.Keys.Order(StringComparer.Ordinal);

    public static async Task<ModelServer> Start(ModelServerOptions? options = null)
    {
        options ??= new ModelServerOptions();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var server = new ModelServer(builder.Build(), options, new CancellationTokenSource());
        var exchange = new Exchange(server, server.closing.Token);
        server.opened.Run(exchange.Handle);
        await server.opened.StartAsync();
        return server;
    }

    /// <summary>A new run whose prompts carry the script, with faults such as <c>429x2</c>.</summary>
    public StubRun Run(string faults = "ok") => Find(new Place(Place.Faulty, faults, NewName()))!;

    /// <summary>A new run that plays a scenario by its name.</summary>
    public StubRun Play(string scenario) => Find(new Place(Place.Scripted, scenario, NewName()))!;

    /// <summary>A new run that plays a scenario of one's own.</summary>
    public StubRun Play(Scenario scenario)
    {
        var name = NewName();
        scenarios[name] = scenario;
        return Play(name);
    }

    /// <summary>The run of a place, which begins with its first request; null: the place names nothing known.</summary>
    public StubRun? Find(Place place) =>
        place.Scenario(scenarios) is { } scenario
            ? runs.GetOrAdd(place, name => new StubRun(Address, name, scenario, Requests))
            : null;

    public void Note(SeenRequest request)
    {
        Requests.Add(request);
        log?.Invoke(request);
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await opened.StopAsync();
        await opened.DisposeAsync();
        closing.Dispose();
    }

    private string NewName() => $"run{Interlocked.Increment(ref started)}";
}

/// <param name="Port">0: any free one.</param>
/// <param name="Scenarios">A folder of scenario files; without one, those that come with the stub.</param>
/// <param name="Log">Is told each request once it is answered or broken off.</param>
internal sealed record ModelServerOptions(int Port = 0, string? Scenarios = null, Action<SeenRequest>? Log = null);
