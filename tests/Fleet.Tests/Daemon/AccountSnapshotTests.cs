using Fleet.Daemon;
using Fleet.Rules;
using Fleet.Rules.Settings;
using Fleet.Rules.Spending;

namespace Fleet.Tests.Daemon;

/// <summary>The next daemon knows of each account what its predecessor knew.</summary>
public sealed class AccountSnapshotTests
{
    private static readonly AccountId Work = new("claude", "work");
    private static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_snapshot_holds_how_full_an_account_is_and_why_it_rests()
    {
        var window = new AccountWindow("five_hour", 0.25, Noon, IsReached: false);
        var state = FleetState.Empty with
        {
            Home = new HomeSettings(Accounts: [new AccountSettings("work", "claude")]),
        };
        state = Folded(state, new Event.AccountWindowsSeen(Work, [window]));
        state = Folded(state, new Event.AccountLimited(Work, Noon, "5-hour limit"));
        state = Folded(state, new Event.AccountRefused(new AccountId("codex", Account.Default), "invalid key"));

        var again = StateJson.Read(StateJson.Write(state));

        Assert.Equal(state.Accounts.Keys, again.Accounts.Keys);
        Assert.Equal([window], again.Accounts[Work].Windows);
        Assert.Equal(
            (new AccountHold(Noon, "5-hour limit"), 1),
            (again.Accounts[Work].Hold, again.Accounts[Work].HoldsInARow)
        );
        Assert.True(again.PoolOf("codex").NeedsPerson);
        Assert.Equal(Next.For(state, default).WakeAt, Next.For(again, default).WakeAt);
    }

    private static FleetState Folded(FleetState state, Event e) =>
        Evolve.Apply(state, new Fact(state.Seq + 1, Noon, Actor.Rule("test"), null, e));
}
