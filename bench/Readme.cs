using System.Globalization;
using System.Text;

namespace Fleet.Bench;

/// <summary>Writes what was measured into <c>bench/README.md</c>; nobody edits that file by hand.</summary>
internal static class Readme
{
    public static void Write(Machine machine, IReadOnlyList<Result> results)
    {
        var day = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var text = new StringBuilder(
            $"""
            # How fast Fleet is

            Written by `./check bench --write`: the published binary, on {machine}, {day}.
            Every row has something real that was measured in the same run, round by round in turn; trust the ratios
            more than the milliseconds. Two figures with a slash are median and 95th percentile.

            | | target | measured | against | load | |
            |---|---|---|---|---|---|

            """
        );
        foreach (var (row, measured, load) in results)
        {
            var verdict = measured.Holds ? "holds" : "**misses**";
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {row.What} | {row.Target} | {measured.Figures} | {measured.Against} | {load:0.0} | {verdict} |"
            );
        }

        text.AppendLine().AppendLine("How each is measured:").AppendLine();
        foreach (var (row, _, _) in results)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- **{row.What}**: {row.How}");
        }

        File.WriteAllText(Path.Combine(Root.Path, "bench", "README.md"), text.ToString());
    }
}
