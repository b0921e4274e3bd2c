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

    /// <summary>Nobody can be in charge here: the home cannot be written.</summary>
    internal sealed record Unusable(string Why) : ChargeOutcome;
}

/// <summary>One daemon per home: a lock, and an end for a holder that went silent.</summary>
/// <remarks>
/// A daemon that does not answer for ten seconds is killed by pid and start time. If that cannot be, its lock file is
/// set aside and the home is taken all the same: log position, epoch refs and keeper refuse whatever the old one
/// still tries.
/// </remarks>
internal sealed class TakingCharge(
    FleetHome home,
    string socket,
    Action<string> note,
    TimeProvider clock,
    TimeSpan silence
)
{
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    private const int AnswersInSilence = 5;
    private const int LooksInSilence = 100;
    private static readonly TimeSpan AfterKill = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    public async Task<ChargeOutcome> Take(CancellationToken stop)
    {
        try
        {
            return await TakeOrReplace(stop);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new ChargeOutcome.Unusable(error.Message);
        }
    }

    private async Task<ChargeOutcome> TakeOrReplace(CancellationToken stop)
    {
        var (holder, sign) = (WriterLock.Holder(home), WriterLock.LastSign(home));
        var since = clock.GetTimestamp();
        while (true)
        {
            if (await WriterLock.Take(home, silence / LooksInSilence, clock, stop) is { } taken)
            {
                return new ChargeOutcome.Taken(taken);
            }

            if (await Answers(stop))
            {
                return new ChargeOutcome.SomeoneElse(WriterLock.Holder(home));
            }

            var now = (WriterLock.Holder(home), WriterLock.LastSign(home));
            if (now != (holder, sign))
            {
                // Someone else has it now, or it is still starting: silence begins anew.
                ((holder, sign), since) = (now, clock.GetTimestamp());
            }
            else if (clock.GetElapsedTime(since) >= silence && await Replace(holder, stop) is { } replaced)
            {
                return replaced;
            }
        }
    }

    /// <summary>None when the lock is worth another try: it is free now, or another starter was quicker.</summary>
    private async Task<ChargeOutcome?> Replace(int holder, CancellationToken stop)
    {
        using var turn = FileLock.TryTake($"{home.WriterLock}.turn");
        if (turn is null || WriterLock.Holder(home) != holder)
        {
            return null;
        }

        if (ProcStat.Read(holder) is not { IsDead: false })
        {
            // It died meanwhile: its lock is free, or of another starter that has not written its name yet.
            return null;
        }

        if (DaemonRecord.Read(home) is { } record && record.Pid == holder && record.Identity.Signal(Signals.Kill))
        {
            note(string.Create(CultureInfo.InvariantCulture, $"daemon {holder} did not answer for {silence}: killed"));
            if (await Dies(record.Identity, stop))
            {
                return null;
            }
        }

        note("the holder of the lock does not answer and cannot be ended: its lock is set aside");
        File.Delete(home.WriterLock);
        return await WriterLock.Take(home, AfterKill, clock, stop) is { } stolen
            ? new ChargeOutcome.Taken(stolen)
            : null;
    }

    private async Task<bool> Dies(ProcessIdentity killed, CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        while (killed.IsAlive && clock.GetElapsedTime(began) < AfterKill)
        {
            await Task.Delay(Pause, clock, stop);
        }

        return !killed.IsAlive;
    }

    /// <summary>A stopped daemon still accepts connections: only bytes are an answer.</summary>
    private async Task<bool> Answers(CancellationToken stop)
    {
        using var late = new CancellationTokenSource(silence / AnswersInSilence, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stop);
        try
        {
            using var line = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await line.ConnectAsync(new UnixDomainSocketEndPoint(socket), either.Token);
            var ask = "GET /api/v1/status HTTP/1.1\r\nHost: fleet\r\nConnection: close\r\n\r\n"u8.ToArray();
            await line.SendAsync(ask, either.Token);
            return await line.ReceiveAsync(new byte[1], either.Token) > 0;
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            stop.ThrowIfCancellationRequested();
            return false;
        }
    }
}
