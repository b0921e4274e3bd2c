using Fleet.Cli.Output;
using Fleet.Daemon;

namespace Fleet.Cli;

/// <summary>All that a command may know of the world besides its arguments.</summary>
internal sealed record Surroundings(
    Terminal Terminal,
    FleetHome Home,
    string Directory,
    Func<string, string?> Environment,
    Func<IControl> Connect,
    TimeProvider Clock
)
{
    public static Surroundings OfProcess()
    {
        var home = FleetHome.FromEnvironment();
        Func<string, string?> environment = System.Environment.GetEnvironmentVariable;
        return new Surroundings(
            Terminal.OfProcess(environment),
            home,
            System.IO.Directory.GetCurrentDirectory(),
            environment,
            () => FleetControl.Connect(home, TimeProvider.System),
            TimeProvider.System
        );
    }
}
