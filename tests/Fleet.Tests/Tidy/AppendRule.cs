using System.Text.RegularExpressions;

namespace Fleet.Tests.Tidy;

/// <summary>One writer: only the loop appends to the log. Within Log the stores implement it.</summary>
internal static partial class AppendRule
{
    public static IEnumerable<Complaint> Check(SourceFile file)
    {
        if (
            file.IsUnder("src/Fleet/Log")
            || file.Path.StartsWith("src/Fleet/Daemon/FleetLoop", StringComparison.Ordinal)
        )
        {
            return [];
        }

        var logs = LogVariable().Matches(file.Code).Select(match => match.Groups["name"].Value).ToHashSet();
        return from match in Append().Matches(file.Code)
            let receiver = match.Groups["receiver"].Value
            where logs.Contains(receiver) || receiver.EndsWith("log", StringComparison.OrdinalIgnoreCase)
            select file.Complain(match.Index, "only FleetLoop appends to the log: send it an Input instead");
    }

    [GeneratedRegex(@"\b(?:IEventLog|MemoryLog|SqliteLog|PostgresLog)\??\s+(?<name>\w+)")]
    private static partial Regex LogVariable();

    [GeneratedRegex(@"\b(?<receiver>\w+)[?!]?\s*\.\s*Append(?:Async)?\s*\(")]
    private static partial Regex Append();
}
