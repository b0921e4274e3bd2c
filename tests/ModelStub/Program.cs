using System.Globalization;
using Fleet.ModelStub;
using Fleet.ModelStub.Apis;

if (args is ["-h" or "--help", ..])
{
    Console.WriteLine("usage: ModelStub [PORT [SCENARIOS]]    serves on loopback; each request is a line on stdout");
    return;
}

var options = new ModelServerOptions(
    args is [var port, ..] ? int.Parse(port, CultureInfo.InvariantCulture) : 0,
    args is [_, var scenarios, ..] ? scenarios : null,
    request => Console.WriteLine(Json.Of(request))
);
await using var server = await ModelServer.Start(options);
Console.WriteLine(server.Address);
await Task.Delay(Timeout.Infinite);
