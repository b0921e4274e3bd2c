using Fleet.Rules.Settings;
using FsCheck;
using FsCheck.Fluent;

namespace Fleet.Rules.Tests.Settings;

/// <summary>Flags before the repository before the home; of two limits the stricter holds.</summary>
public sealed class EffectiveSettingsTests
{
    private static readonly HomeSettings Home = new();

    [Fact]
    public void A_repository_cannot_raise_any_limit()
    {
        Check.QuickThrowOnFailure(
            Prop.ForAll(
                ArbMap.Default.ArbFor<(
                    PositiveInt Home,
                    PositiveInt Asked,
                    bool Push,
                    bool AskedPush,
                    bool Auto,
                    bool AskedAuto
                )>(),
                seen =>
                {
                    var (home, asked) = (TimeSpan.FromSeconds(seen.Home.Get), TimeSpan.FromSeconds(seen.Asked.Get));
                    var set = new HomeSettings(
                        Limits: new RunLimits(home, home, home, seen.Home.Get),
                        GateTimeout: home,
                        Landing: new LandingSettings(Mode(seen.Auto), seen.Push)
                    );
                    var repository = new RepositorySettings(
                        Gates: [new GateSettings("g", "true", asked)],
                        Limits: new AskedLimits(asked, asked, asked, seen.Asked.Get),
                        Landing: new AskedLanding(Mode(seen.AskedAuto), seen.AskedPush)
                    );
                    var lower = TimeSpan.FromSeconds(Math.Min(seen.Home.Get, seen.Asked.Get));
                    var effective = EffectiveSettings.Of(set, repository);
                    return effective.Limits == new RunLimits(lower, lower, lower, (long)lower.TotalSeconds)
                        && effective.Gates[0].Timeout == lower
                        && effective.Landing.Mode == Mode(seen.Auto && seen.AskedAuto)
                        && effective.Landing.Push == (seen.Push && seen.AskedPush);
                }
            )
        );
    }

    [Fact]
    public void A_repository_that_says_nothing_leaves_the_homes_word()
    {
        var home = new HomeSettings(Landing: new LandingSettings(LandingMode.Auto, Push: false));
        var effective = EffectiveSettings.Of(home, new RepositorySettings());
        Assert.Equal((home.Limits, home.Landing), (effective.Limits, effective.Landing));
    }

    [Fact]
    public void A_gate_without_a_timeout_has_the_fleets()
    {
        var repository = new RepositorySettings(Gates: [new GateSettings("tests", "./test.sh")]);
        Assert.Equal(Home.GateTimeout, EffectiveSettings.Of(Home, repository).Gates[0].Timeout);
    }

    [Fact]
    public void A_persons_flag_wins_over_both()
    {
        var repository = new RepositorySettings(
            Gates: [new GateSettings("tests", "./test.sh", TimeSpan.FromMinutes(1))],
            Limits: new AskedLimits(Time: TimeSpan.FromMinutes(5))
        );
        var flags = new AskedByFlag(
            new AskedLimits(Time: TimeSpan.FromHours(2)),
            TimeSpan.FromMinutes(30),
            new AskedLanding(LandingMode.Auto)
        );
        var effective = EffectiveSettings.Of(Home, repository, flags);
        Assert.Equal(TimeSpan.FromHours(2), effective.Limits.Time);
        Assert.Equal(TimeSpan.FromMinutes(30), effective.Gates[0].Timeout);
        Assert.Equal(new LandingSettings(LandingMode.Auto, Push: true), effective.Landing);
    }

    [Fact]
    public void By_name_a_repositorys_agent_replaces_the_homes_but_keeps_under_its_budget()
    {
        var home = new HomeSettings(
            Agents: [new AgentSettings("a", Model: "small", Budget: new Budget(4, null)), new AgentSettings("b")]
        );
        var repository = new RepositorySettings(
            Agents: [new AgentSettings("c"), new AgentSettings("a", Model: "big", Budget: new Budget(9, 40))]
        );
        var agents = EffectiveSettings.Of(home, repository).Agents;
        Assert.Equal(["a", "b", "c"], agents.Select(agent => agent.Name));
        Assert.Equal(("big", new Budget(4, 40)), (agents[0].Model, agents[0].Budget));
    }

    private static LandingMode Mode(bool auto) => auto ? LandingMode.Auto : LandingMode.Approve;
}
