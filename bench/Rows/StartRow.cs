using Fleet.Bench.Ground;
using Fleet.Rules;

namespace Fleet.Bench.Rows;

/// <summary>How soon the process of an added task runs.</summary>
internal sealed record StartRow()
    : Row(
        "start",
        "`fleet add` acknowledged → process started, worktree creation not counted, median / p95",
        "≤ 25 / 60 ms",
        "the task is `date +%s%N`, so the process itself tells when it started; from the later of the answer's arrival "
            + "and the event that says the worktree is ready; against the same command started by the bench itself."
    )
{
    private const int Rounds = 40;

    public override async Task<Measured> Measure(Place place)
    {
        var repository = place.At("repository");
        await SampleRepository.Make(repository);
        await using var daemon = await LiveDaemon.Start(place.At("home"));
        await daemon.Know(repository);
        var (started, whole, bare) = (new Samples(), new Samples(), new Samples());
        for (var round = 0; round < Rounds; round++)
        {
            var began = DateTimeOffset.UtcNow;
            bare.Add(Shell.Time(await Shell.Run("/", "date", "+%s%N")) - began);

            var task = await daemon.Add(repository, noGate: true, "date", "+%s%N");
            var acknowledged = DateTimeOffset.UtcNow;
            await daemon.Until("run.exited", 1, task);
            var ready = (await daemon.Until("run.worktree_prepared", 1, task))[0].At;
            var first = Shell.Time(File.ReadAllText(RunFilesOf(daemon, task)));
            started.Add(first - (ready > acknowledged ? ready : acknowledged));
            whole.Add(first - acknowledged);
        }

        return new Measured(
            $"{started} (with the worktree {whole})",
            $"bare spawn {bare}: {Samples.Text(started.Median / bare.Median)} ×",
            started is { Median: <= 25, P95: <= 60 }
        );
    }

    private static string RunFilesOf(LiveDaemon daemon, TaskId task) =>
        Daemon.RunFiles.Transcript(daemon.Home.Run(new RunId(task, 1)));
}
