using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Fleet.ModelStub.Faults;

/// <summary>A fault, and when it happens: <c>429x2</c>, <c>drop@1</c>, <c>limitx1~5</c>.</summary>
/// <param name="Times">For how many requests of a run.</param>
/// <param name="FromStep">From which step of the script on.</param>
/// <param name="Until">When a limit resets, or when to come again, in seconds from now.</param>
internal sealed partial record Fault(FaultKind Kind, int Times = int.MaxValue, int FromStep = 0, int? Until = null)
{
    private static readonly Dictionary<string, FaultKind> Kinds = new()
    {
        ["429"] = FaultKind.RateLimited,
        ["429ra"] = FaultKind.RateLimitedWithRetryAfter,
        ["limit"] = FaultKind.UsageLimit,
        ["500"] = FaultKind.ServerError,
        ["503"] = FaultKind.Unavailable,
        ["529"] = FaultKind.Overloaded,
        ["401"] = FaultKind.BadKey,
        ["403"] = FaultKind.Forbidden,
        ["400"] = FaultKind.NoCredit,
        ["ctx"] = FaultKind.ContextTooLong,
        ["drop"] = FaultKind.Drop,
        ["sseerr"] = FaultKind.StreamError,
        ["cut"] = FaultKind.Cut,
        ["hang"] = FaultKind.Hang,
        ["slow"] = FaultKind.Slow,
    };

    /// <summary>How the kind is written.</summary>
    public string Name => Kinds.First(named => named.Value == Kind).Key;

    /// <summary>Reads faults joined by +; <c>ok</c> is none of them. Null where one is unknown.</summary>
    public static ImmutableArray<Fault>? ParseAll(string text)
    {
        if (text == "ok")
        {
            return [];
        }

        var faults = text.Split('+').Select(Parse).ToList();
        return faults.Contains(null) ? null : [.. faults.OfType<Fault>()];
    }

    private static Fault? Parse(string text) =>
        Written().Match(text) is { Success: true } match && Kinds.TryGetValue(match.Groups["name"].Value, out var kind)
            ? new Fault(
                kind,
                Number(match, "times") ?? int.MaxValue,
                Number(match, "step") ?? 0,
                Number(match, "until")
            )
            : null;

    private static int? Number(Match match, string group) =>
        match.Groups[group] is { Success: true } digits ? int.Parse(digits.Value, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"^(?<name>[a-z0-9]+?)(?:x(?<times>\d+))?(?:@(?<step>\d+))?(?:~(?<until>\d+))?$")]
    private static partial Regex Written();
}
