using Fleet.Bench.Ground;

namespace Fleet.Bench.Rows;

/// <summary>How much of a bare script's pace is left once Fleet gives its promises.</summary>
internal sealed record ThroughputRow()
    : Row(
        "tasks",
        "100 tasks that make one commit each, 30 slots, `--gate none`, auto landing",
        "≥ 60 % of the pace of a bare script",
        "from the first `add` until the last landing is checked and the last worktree gone; against a script that does "
            + "the same git steps by hand for each task, 30 at once, landings one at a time (`bench/bare.sh`)."
    )
{
    private const int Rounds = 3;
    private const int Tasks = 100;
    private const string Settings = """
        version: 1
        max_concurrent: 30
        landing: { mode: auto }
        """;

    public override async Task<Measured> Measure(Place place)
    {
        var (fleet, bare, share) = (new Samples(), new Samples(), new Samples());
        for (var round = 0; round < Rounds; round++)
        {
            var script = await ByScript(place, $"bare{round}");
            var landed = await ByFleet(place, $"fleet{round}");
            bare.Add(script);
            fleet.Add(landed);
            share.Add(100 * (script / landed));
        }

        return new Measured(
            $"{Samples.Text(Tasks / (fleet.Median / 1000))} tasks/s",
            $"bare script {Samples.Text(Tasks / (bare.Median / 1000))} tasks/s: {share.Median:0} %",
            share.Median >= 60
        );
    }

    private static async Task<TimeSpan> ByScript(Place place, string name)
    {
        var folder = place.At(name);
        await SampleRepository.Make(Path.Combine(folder, "repository"));
        await Shell.Run(folder, "git", "init", "-q", "--bare", "hub.git");
        var began = DateTimeOffset.UtcNow;
        await Shell.Run(folder, "sh", Path.Combine(Root.Path, "bench", "bare.sh"), $"{Tasks}");
        return DateTimeOffset.UtcNow - began;
    }

    private static async Task<TimeSpan> ByFleet(Place place, string name)
    {
        var repository = Path.Combine(place.At(name), "repository");
        await SampleRepository.Make(repository);
        await using var daemon = await LiveDaemon.Start(Path.Combine(place.At(name), "home"), Settings);
        await daemon.Know(repository);
        var began = DateTimeOffset.UtcNow;
        for (var task = 1; task <= Tasks; task++)
        {
            var line = $"echo {task} > new{task} && git add new{task} && git commit -qm {task}";
            await daemon.Add(repository, noGate: true, line);
        }

        var gone = await daemon.Until("run.worktree_removed", Tasks);
        var held = await daemon.Until("landing.checked", Tasks);
        return gone.Concat(held).Max(row => row.At) - began;
    }
}
