namespace Fleet.Git.Landing;

/// <summary>Tells a remote that says no, which needs a person, from one that does not answer.</summary>
internal static class RemoteTrouble
{
    private static readonly string[] No =
    [
        "rejected]",
        "denied",
        "Authentication failed",
        "could not read Username",
        "could not read Password",
        "returned error: 401",
        "returned error: 403",
        "not found",
        "does not appear to be a git repository",
        "does not support --atomic",
        "Host key verification failed",
    ];

    public static LandingOutcome Understand(GitOutcome outcome) =>
        outcome is GitOutcome.Failed
        && Array.Exists(No, word => outcome.Why.Contains(word, StringComparison.OrdinalIgnoreCase))
            ? new LandingOutcome.Refused(outcome.Why)
            : new LandingOutcome.Unreachable(outcome.Why);
}
