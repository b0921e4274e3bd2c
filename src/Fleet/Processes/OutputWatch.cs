namespace Fleet.Processes;

/// <summary>How much a run has written, and when it last did; null when it has written nothing yet.</summary>
internal readonly record struct OutputSeen(long Bytes, DateTimeOffset? Last);

/// <summary>Looks at the output files of a run without opening them: it costs a stat each.</summary>
internal static class OutputWatch
{
    internal static OutputSeen Look(params ReadOnlySpan<string> files)
    {
        var bytes = 0L;
        DateTimeOffset? last = null;
        foreach (var path in files)
        {
            var file = new FileInfo(path);
            if (file.Exists && file.Length > 0)
            {
                var written = new DateTimeOffset(file.LastWriteTimeUtc);
                bytes += file.Length;
                last = last is null || written > last ? written : last;
            }
        }

        return new OutputSeen(bytes, last);
    }
}
