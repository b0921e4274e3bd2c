using System.Globalization;
using Fleet.Bench;
using Fleet.Bench.Ground;
using Fleet.Bench.Rows;

Row[] all =
[
    new StartRow(),
    new GateRow(),
    new ThroughputRow(),
    new ListRow(),
    new ServeRow(),
    new IdleRow(),
    new AppendRow(),
    new ParseRow(),
];
var write = args.Contains("--write", StringComparer.Ordinal);
var wanted = args.Where(word => !word.StartsWith('-')).ToArray();
if (args.Contains("--help", StringComparer.Ordinal) || wanted.Except(all.Select(row => row.Name)).Any())
{
    Console.WriteLine($"usage: ./check bench [-- --write] [{string.Join("] [", all.Select(row => row.Name))}]");
    return args.Contains("--help", StringComparer.Ordinal) ? 0 : 2;
}

var machine = Machine.Here();
Console.WriteLine(machine);
var results = new List<Result>();
foreach (var row in all.Where(row => wanted.Length == 0 || wanted.Contains(row.Name, StringComparer.Ordinal)))
{
    using var place = new Place();
    var load = Machine.Load();
    var measured = await row.Measure(place);
    var result = new Result(row, measured, load);
    results.Add(result);
    Console.WriteLine($"{row.Name, -8} {(measured.Holds ? "holds " : "MISSES")} {measured.Figures}");
    Console.WriteLine(
        $"{"", -15} against {measured.Against}; load {load.ToString("0.0", CultureInfo.InvariantCulture)}"
    );
}

if (write)
{
    Readme.Write(machine, results);
}

return results.TrueForAll(result => result.Measured.Holds) ? 0 : 1;
