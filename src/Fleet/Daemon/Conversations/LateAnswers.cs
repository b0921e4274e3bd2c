namespace Fleet.Daemon.Conversations;

/// <summary>Requests of one run that a person answers, and which of the answers its coder has been told.</summary>
/// <remarks>
/// Told ones are in a file of the run, written after the answer was sent: one that was sent in the very moment of a
/// daemon's death may be sent twice.
/// </remarks>
internal sealed class LateAnswers(string directory)
{
    private readonly List<string> awaited = [];
    private readonly string file = Path.Combine(directory, "answered");
    private HashSet<string>? told;

    /// <summary>A copy: answers may be told while it is walked.</summary>
    public IReadOnlyList<string> Awaited => [.. awaited];

    public void Await(string request)
    {
        if (!awaited.Contains(request, StringComparer.Ordinal))
        {
            awaited.Add(request);
        }
    }

    public bool IsTold(string request) => Known.Contains(request);

    public void Told(string request)
    {
        awaited.Remove(request);
        if (Known.Add(request))
        {
            File.AppendAllText(file, $"{request}\n");
        }
    }

    private HashSet<string> Known =>
        told ??= File.Exists(file) ? [.. File.ReadLines(file)] : new HashSet<string>(StringComparer.Ordinal);
}
