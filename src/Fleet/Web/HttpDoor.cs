using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Fleet.Daemon;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace Fleet.Web;

/// <summary>
/// The daemon's door: the fleet's requests and views as HTTP on a unix socket that only its owner can open.
/// </summary>
internal sealed class HttpDoor : IAsyncDisposable
{
    private const int LargestBody = 1024 * 1024;
    private const int MostConnections = 200;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly WebApplication opened;

    private HttpDoor(WebApplication opened, string address) => (this.opened, Address) = (opened, address);

    public string Address { get; }

    /// <summary>
    /// Opens the door; whoever calls holds the writer lock, so that a socket found there is out of force.
    /// </summary>
    public static async Task<HttpDoor> Open(IControl control, FleetHome home, CancellationToken stop)
    {
        var address = ControlSocket.Choose(home);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = LargestBody;
            options.Limits.MaxConcurrentConnections = MostConnections;
            options.ListenUnixSocket(address);
        });
        builder.Services.Configure<SocketTransportOptions>(options => options.CreateBoundListenSocket = Bind);
        builder.Services.AddRoutingCore();
        var server = builder.Build();
        Routes.Map(server, control);
        await server.StartAsync(stop);
        return new HttpDoor(server, address);
    }

    public async ValueTask DisposeAsync()
    {
        // Whoever just asked the daemon to end still gets the answer; those who wait for news are cut off.
        using var grace = new CancellationTokenSource(Grace);
        await opened.StopAsync(grace.Token);
        await opened.DisposeAsync();
    }

    /// <summary>Bound but not listening yet, nobody can connect before the mode is right.</summary>
    /// <remarks>
    /// Bound aside and renamed in: .NET removes the name that a socket was bound to when it closes, and a deposed
    /// daemon that ends must not take its successor's door away.
    /// </remarks>
    private static Socket Bind(EndPoint endPoint)
    {
        var address = endPoint.ToString()!;
        var aside = string.Create(CultureInfo.InvariantCulture, $"{address}.{Environment.ProcessId:x}");
        File.Delete(aside);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(aside));
        File.SetUnixFileMode(aside, OwnerOnly);
        File.Move(aside, address, overwrite: true);
        return socket;
    }
}
