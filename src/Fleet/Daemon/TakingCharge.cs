using System.Globalization;
using System.Net.Sockets;
using Fleet.Processes;

namespace Fleet.Daemon;

/// <summary>What came of wanting to be the daemon of a home.</summary>
internal abstract record ChargeOutcome
{
    private ChargeOutcome() { }

    internal sealed record Taken(WriterLock Lock) : ChargeOutcome;

    internal sealed record SomeoneElse(int Pid) : ChargeOutcome;
}

/// <summary>One daemon per home: a lock, and an end for a holder that went silent.</summary>
/// <remarks>
/// A daemon that does not answer for ten seconds is killed by pid and start time. If that cannot be, its lock file is
/// set aside and the home is taken all the same: log position, epoch refs and keeper refuse whatever the old one
/// still tries.
/// </remarks>
internal static class TakingCharge
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ShortHolder = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AfterKill = TimeSpan.FromSeconds(5);

    public static async Task<ChargeOutcome> Take(
        FleetHome home,
        string socket,
        Action<string> note,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            if (await WriterLock.Take(home, ShortHolder, clock, stop) is { } taken)
            {
                return new ChargeOutcome.Taken(taken);
            }

            if (await Answers(socket, clock, stop))
            {
                return new ChargeOutcome.SomeoneElse(WriterLock.Holder(home));
            }

            if (clock.GetElapsedTime(began) >= Silence)
            {
                return await Replace(home, note, clock, stop);
            }
        }
    }

    private static async Task<ChargeOutcome> Replace(
        FleetHome home,
        Action<string> note,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var silent = DaemonRecord.Read(home);
        var killed = silent is { } record && record.Identity.Signal(Signals.Kill);
        note(
            killed
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"daemon {silent!.Pid} did not answer for {Silence}: killed"
                )
                : "the holder of the lock does not answer and is not the recorded daemon: its lock is set aside"
        );
        if (killed && await WriterLock.Take(home, AfterKill, clock, stop) is { } taken)
        {
            return new ChargeOutcome.Taken(taken);
        }

        File.Delete(home.WriterLock);
        return await WriterLock.Take(home, AfterKill, clock, stop) is { } stolen
            ? new ChargeOutcome.Taken(stolen)
            : new ChargeOutcome.SomeoneElse(WriterLock.Holder(home));
    }

    /// <summary>A stopped daemon still accepts connections: only bytes are an answer.</summary>
    private static async Task<bool> Answers(string socketPath, TimeProvider clock, CancellationToken stop)
    {
        using var late = new CancellationTokenSource(AnswerTime, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stop);
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), either.Token);
            var ask = "GET /api/v1/status HTTP/1.1\r\nHost: fleet\r\nConnection: close\r\n\r\n"u8.ToArray();
            await socket.SendAsync(ask, either.Token);
            return await socket.ReceiveAsync(new byte[1], either.Token) > 0;
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            stop.ThrowIfCancellationRequested();
            return false;
        }
    }
}
