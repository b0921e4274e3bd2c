namespace Fleet.Tests.Git.Landing;

/// <summary>
/// Random edits of a person against random landings: the person's edits are kept to the byte, or the landing waited
/// and changed nothing at all. A failing case names its seed.
/// </summary>
public sealed class RandomLandingTests
{
    private const int Groups = 4;

    private static int CasesPerGroup => Environment.GetEnvironmentVariable("FLEET_LONG") == "1" ? 125 : 15;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_persons_edits_are_kept_or_the_landing_waits(int group)
    {
        using var ground = new LandingGround();
        var moved = 0;
        for (var i = 0; i < CasesPerGroup; i++)
        {
            var seed = (i * Groups) + group;
            moved += await RandomCase.Run(ground, seed) ? 1 : 0;
        }

        // Neither answer may be the only one, or the property says little.
        Assert.InRange(moved, 1, CasesPerGroup - 1);
    }
}
