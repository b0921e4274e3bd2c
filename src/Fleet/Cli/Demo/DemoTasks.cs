namespace Fleet.Cli.Demo;

/// <summary>One task of the demo: a title, a real shell script, and which of the others it needs.</summary>
/// <param name="Needs">Positions in the list, from 0.</param>
internal sealed record DemoTask(string Title, string Script, params int[] Needs);

/// <summary>What the demo's fleet is given to do: good work, lies, collisions, crashes, hangs and trespass.</summary>
internal static class DemoTasks
{
    private const string GoodWork = """
        sleep 1
        echo 'double() { add "$1" "$1"; }' >> lib/money.sh
        printf '. lib/money.sh\n[ "$(double 21)" = 42 ]\n' > tests/double.sh
        sh test.sh && git add -A && git commit -qm 'Add double, with a test'
        """;

    private const string BuildsOnGoodWork = """
        echo 'quadruple() { double "$(double "$1")"; }' >> lib/money.sh
        printf '. lib/money.sh\n[ "$(quadruple 3)" = 12 ]\n' > tests/quadruple.sh
        sh test.sh && git add -A && git commit -qm 'Add quadruple, built on double'
        """;

    private const string Lie = """
        printf '%s\n' '# Sums of money in cents.' 'add() { echo $(($1 + $2 + 1)); }' 'sub() { echo $(($1 - $2)); }' \
          > lib/money.sh
        git commit -qam 'Make add faster'
        echo 'all tests pass'
        """;

    private const string BoldMotto = """
        sleep 1
        echo 'Fortune favours the bold.' > MOTTO
        git commit -qam 'A bold motto'
        """;

    private const string CalmMotto = """
        sleep 1
        echo 'Slow is smooth, smooth is fast.' > MOTTO
        git commit -qam 'A calm motto'
        """;

    private const string Crash = """
        echo 'discount() { echo "half done' >> lib/money.sh
        git commit -qam 'Begin discounts'
        echo 'not committed yet' > lib/discounts.notes
        kill -9 $$
        """;

    private const string Hang = """
        echo 'started, and never done' > lib/hanging.notes
        setsid sleep 600 &
        setsid sh -c 'trap "" TERM INT HUP; sleep 600' &
        sleep 600
        """;

    private const string PushToTrunk = """
        echo 'mine' > PUSHED && git add PUSHED && git commit -qm 'Push past everybody'
        git push origin HEAD:main
        """;

    /// <summary>Added together; the fleet decides what runs when.</summary>
    public static readonly DemoTask[] AtOnce =
    [
        new("Add double, with a test", GoodWork),
        new("Add quadruple on top of double", BuildsOnGoodWork, 0),
        new("Make add faster (says its tests pass)", Lie),
        new("Give the shop a bold motto", BoldMotto),
        new("Give the shop a calm motto", CalmMotto),
        new("Begin discounts (crashes midway)", Crash),
        new("Wait for a printer (hangs)", Hang),
        new("Push to trunk from the worktree", PushToTrunk),
    ];

    /// <summary>Added when the others have ended, so that only its own run can be meant.</summary>
    public static DemoTask Trespass(string checkout) =>
        new(
            "Edit the person's own checkout",
            $"echo 'I was here.' >> '{checkout}/README.md'\n"
                + "echo 'note' > NOTE && git add NOTE && git commit -qm 'Add a note'\n"
        );
}
