using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Fleet.Daemon;

/// <summary>What came back over the socket.</summary>
internal readonly record struct SocketAnswer(int Status, byte[] Body);

/// <summary>One HTTP exchange over a unix socket; only starting <c>HttpClient</c> takes longer.</summary>
internal static class SocketHttp
{
    private const int LargestAnswer = 256 * 1024 * 1024;
    private const int FirstBuffer = 32 * 1024;

    /// <exception cref="SocketException">Nobody listens there.</exception>
    /// <exception cref="IOException">The answer is not one of ours.</exception>
    public static async Task<SocketAnswer> Send(
        string address,
        string method,
        string target,
        ReadOnlyMemory<byte> body,
        CancellationToken stop
    )
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(address), stop);
        var length = body.Length.ToString(CultureInfo.InvariantCulture);
        var head = $"{method} {target} HTTP/1.1\r\nHost: fleet\r\nConnection: close\r\n";
        var type = body.IsEmpty ? "" : $"Content-Type: application/json\r\nContent-Length: {length}\r\n";
        await SendAll(socket, Encoding.ASCII.GetBytes($"{head}{type}\r\n"), stop);
        try
        {
            await SendAll(socket, body, stop);
        }
        catch (SocketException)
        {
            // Refused halfway, as too large: the answer that says so is there already.
        }

        return Parse(await ReadAll(socket, stop));
    }

    /// <summary>Our door says the length of every answer and closes after it.</summary>
    internal static SocketAnswer Parse(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        var lines = end < 0 ? [] : Encoding.ASCII.GetString(answer[..end]).Split("\r\n");
        if (
            lines.Length == 0
            || lines[0].Split(' ') is not ["HTTP/1.1", var code, ..]
            || !int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var status)
        )
        {
            throw new IOException("the answer is not HTTP");
        }

        var body = answer[(end + 4)..];
        const string name = "Content-Length:";
        var said = Array.Find(lines, line => line.StartsWith(name, StringComparison.OrdinalIgnoreCase));
        return
            said is not null
            && int.TryParse(said.AsSpan(name.Length).Trim(), CultureInfo.InvariantCulture, out var length)
            && length == body.Length
            ? new SocketAnswer(status, body.ToArray())
            : throw new IOException("the answer is not whole");
    }

    private static async Task SendAll(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await socket.SendAsync(bytes, stop)..];
        }
    }

    private static async Task<byte[]> ReadAll(Socket socket, CancellationToken stop)
    {
        var buffer = new byte[FirstBuffer];
        var filled = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(filled), stop);
            filled += read;
            if (read == 0)
            {
                return buffer[..filled];
            }

            if (filled == buffer.Length)
            {
                Array.Resize(
                    ref buffer,
                    filled < LargestAnswer ? filled * 2 : throw new IOException("the answer is too large")
                );
            }
        }
    }
}
