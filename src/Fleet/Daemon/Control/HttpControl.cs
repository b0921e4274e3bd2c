using System.Globalization;
using System.Net.Sockets;
using Fleet.Rules;
using Fleet.Rules.Views;

namespace Fleet.Daemon;

/// <summary>What doors may ask, asked of the running daemon over its socket.</summary>
internal sealed class HttpControl(FleetHome home, TimeSpan? patience = null) : IControl
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public bool DaemonRuns => true;

    public async Task<Answer> Ask(ControlRequest request, CancellationToken stop)
    {
        var body = await Call("POST", "/api/v1/requests", ControlJson.Write(request), TimeSpan.Zero, stop);
        return ControlJson.ReadAnswer(body);
    }

    public async Task<TaskList> Tasks(TaskQuery query, CancellationToken stop)
    {
        var all = query.All ? "true" : "false";
        var target = $"/api/v1/tasks?all={all}&limit={Text(query.Limit)}{After(query.After, query.Wait)}";
        return ControlJson.ReadTasks(await Call("GET", target, default, query.Wait, stop));
    }

    public async Task<TaskStory?> Story(TaskId id, CancellationToken stop)
    {
        var answer = await Send("GET", $"/api/v1/tasks/{id}", default, TimeSpan.Zero, stop);
        return answer.Status == 404 ? null : ControlJson.ReadStory(Body(answer));
    }

    public async Task<EventPage> Events(EventQuery query, CancellationToken stop)
    {
        var task = query.Task is { } id ? $"&task={id}" : "";
        var target = $"/api/v1/events?limit={Text(query.Limit)}{task}{After(query.After, query.Wait)}";
        return ControlJson.ReadEvents(await Call("GET", target, default, query.Wait, stop));
    }

    public async Task<FleetStatus> Status(CancellationToken stop) =>
        ControlJson.ReadStatus(await Call("GET", "/api/v1/status", default, TimeSpan.Zero, stop));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<byte[]> Call(
        string method,
        string target,
        ReadOnlyMemory<byte> body,
        TimeSpan wait,
        CancellationToken stop
    ) => Body(await Send(method, target, body, wait, stop));

    private async Task<SocketAnswer> Send(
        string method,
        string target,
        ReadOnlyMemory<byte> body,
        TimeSpan wait,
        CancellationToken stop
    )
    {
        var address = ControlSocket.Of(home);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter((patience ?? Patience) + wait);
        try
        {
            return await SocketHttp.Send(address, method, target, body, late.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw Unreachable(address, "it does not answer: it may hang or be stopped");
        }
        catch (Exception broken) when (broken is SocketException or IOException)
        {
            throw Unreachable(address, broken.Message);
        }
    }

    private static byte[] Body(SocketAnswer answer)
    {
        if (answer.Status == 200)
        {
            return answer.Body;
        }

        throw new UserErrorException(
            ControlJson.ReadError(answer.Body)
                ?? new UserError(
                    Answer.Failed,
                    $"the daemon answered {Text(answer.Status)}",
                    null,
                    null,
                    "fleet doctor"
                )
        );
    }

    private static UserErrorException Unreachable(string address, string why) =>
        new(new UserError(Answer.Failed, "the daemon cannot be reached", address, why, "fleet doctor"));

    private static string After(long? after, TimeSpan wait) =>
        after is { } seq
            ? string.Create(CultureInfo.InvariantCulture, $"&after={seq}&waitMs={(long)wait.TotalMilliseconds}")
            : "";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
