namespace Fleet.Log;

/// <summary>Why the log cannot do what was asked: what, where, why, and what to do next.</summary>
internal abstract record LogFailure(string Place, string Why)
{
    private const string SpaceReturns = "make room on that disk; Fleet goes on by itself once there is space";

    public abstract string What { get; }

    public abstract string Next { get; }

    public sealed override string ToString() => $"{What}: {Place}: {Why}. Next: {Next}";

    /// <summary>Another process kept the log for itself longer than we were willing to wait.</summary>
    internal sealed record Busy(string Place, string Why) : LogFailure(Place, Why)
    {
        public override string What => "the log is in use by another process";
        public override string Next => "see who holds it with: fleet doctor";
    }

    internal sealed record DiskFull(string Place, string Why) : LogFailure(Place, Why)
    {
        public override string What => "the disk of the log is full";
        public override string Next => SpaceReturns;
    }

    internal sealed record ReadOnly(string Place, string Why) : LogFailure(Place, Why)
    {
        public override string What => "the log cannot be written";
        public override string Next => "give your user write access to that file and its directory";
    }

    /// <summary>The disk answered with an error; what it said earlier about this file is no longer trusted.</summary>
    internal sealed record DiskError(string Place, string Why) : LogFailure(Place, Why)
    {
        public override string What => "the disk of the log reports an error";
        public override string Next => "check the disk (dmesg), then: fleet audit verify";
    }

    internal sealed record Damaged(string Place, string Why) : LogFailure(Place, Why)
    {
        public override string What => "the log is damaged";
        public override string Next => "copy the home aside as it is, then: fleet audit verify";
    }

    internal sealed record Foreign(string Place, string Why) : LogFailure(Place, Why)
    {
        public override string What => "this file is not a log of Fleet";
        public override string Next => "choose another home with FLEET_HOME, or move that file elsewhere";
    }

    internal sealed record Newer(string Place, int Found, int Known)
        : LogFailure(Place, $"it has version {Found}, this Fleet knows versions up to {Known}")
    {
        public override string What => "the log was written by a newer Fleet";
        public override string Next => "install a Fleet at least as new as the one that wrote it";
    }

    internal sealed record CannotOpen(string Place, string Why) : LogFailure(Place, Why)
    {
        public override string What => "the log cannot be opened";
        public override string Next => "check that its directory exists and that your user may read and write there";
    }

    internal sealed record NoLibrary(string Place, string Why) : LogFailure(Place, Why)
    {
        public override string What => "no usable SQLite library was found";
        public override string Next => "install SQLite 3.37 or newer (Debian: apt-get install libsqlite3-0)";
    }
}

/// <summary>Carries a <see cref="LogFailure"/> out of a call that has no outcome to return it in.</summary>
internal sealed class LogException(LogFailure failure, Exception? inner = null) : Exception(failure.ToString(), inner)
{
    public LogFailure Failure { get; } = failure;
}

/// <summary>What came of opening a stored log.</summary>
internal abstract record LogOpening
{
    private LogOpening() { }

    /// <summary>The log is open; an older one was brought up to date after a copy was put at this path.</summary>
    internal sealed record Opened(IEventLog Log, string? Backup) : LogOpening;

    internal sealed record Refused(LogFailure Failure) : LogOpening;
}
