namespace Fleet.Processes;

/// <summary>The three pipes between Fleet and a child; this side never blocks.</summary>
internal sealed unsafe class ChildPipes : IDisposable
{
    private const int Closed = -1;
    private readonly ReadOnlyMemory<byte> _input;
    private int _written;
    private int _inputEnd = Closed;
    private int _outputEnd = Closed;
    private int _errorsEnd = Closed;

    private ChildPipes(ReadOnlyMemory<byte> input, int limit)
    {
        _input = input;
        Output = new CappedBytes(limit);
        Errors = new CappedBytes(limit);
    }

    internal int ChildInput { get; private set; } = Closed;
    internal int ChildOutput { get; private set; } = Closed;
    internal int ChildErrors { get; private set; } = Closed;
    internal CappedBytes Output { get; }
    internal CappedBytes Errors { get; }

    internal static ChildPipes Open(ReadOnlyMemory<byte> input, int limit)
    {
        var pipes = new ChildPipes(input, limit);
        try
        {
            (pipes._outputEnd, pipes.ChildOutput) = Pair();
            (pipes._errorsEnd, pipes.ChildErrors) = Pair();
            if (input.IsEmpty)
            {
                pipes.ChildInput = Libc.Open("/dev/null", Libc.OpenReadOnly | Libc.OpenCloseOnExec, 0);
            }
            else
            {
                (pipes.ChildInput, pipes._inputEnd) = Pair();
                NeverBlock(pipes._inputEnd);
            }

            NeverBlock(pipes._outputEnd);
            NeverBlock(pipes._errorsEnd);
            return pipes;
        }
        catch
        {
            pipes.Dispose();
            throw;
        }
    }

    internal void CloseChildEnds()
    {
        ChildInput = Close(ChildInput);
        ChildOutput = Close(ChildOutput);
        ChildErrors = Close(ChildErrors);
    }

    /// <summary>Waits until a pipe or the process moves; true when the process has ended.</summary>
    internal bool Wait(int processDescriptor, int milliseconds)
    {
        var entries = stackalloc Libc.PollEntry[4];
        entries[0] = new Libc.PollEntry { Descriptor = processDescriptor, Wanted = Libc.PollIn };
        entries[1] = new Libc.PollEntry { Descriptor = _outputEnd, Wanted = Libc.PollIn };
        entries[2] = new Libc.PollEntry { Descriptor = _errorsEnd, Wanted = Libc.PollIn };
        entries[3] = new Libc.PollEntry { Descriptor = _inputEnd, Wanted = Libc.PollOut };
        if (Libc.Poll(entries, 4, milliseconds) <= 0)
        {
            return false;
        }

        var ended = entries[0].Seen != 0;
        _outputEnd = entries[1].Seen != 0 ? ReadInto(Output, _outputEnd, once: !ended) : _outputEnd;
        _errorsEnd = entries[2].Seen != 0 ? ReadInto(Errors, _errorsEnd, once: !ended) : _errorsEnd;
        _inputEnd = entries[3].Seen != 0 ? WriteInput(_inputEnd) : _inputEnd;
        return ended;
    }

    /// <summary>Reads what an ended child left in the pipes; it never waits for another holder of them.</summary>
    internal void Drain()
    {
        _outputEnd = ReadInto(Output, _outputEnd, once: false);
        _errorsEnd = ReadInto(Errors, _errorsEnd, once: false);
    }

    public void Dispose()
    {
        CloseChildEnds();
        _inputEnd = Close(_inputEnd);
        _outputEnd = Close(_outputEnd);
        _errorsEnd = Close(_errorsEnd);
    }

    private int WriteInput(int end)
    {
        fixed (byte* bytes = _input.Span)
        {
            var count = Libc.Write(end, bytes + _written, _input.Length - _written);
            _written += (int)Math.Max(0, count);
            var refused = count < 0 && !MayTryAgain();
            return refused || _written == _input.Length ? Close(end) : end;
        }
    }

    private static int ReadInto(CappedBytes sink, int end, bool once)
    {
        const int Size = 16 * 1024;
        // A survivor that floods the pipe must not hold the answer: after the end, one full pipe is read, no more.
        const int FullPipe = 1024 * 1024;
        var buffer = stackalloc byte[Size];
        for (var total = 0; end != Closed && total < FullPipe; )
        {
            var count = (int)Libc.Read(end, buffer, Size);
            if (count <= 0)
            {
                return count < 0 && MayTryAgain() ? end : Close(end);
            }

            sink.Add(new ReadOnlySpan<byte>(buffer, count));
            total += once ? FullPipe : count;
        }

        return end;
    }

    private static bool MayTryAgain() =>
        System.Runtime.InteropServices.Marshal.GetLastPInvokeError() is Libc.Eagain or Libc.Eintr;

    private static (int Read, int Write) Pair()
    {
        var ends = stackalloc int[2];
        if (Libc.Pipe(ends, Libc.OpenCloseOnExec) != 0)
        {
            throw new IOException("no pipe for a child process: too many open files?");
        }

        return (ends[0], ends[1]);
    }

    private static void NeverBlock(int end) => _ = Libc.Fcntl(end, Libc.SetStatusFlags, Libc.OpenNonBlocking);

    private static int Close(int descriptor)
    {
        if (descriptor != Closed)
        {
            _ = Libc.Close(descriptor);
        }

        return Closed;
    }
}
