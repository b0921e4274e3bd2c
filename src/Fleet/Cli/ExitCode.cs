using Fleet.Rules;

namespace Fleet.Cli;

/// <summary>What the exit codes mean, the same for every command.</summary>
internal static class ExitCode
{
    public const int Pending = 8;
    public const int TimedOut = 12;
    public const int Interrupted = 130;

    public static readonly (int Code, string Meaning)[] All =
    [
        (Answer.Done, "done"),
        (Answer.Failed, "failed"),
        (Answer.Usage, "the command line is wrong"),
        (Answer.NotFound, "there is no such task, repository or event"),
        (Answer.Refused, "refused by policy or budget"),
        (Pending, "still pending: not finished yet"),
        (Answer.VerificationFailed, "verification failed: a gate refused it, or the record is not whole"),
        (Answer.NeedsPerson, "needs a person"),
        (TimedOut, "the time given was over"),
        (Interrupted, "interrupted"),
    ];
}
