namespace Fleet.EndToEnd.Chaos;

/// <summary>How much tests that break a real fleet on purpose do of it, and by which chance.</summary>
internal static class ChaosSuite
{
    public static bool IsLong => Environment.GetEnvironmentVariable("FLEET_LONG") is { Length: > 0 };

    /// <summary>A number of rounds for everyday, another one for the long form; FLEET_ROUNDS replaces both.</summary>
    public static int Rounds(int everyday, int @long) =>
        int.TryParse(Environment.GetEnvironmentVariable("FLEET_ROUNDS"), out var asked) ? asked
        : IsLong ? @long
        : everyday;

    /// <summary>The seed of this run; a failing test names it.</summary>
    public static int Seed =>
        int.TryParse(Environment.GetEnvironmentVariable("FLEET_SEED"), out var seed) ? seed : 20_261_121;
}
