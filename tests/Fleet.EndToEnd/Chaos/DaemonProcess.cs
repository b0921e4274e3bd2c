using System.Diagnostics;
using System.Text;
using Fleet.Daemon;
using Fleet.Processes;

namespace Fleet.EndToEnd.Chaos;

/// <summary>A real <c>fleet up</c>, which a test may kill or stop at any moment.</summary>
internal sealed class DaemonProcess : IDisposable
{
    private static readonly TimeSpan DeathTime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(2);

    private readonly StringBuilder said = new();
    private readonly Process process;
    private readonly FleetHome home;
    private bool disposed;

    private DaemonProcess(FleetHome home, Process process) => (this.home, this.process) = (home, process);

    /// <summary>The published program where there is one, else the one built beside this test.</summary>
    public static string Program { get; } =
        Environment.GetEnvironmentVariable("FLEET_BINARY") is { Length: > 0 } published
            ? published
            : Path.Combine(AppContext.BaseDirectory, "fleet");

    public int Pid => process.Id;

    public bool HasEnded => disposed || process.HasExited;

    public int ExitCode => process.ExitCode;

    /// <summary>Everything that it printed.</summary>
    public string Said
    {
        get
        {
            lock (said)
            {
                return said.ToString();
            }
        }
    }

    public static DaemonProcess Start(
        FleetHome home,
        string? path = null,
        IReadOnlyDictionary<string, string>? variables = null
    ) => Launch(home, path, variables, "/", "up");

    /// <summary>Any command of the fleet, as a person would give it, in some directory.</summary>
    public static DaemonProcess Launch(FleetHome home, string directory, params string[] arguments) =>
        Launch(home, path: null, variables: null, directory, arguments);

    private static DaemonProcess Launch(
        FleetHome home,
        string? path,
        IReadOnlyDictionary<string, string>? variables,
        string directory,
        params string[] arguments
    )
    {
        var start = new ProcessStartInfo(Program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory,
        };
        foreach (var (name, value) in variables ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        start.Environment[FleetHome.Variable] = home.Root;
        start.Environment[ConsentToAll.Variable] = "all";
        start.Environment["PATH"] = path ?? Environment.GetEnvironmentVariable("PATH");
        // A killed .NET process leaves its diagnostic sockets behind.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        var daemon = new DaemonProcess(home, new Process { StartInfo = start });
        daemon.process.OutputDataReceived += daemon.Hear;
        daemon.process.ErrorDataReceived += daemon.Hear;
        daemon.process.Start();
        daemon.process.StandardInput.Close();
        daemon.process.BeginOutputReadLine();
        daemon.process.BeginErrorReadLine();
        return daemon;
    }

    /// <summary>Waits until this very process answers at the home's door.</summary>
    public Task Serves() =>
        Soon.Holds(
            async () =>
            {
                Assert.False(HasEnded, $"the daemon ended with {(HasEnded ? ExitCode : 0)}: {Said}");
                return await PidAtTheDoor(home) == Pid;
            },
            () => $"process {Pid} serves; it said: {Said}"
        );

    public static async Task<int?> PidAtTheDoor(FleetHome home)
    {
        try
        {
            await using var control = new HttpControl(home, Answer);
            return (await control.Status(CancellationToken.None)).DaemonPid;
        }
        catch (UserErrorException)
        {
            return null;
        }
    }

    public void Send(int signal)
    {
        if (!HasEnded)
        {
            _ = Libc.Kill(Pid, signal);
        }
    }

    public void Kill()
    {
        Send(Signals.Kill);
        Assert.True(process.WaitForExit(DeathTime), "a killed daemon does not die");
    }

    public async Task<int> Ends()
    {
        await process.WaitForExitAsync().WaitAsync(DeathTime);
        return ExitCode;
    }

    public void Dispose()
    {
        if (!HasEnded)
        {
            Kill();
        }

        disposed = true;
        process.Dispose();
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        lock (said)
        {
            said.AppendLine(line.Data);
        }
    }
}
