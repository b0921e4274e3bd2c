namespace Fleet.Tests.Git.Landing;

/// <summary>
/// Random edits of a person against random landings: the person's edits are kept to the byte, or the landing waited
/// and changed nothing at all. A failing case names its seed and its person.
/// </summary>
public abstract class RandomLandingTests
{
    private const int Groups = 2;
    private const int Cases = 500;
    private const int PersonsPerSeed = 10;

    /// <summary>Groups are classes of their own, because those run at the same time.</summary>
    private protected abstract int Group { get; }

    private static int Seeds => Cases / PersonsPerSeed * (IsLong ? 10 : 1);

    private static bool IsLong => Environment.GetEnvironmentVariable("FLEET_LONG") == "1";

    [Fact]
    public async Task A_persons_edits_are_kept_or_the_landing_waits()
    {
        using var ground = new LandingGround();
        var (moved, all) = (0, 0);
        for (var seed = Group; seed < Seeds; seed += Groups)
        {
            moved += await RandomCase.Run(ground, seed, PersonsPerSeed);
            all += PersonsPerSeed;
        }

        Assert.Equal(Cases / Groups, IsLong ? all / 10 : all);
        // Neither answer may be the only one, or the property says little.
        Assert.InRange(moved, all / 10, all - (all / 10));
    }
}

public sealed class RandomLandingEvenTests : RandomLandingTests
{
    private protected override int Group => 0;
}

public sealed class RandomLandingOddTests : RandomLandingTests
{
    private protected override int Group => 1;
}
