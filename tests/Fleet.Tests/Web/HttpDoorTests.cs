using System.Net.Sockets;
using System.Text;
using Fleet.Daemon;
using Fleet.Rules;
using Fleet.Rules.Tasks;
using Fleet.Tests.Git;
using Fleet.Web;

namespace Fleet.Tests.Web;

public sealed class HttpDoorTests : IDisposable
{
    private readonly Scratch scratch = new();
    private readonly SmallFleet fleet = new();

    private FleetHome Home => new(scratch.At("home"));

    public void Dispose()
    {
        fleet.Dispose();
        scratch.Dispose();
    }

    [Fact]
    public async Task Only_the_owner_can_open_the_socket()
    {
        await using var door = await Open(Home);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(door.Address));
    }

    [Fact]
    public async Task Where_the_path_is_too_long_the_socket_is_elsewhere_and_recorded()
    {
        var deep = new FleetHome(scratch.At(new string('x', 60), new string('y', 60)));
        await using var door = await Open(deep);

        Assert.Equal(door.Address, File.ReadAllText(Path.Combine(deep.Root, "socket")));
        Assert.True(Encoding.UTF8.GetByteCount(door.Address) <= 100, door.Address);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(Path.GetDirectoryName(door.Address)!)
        );
        await using var control = new HttpControl(deep);
        Assert.Equal(0, (await control.Status(default)).Open);
    }

    [Fact]
    public async Task What_is_asked_over_the_socket_is_what_the_fleet_is_asked()
    {
        await using var door = await Open(Home);
        await using var control = new HttpControl(Home);

        var added = await Add(control, "Sort imports");

        Assert.Equal(new Answer(Answer.Done, "1", Task: new TaskId(1)), added);
        Assert.Equal(fleet.State.Tasks[new TaskId(1)].Brief.Command, ["./x", "a b"]);
        Assert.Equal("human:ada", fleet.State.Tasks[new TaskId(1)].AddedBy);
    }

    [Fact]
    public async Task Every_view_comes_over_the_socket_as_it_is()
    {
        await using var door = await Open(Home);
        await using var control = new HttpControl(Home);
        await Add(control, "Sort imports");
        var here = fleet.Control;
        var id = new TaskId(1);

        var tasks = await control.Tasks(new TaskQuery(true, 10), default);
        var events = await control.Events(new EventQuery(0, 10, id), default);
        var story = await control.Story(id, default);

        Assert.Equal((await here.Tasks(new TaskQuery(true, 10), default)).Rows.AsEnumerable(), tasks.Rows);
        Assert.Equal((await here.Events(new EventQuery(0, 10, id), default)).Rows.AsEnumerable(), events.Rows);
        Assert.Equal((await here.Story(id, default))!.Row, story!.Row);
        Assert.Equal(["./x", "a b"], story.Command);
        Assert.Null(await control.Story(new TaskId(9), default));
    }

    [Fact]
    public async Task A_long_poll_answers_as_soon_as_there_is_news()
    {
        await using var door = await Open(Home);
        await using var control = new HttpControl(Home);
        var asOf = fleet.State.Seq;

        var waiting = control.Tasks(new TaskQuery(false, 10, asOf, TimeSpan.FromSeconds(30)), default);
        await Add(control, "News");

        Assert.True((await waiting).AsOf > asOf);
    }

    [Theory]
    [InlineData(400, "not json")]
    [InlineData(400, """{"requestId":"r","who":"human:ada","kind":"task.fly","request":{}}""")]
    [InlineData(400, """{"requestId":"","who":"human:ada","kind":"fleet.resume","request":{}}""")]
    [InlineData(400, """{"requestId":"r","kind":"fleet.resume","request":{}}""")]
    [InlineData(400, """{"requestId":"r","who":"human:ada","kind":"task.add","request":{"root":"/x"}}""")]
    [InlineData(
        400,
        """
            {"requestId":"r","who":"human:ada","kind":"task.add","request":{"root":"/x","brief":{"title":"t","text":"",
            "directory":"","coder":"command","command":null,"priority":2,"needs":[],"labels":[],"noGate":false}}}
            """
    )]
    [InlineData(200, """{"requestId":"r","who":"human:ada","kind":"fleet.resume","request":{}}""")]
    public async Task A_body_that_is_no_request_is_refused_and_said_so(int status, string body)
    {
        await using var door = await Open(Home);

        var answer = await SocketHttp.Send(
            door.Address,
            "POST",
            "/api/v1/requests",
            Encoding.UTF8.GetBytes(body),
            default
        );

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 200, ControlJson.ReadError(answer.Body) is null);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused()
    {
        await using var door = await Open(Home);

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(door.Address));

        var length = (1 << 20) + 1;
        var head = $"POST /api/v1/requests HTTP/1.1\r\nHost: fleet\r\nContent-Length: {length}\r\n\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(head));

        var answer = new byte[64];
        var read = await socket.ReceiveAsync(answer);
        Assert.StartsWith("HTTP/1.1 413 ", Encoding.ASCII.GetString(answer, 0, read), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, "/")]
    [InlineData(404, "/api/v1/tasks/9")]
    [InlineData(404, "/api/v1/tasks/x")]
    [InlineData(400, "/api/v1/tasks?limit=many")]
    [InlineData(400, "/api/v1/events?after=-1")]
    public async Task An_address_that_leads_nowhere_says_so(int status, string target)
    {
        await using var door = await Open(Home);

        var answer = await SocketHttp.Send(door.Address, "GET", target, default, default);

        Assert.Equal(status, answer.Status);
        Assert.NotNull(ControlJson.ReadError(answer.Body));
    }

    [Fact]
    public async Task A_daemon_that_hangs_is_reported_within_the_time_given()
    {
        using var silent = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        Directory.CreateDirectory(Home.Root);
        silent.Bind(new UnixDomainSocketEndPoint(ControlSocket.Of(Home)));
        silent.Listen(1);
        await using var control = new HttpControl(Home, TimeSpan.FromMilliseconds(50));

        var refused = await Assert.ThrowsAsync<UserErrorException>(() => control.Status(default));

        Assert.Contains("does not answer", refused.Error.Why, StringComparison.Ordinal);
    }

    private Task<HttpDoor> Open(FleetHome home)
    {
        Directory.CreateDirectory(home.Root);
        return HttpDoor.Open(fleet.Control, home, TestContext.Current.CancellationToken);
    }

    private static Task<Answer> Add(HttpControl control, string title)
    {
        var brief = new Brief(title, "", "", null, "command", null, ["./x", "a b"], 2, [], ["tidy"], false);
        var request = new Request.AddTask(SmallFleet.Root, brief);
        return control.Ask(new ControlRequest(title, "human:ada", request), default);
    }
}
