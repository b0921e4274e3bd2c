namespace Fleet.Processes;

/// <summary>How all processes of one run are found: from its first process, and by the mark they inherit.</summary>
internal sealed record ProcessTree(ProcessIdentity? Root, Mark? Mark)
{
    /// <summary>The kernel counts CPU time for readers in hundredths of a second.</summary>
    private const int TicksPerSecond = 100;

    /// <summary>The living members at this moment.</summary>
    internal List<ProcStat> Members(ProcessTable table) => table.Members([this], []);

    /// <summary>CPU time used so far by the living members and the children they have reaped.</summary>
    internal TimeSpan CpuTime(ProcessTable table)
    {
        var ticks = 0L;
        foreach (var member in Members(table))
        {
            ticks += member.CpuTicks;
        }

        return TimeSpan.FromSeconds(ticks / (double)TicksPerSecond);
    }
}
