namespace Fleet.EndToEnd.Chaos;

/// <summary>What a run under test does, and the record that it keeps of it outside Fleet's reach.</summary>
/// <remarks>
/// It prints first and records then, so a kill leaves the record at most one line behind the transcript. It writes
/// its file first and records then, so whatever is recorded must be in the work that is kept.
/// </remarks>
internal static class RunScript
{
    private const string Text = """
        # records directory, token, steps, c: commit now and then, g: leave a grandchild in a session of its own
        record=$1/$FLEET_RUN_ID token=$2 steps=$3 flavour=$4
        exec 2>/dev/null
        echo begin >>"$record.did"
        n=0
        say() { n=$((n + 1)); echo "$n $token"; echo "$n $token" >>"$record.said"; }
        say
        case $flavour in *g*) setsid sh -c 'echo $$ >>"$0"; exec sleep 600' "$record.left" & ;; esac
        i=0
        while [ $i -lt $steps ]; do
          i=$((i + 1))
          say
          echo "$token $FLEET_RUN_ID $i" >>"$token.txt"
          echo "wrote $i" >>"$record.did"
          case $flavour in *c*) [ $((i % 3)) != 0 ] || { git add -A && git commit -qm "$token $i"; } >/dev/null ;; esac
          sleep 0.1
        done
        say
        echo end >>"$record.did"
        """;

    public static string WriteTo(string directory)
    {
        var path = Path.Combine(directory, "run.sh");
        File.WriteAllText(path, Text.ReplaceLineEndings("\n") + "\n");
        return path;
    }
}

/// <summary>What one run says that it did.</summary>
internal sealed record RunRecord(string Run, string Said, int Begun, int Wrote, bool Ended, IReadOnlyList<int> Left)
{
    public static IEnumerable<RunRecord> In(string directory) =>
        Directory
            .EnumerateFiles(directory, "*.did")
            .Select(path => Read(Path.ChangeExtension(path, null), File.ReadAllLines(path)));

    private static RunRecord Read(string path, string[] did) =>
        new(
            Path.GetFileName(path),
            Text($"{path}.said"),
            did.Count(line => line is "begin"),
            did.Count(line => line.StartsWith("wrote ", StringComparison.Ordinal)),
            did.Contains("end"),
            [.. Text($"{path}.left").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)]
        );

    private static string Text(string path) => File.Exists(path) ? File.ReadAllText(path) : "";
}
