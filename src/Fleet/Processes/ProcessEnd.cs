using System.Diagnostics;

namespace Fleet.Processes;

/// <summary>How a process ended, as far as anybody can know.</summary>
internal abstract record ProcessEnd
{
    private ProcessEnd() { }

    /// <summary>It left by itself with a code.</summary>
    internal sealed record Exited(int Code) : ProcessEnd;

    /// <summary>A signal ended it.</summary>
    internal sealed record Killed(int Signal) : ProcessEnd;

    /// <summary>It is gone and nobody was there to take its status.</summary>
    internal sealed record Lost : ProcessEnd;

    /// <summary>It never ran.</summary>
    internal sealed record NotStarted(string Why) : ProcessEnd;

    /// <summary>Reads the status word that <c>wait</c> fills.</summary>
    internal static ProcessEnd FromStatus(int status) =>
        (status & 0x7f) == 0 ? new Exited((status >> 8) & 0xff) : new Killed(status & 0x7f);

    public sealed override string ToString() =>
        this switch
        {
            Exited exited => $"exited with {exited.Code}",
            Killed killed => $"ended by signal {killed.Signal}",
            Lost => "lost: ended while nobody watched",
            NotStarted notStarted => $"not started: {notStarted.Why}",
            _ => throw new UnreachableException(),
        };
}
