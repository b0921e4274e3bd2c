using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Fleet.Rules.Runs;

/// <summary>Follows the tool calls of one run, and notices when they lead nowhere; it remembers little.</summary>
public sealed class LoopWatch
{
    /// <summary>The same call that failed so often in a row leads nowhere.</summary>
    public const int MostFailures = 5;

    /// <summary>So many results in a row that were all seen before are no news.</summary>
    public const int MostWithoutNews = 30;
    private const int MostOpen = 64;
    private const int MostRemembered = 256;

    private readonly Dictionary<string, (string Tool, string Input)> open = new(StringComparer.Ordinal);
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();
    private string lastFailed = "";
    private int failures;
    private int withoutNews;

    /// <summary>Why the run gets nowhere; none while it may.</summary>
    public string? Why { get; private set; }

    public void Started(string id, string tool, string input)
    {
        if (open.Count >= MostOpen)
        {
            open.Clear();
        }

        open[id] = (tool, Hash(input));
    }

    /// <summary>A denied call has failed as well.</summary>
    public void Finished(string id, bool failed, string output)
    {
        if (!open.Remove(id, out var call))
        {
            return;
        }

        var name = $"{call.Tool}\n{call.Input}";
        failures =
            !failed ? 0
            : name == lastFailed ? failures + 1
            : 1;
        lastFailed = failed ? name : "";
        withoutNews = Remember($"{name}\n{failed}\n{Hash(output)}") ? 0 : withoutNews + 1;
        Why ??=
            failures >= MostFailures
                ? Text($"looping: the same call of {call.Tool} failed {MostFailures} times in a row")
            : withoutNews >= MostWithoutNews
                ? Text($"looping: {MostWithoutNews} calls in a row brought nothing new, the last one of {call.Tool}")
            : null;
    }

    /// <summary>False for what was seen lately.</summary>
    private bool Remember(string result)
    {
        if (!seen.Add(result))
        {
            return false;
        }

        order.Enqueue(result);
        if (order.Count > MostRemembered)
        {
            seen.Remove(order.Dequeue());
        }

        return true;
    }

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
