using System.Text.Json;
using Fleet.Bench.Ground;
using Fleet.Daemon;
using Fleet.Rules;
using Fleet.Rules.Views;

namespace Fleet.Bench.Rows;

/// <summary>How soon the gate runs once the run has ended.</summary>
internal sealed record GateRow()
    : Row(
        "gate",
        "end of run → gate started",
        "≤ 30 ms",
        "the run's last act and the gate's first act are both `date +%s%N`; in between lie the end of the process, the "
            + "harvest of its commit, candidate and the gate's checkout; against the same git steps as a bare script."
    )
{
    private const int Rounds = 20;
    private const string Settings = """
        version: 1
        gates:
          - { name: clock, run: "date +%s%N" }
        """;

    /// <summary>What must happen in between, written by hand: harvest, merge, commit, a fresh checkout.</summary>
    private const string Bare = """
        set -e
        git -C hub.git fetch -q --no-tags ../worktree HEAD:refs/kept
        git -C hub.git fetch -q --no-tags ../repository main:refs/trunk
        tree=$(git -C hub.git merge-tree --write-tree refs/trunk refs/kept)
        commit=$(git -C hub.git commit-tree "$tree" -p refs/trunk -p refs/kept -m landed)
        git clone -q --shared --no-checkout hub.git gate
        git -C gate -c advice.detachedHead=false checkout -q "$commit"
        rm -rf gate
        git -C hub.git update-ref -d refs/kept
        """;

    public override async Task<Measured> Measure(Place place)
    {
        var repository = place.At("repository");
        await SampleRepository.Make(repository, Settings);
        await BareGround(place);
        await using var daemon = await LiveDaemon.Start(place.At("home"));
        await daemon.Know(repository);
        var (gated, bare) = (new Samples(), new Samples());
        for (var round = 0; round < Rounds; round++)
        {
            var began = DateTimeOffset.UtcNow;
            await Shell.Run(place.At(""), "sh", "-c", Bare);
            bare.Add(DateTimeOffset.UtcNow - began);

            var line = $"echo {round} > new{round} && git add -A && git commit -qm {round} && date +%s%N";
            var task = await daemon.Add(repository, noGate: false, line);
            var verdict = (await daemon.Until("verdict.given", 1, task))[0];
            var transcript = RunFiles.Transcript(daemon.Home.Run(new RunId(task, 1)));
            gated.Add(Shell.Time(File.ReadAllText(OutputOf(verdict))) - Shell.Time(File.ReadAllText(transcript)));
        }

        return new Measured(
            gated.ToString(),
            $"bare script {bare}: {Samples.Text(gated.Median / bare.Median)} ×",
            gated.Median <= 30
        );
    }

    /// <summary>Where the verdict says that the gate's output lies.</summary>
    private static string OutputOf(EventRow verdict)
    {
        using var body = JsonDocument.Parse(verdict.Body!);
        return body.RootElement.GetProperty("verdict").GetProperty("output").GetString()!;
    }

    private static async Task BareGround(Place place)
    {
        await Shell.Run(place.At(""), "git", "clone", "-q", "--bare", "repository", "hub.git");
        await Shell.Run(place.At(""), "git", "clone", "-q", "--shared", "hub.git", "worktree");
        File.WriteAllText(Path.Combine(place.At("worktree"), "new"), "new\n");
        await Shell.Run(place.At("worktree"), "git", "add", "-A");
        string[] author = ["-c", "user.name=Bench", "-c", "user.email=bench@example.org"];
        await Shell.Run(place.At("worktree"), ["git", .. author, "commit", "-q", "-m", "new"]);
        await Shell.Run(place.At("hub.git"), "git", "config", "user.name", "Bench");
        await Shell.Run(place.At("hub.git"), "git", "config", "user.email", "bench@example.org");
    }
}
