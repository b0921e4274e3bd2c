using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading.Channels;
using Fleet.Rules;

namespace Fleet.Processes;

/// <summary>
/// A daemon's line to the keeper of its home. When it breaks the keeper is dead, and so is this client.
/// Requests that do not wait for each other's answers may overtake one another.
/// </summary>
internal sealed class KeeperClient : IAsyncDisposable
{
    private const int LongestReply = 8 * 1024 * 1024;
    private readonly Socket _socket;
    private readonly Epoch _epoch;
    private readonly ConcurrentDictionary<long, TaskCompletionSource<KeeperReply>> _open = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly TaskCompletionSource<string> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Unbounded, but one entry per piece: the pieces are bounded.
    private readonly Channel<PieceEnded> _exits = Channel.CreateUnbounded<PieceEnded>();
    private readonly Task _reading;
    private long _lastId;

    internal KeeperClient(Socket socket, Epoch epoch)
    {
        _socket = socket;
        _epoch = epoch;
        _reading = ReadAll();
    }

    /// <summary>The keeper's own process, once it has greeted.</summary>
    internal int KeeperPid { get; private set; }

    /// <summary>
    /// Every first process that ended since the greeting; earlier ends are in the exit files. It completes when the
    /// keeper is lost.
    /// </summary>
    internal ChannelReader<PieceEnded> Exits => _exits.Reader;

    /// <summary>Completes, with the reason, when the connection has broken.</summary>
    internal Task<string> Lost => _lost.Task;

    /// <summary>Finds the keeper of a home, starting one with <paramref name="launch"/> where none answers.</summary>
    internal static Task<KeeperMeeting> Connect(
        string home,
        Epoch epoch,
        IReadOnlyList<string> launch,
        CancellationToken cancellation = default
    ) => KeeperSearch.Run(home, epoch, launch, cancellation);

    internal async Task<SpawnAnswer> Spawn(SpawnSpec spec, CancellationToken cancellation = default) =>
        SpawnAnswer.From(await Ask(new KeeperRequest.Spawn(spec), cancellation));

    /// <summary>Ends the whole tree of a piece; one that is gone already is no error.</summary>
    internal async Task<KeeperAnswer<KillReport>> End(
        string key,
        KillPlan plan,
        CancellationToken cancellation = default
    ) =>
        KeeperAnswer<KillReport>.From(
            await Ask(new KeeperRequest.End(key, plan), cancellation),
            reply => reply is KeeperReply.Ended ended ? new KeeperAnswer<KillReport>.Given(ended.Report) : null
        );

    /// <summary>Halts a whole tree in place; true when nothing in it can run any more.</summary>
    internal Task<KeeperAnswer<bool>> Freeze(string key, CancellationToken cancellation = default) =>
        AskDone(new KeeperRequest.Freeze(key), cancellation);

    internal Task<KeeperAnswer<bool>> Thaw(string key, CancellationToken cancellation = default) =>
        AskDone(new KeeperRequest.Thaw(key), cancellation);

    /// <summary>Signals the first process only; false when it has ended.</summary>
    internal Task<KeeperAnswer<bool>> Signal(string key, int signal, CancellationToken cancellation = default) =>
        AskDone(new KeeperRequest.Signal(key, signal), cancellation);

    /// <summary>Asks the keeper to go; refused while anything lives.</summary>
    internal Task<KeeperAnswer<bool>> Leave(CancellationToken cancellation = default) =>
        AskDone(new KeeperRequest.Leave(), cancellation);

    internal async Task<KeeperAnswer<IReadOnlyList<PieceState>>> List(CancellationToken cancellation = default) =>
        KeeperAnswer<IReadOnlyList<PieceState>>.From(
            await Ask(new KeeperRequest.List(), cancellation),
            reply =>
                reply is KeeperReply.Pieces pieces
                    ? new KeeperAnswer<IReadOnlyList<PieceState>>.Given(pieces.All)
                    : null
        );

    internal async Task<KeeperReply> Greet(CancellationToken cancellation)
    {
        var reply = await Ask(new KeeperRequest.Hello(), cancellation);
        KeeperPid = reply is KeeperReply.Greeting greeting ? greeting.Pid : 0;
        return reply;
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _reading;
        _sending.Dispose();
    }

    private async Task<KeeperAnswer<bool>> AskDone(KeeperRequest request, CancellationToken cancellation) =>
        KeeperAnswer<bool>.From(
            await Ask(request, cancellation),
            reply => reply is KeeperReply.Done done ? new KeeperAnswer<bool>.Given(done.Whole) : null
        );

    private async Task<KeeperReply> Ask(KeeperRequest request, CancellationToken cancellation)
    {
        var id = Interlocked.Increment(ref _lastId);
        var answer = new TaskCompletionSource<KeeperReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        _open[id] = answer;
        try
        {
            await Send(new RequestLine(id, _epoch.Number, request), cancellation);
            if (_lost.Task.IsCompleted)
            {
                return new KeeperReply.NoAnswer(await _lost.Task);
            }

            return await answer.Task.WaitAsync(cancellation);
        }
        finally
        {
            _ = _open.TryRemove(id, out _);
        }
    }

    private async Task Send(RequestLine line, CancellationToken cancellation)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(line, KeeperJson.Default.RequestLine);
        Array.Resize(ref bytes, bytes.Length + 1);
        bytes[^1] = (byte)'\n';
        await _sending.WaitAsync(cancellation);
        try
        {
            // Not cancellable: half a line would garble the next.
            for (var sent = 0; sent < bytes.Length; )
            {
                sent += await _socket.SendAsync(bytes.AsMemory(sent), CancellationToken.None);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            Lose(error.Message);
        }
        finally
        {
            _ = _sending.Release();
        }
    }

    private async Task ReadAll()
    {
        var lines = new LineBuffer(LongestReply);
        try
        {
            while (await _socket.ReceiveAsync(lines.Room()) is var count and > 0)
            {
                lines.Filled(count);
                while (lines.TryTake(out var line))
                {
                    Take(JsonSerializer.Deserialize(line.Span, KeeperJson.Default.ReplyLine)!);
                }
            }

            Lose("the keeper closed the connection");
        }
        catch (Exception error)
            when (error is SocketException or ObjectDisposedException or JsonException or InvalidDataException)
        {
            Lose(error.Message);
        }
    }

    private void Take(ReplyLine line)
    {
        if (line.Reply is KeeperReply.Exited exited)
        {
            _ = _exits.Writer.TryWrite(exited.Piece);
        }
        else if (line.Id is { } id && _open.TryRemove(id, out var asked))
        {
            _ = asked.TrySetResult(line.Reply);
        }
    }

    private void Lose(string why)
    {
        _ = _lost.TrySetResult(why);
        _ = _exits.Writer.TryComplete();
        foreach (var (_, asked) in _open)
        {
            _ = asked.TrySetResult(new KeeperReply.NoAnswer(why));
        }
    }
}
