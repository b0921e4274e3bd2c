using Fleet.Processes;
using Fleet.Rules;

namespace Fleet.EndToEnd.Chaos;

/// <summary>A daemon leaves when it is told to, by whatever means, and when its home is gone.</summary>
public sealed class LeavingTests : IDisposable
{
    private readonly ChaosHome fleet = new();

    public void Dispose() => fleet.Dispose();

    [Theory]
    [InlineData(Signals.Terminate)]
    [InlineData(Signals.Quit)]
    public async Task A_daemon_that_is_told_to_end_ends_in_good_order_and_its_runs_go_on(int signal)
    {
        using var daemon = await fleet.Up();
        await fleet.AddRepository();
        var task = await fleet.AddRun("a", 5, "c");
        await Soon.Holds(() => Bystanders.OfRuns(fleet.Home).Count > 0, "a run is alive");

        daemon.Send(signal);
        await daemon.Ends();
        Assert.Equal(0, daemon.ExitCode);
        using var next = await fleet.Up();
        await fleet.Settle([task]);

        Assert.True(Assert.Single(RunRecord.In(fleet.Records)).Ended);
    }

    [Fact]
    public async Task A_daemon_whose_home_is_deleted_ends_with_all_its_runs()
    {
        using var daemon = await fleet.Up();
        await fleet.AddRepository();
        await fleet.Add("endless", "sleep 1000");
        await Soon.Holds(() => Bystanders.OfRuns(fleet.Home).Count > 0, "a run is alive");

        Directory.Move(fleet.Home.Root, fleet.Home.Root + ".gone");
        Directory.Delete(fleet.Home.Root + ".gone", recursive: true);

        await daemon.Ends();
        await Soon.Holds(() => Bystanders.OfRuns(fleet.Home).Count == 0, "its runs have ended");
    }
}
