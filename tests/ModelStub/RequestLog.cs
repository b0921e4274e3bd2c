namespace Fleet.ModelStub;

/// <summary>One request, without its body: that holds the vendors' own texts.</summary>
/// <param name="Path">Below the run's base URL.</param>
/// <param name="Api">Null where no model was asked.</param>
/// <param name="Credential">The names of the headers; a value too if it is a dummy: no key is ever kept.</param>
/// <param name="Step">How far the script was.</param>
/// <param name="Fault">What went wrong with this request.</param>
/// <param name="IsAside">No tools were offered, as for a title: such a request is never faulted.</param>
internal sealed record SeenRequest(
    DateTimeOffset At,
    string? Run,
    string Method,
    string Path,
    string? Api,
    string? Model,
    string Credential,
    int? Step,
    string? Fault,
    bool IsAside
);

/// <summary>The requests in the order in which they came.</summary>
internal sealed class RequestLog
{
    private readonly Lock gate = new();
    private readonly List<SeenRequest> seen = [];
    private readonly List<(Func<SeenRequest, bool> IsWanted, TaskCompletionSource<SeenRequest> Found)> waiting = [];

    public IReadOnlyList<SeenRequest> All
    {
        get
        {
            lock (gate)
            {
                return [.. seen];
            }
        }
    }

    public void Add(SeenRequest request)
    {
        lock (gate)
        {
            seen.Add(request);
            foreach (var (_, found) in waiting.Where(wait => wait.IsWanted(request)))
            {
                found.TrySetResult(request);
            }
        }
    }

    /// <summary>The first request that is as wanted, seen already or still to come.</summary>
    public Task<SeenRequest> First(Func<SeenRequest, bool> isWanted, TimeSpan patience)
    {
        lock (gate)
        {
            if (seen.FirstOrDefault(isWanted) is { } known)
            {
                return Task.FromResult(known);
            }

            var found = new TaskCompletionSource<SeenRequest>(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((isWanted, found));
            return found.Task.WaitAsync(patience);
        }
    }
}
