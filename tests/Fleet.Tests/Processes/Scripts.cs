namespace Fleet.Tests.Processes;

/// <summary>Small programs that behave as badly as coders do.</summary>
internal static class Scripts
{
    /// <summary>
    /// Nineteen processes: a shell, three more in sessions of their own that ignore TERM, INT and HUP,
    /// each with five double-forked sleepers in sessions of their own, which ignore them too.
    /// </summary>
    internal const string Nineteen =
        "trap '' TERM INT HUP; for i in 1 2 3; do setsid sh -c '"
        + "for j in 1 2 3 4 5; do (setsid sleep 300 &); done; exec sleep 300' & done; exec sleep 300";

    /// <summary>
    /// Ends at once and leaves one process: in its own session, double-forked, with an empty environment.
    /// </summary>
    internal const string Escape = "(setsid env -i /bin/sh -c '(/usr/bin/setsid /bin/sleep 300 &)' &); exit 0";

    /// <summary>Forks without end, each child in a session of its own, until it is stopped.</summary>
    internal const string Forker = "while :; do setsid sh -c 'sleep 0.3' & done";
}
