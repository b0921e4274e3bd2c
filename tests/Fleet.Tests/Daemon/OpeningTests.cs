using Fleet.Daemon;
using Fleet.Log;
using Fleet.Rules;
using Fleet.Rules.Attention;
using Fleet.Tests.Log;

namespace Fleet.Tests.Daemon;

public sealed class OpeningTests : IDisposable
{
    private readonly MemoryLog log = new();
    private readonly Position head;

    public OpeningTests()
    {
        var began = new Event.EpochBegan(new Epoch(1), "here");
        head = Given.AppendTo(log, Envelope.Of(new Fact(1, Given.Noon, Actor.Rule("test"), null, began)));
    }

    public void Dispose() => log.Dispose();

    [Fact]
    public void A_snapshot_of_these_very_rules_spares_reading_what_lies_before_it()
    {
        Keep(StateJson.RulesFingerprint, StateJson.Write(Elsewhere));

        Assert.Equal("elsewhere", Opening.Fold(log, RuleSet.Production).State.Holder);
    }

    [Fact]
    public void A_snapshot_of_other_rules_is_discarded()
    {
        Keep("other rules", StateJson.Write(Elsewhere));

        Assert.Equal("here", Opening.Fold(log, RuleSet.Production).State.Holder);
    }

    [Fact]
    public void A_snapshot_that_cannot_be_read_is_discarded()
    {
        Keep(StateJson.RulesFingerprint, [1, 2, 3]);

        Assert.Equal("here", Opening.Fold(log, RuleSet.Production).State.Holder);
    }

    [Fact]
    public void One_who_fell_behind_the_log_keeps_no_snapshot()
    {
        Given.AppendTo(log, Given.Event(2));

        Opening.KeepSnapshot(log, Elsewhere, head);

        Assert.Null(log.LatestSnapshot());
    }

    [Fact]
    public void What_a_silent_predecessor_appends_at_the_last_moment_is_read_and_succeeded()
    {
        var (loop, outcome) = Begin(meanwhile: new Event.FleetPaused(PauseKind.StartNothing, "at the last moment"));

        Assert.IsType<StepOutcome.Applied>(outcome);
        Assert.Equal((PauseKind.StartNothing, new Epoch(2)), (loop.State.Paused, loop.State.Epoch));
    }

    [Fact]
    public void A_later_epoch_that_began_meanwhile_is_not_outbid()
    {
        var (_, outcome) = Begin(meanwhile: new Event.EpochBegan(new Epoch(2), "another"));

        Assert.IsType<StepOutcome.SteppedDown>(outcome);
    }

    /// <summary>A daemon begins, and between its reading and its first step somebody else appends.</summary>
    private (FleetLoop Loop, StepOutcome Outcome) Begin(Event meanwhile)
    {
        Event? still = meanwhile;
        var rules = RuleSet.Production with
        {
            Decide = (state, input, now) =>
            {
                if (still is { } late)
                {
                    still = null;
                    Given.AppendTo(log, Envelope.Of(new Fact(2, Given.Noon, Actor.Rule("test"), null, late)));
                }

                return RuleSet.Production.Decide(state, input, now);
            },
        };
        return Opening.Begin(log, rules, [new Input.Seen(new Observation.DaemonStarted("next"))], Given.Noon);
    }

    private FleetState Elsewhere => FleetState.Empty with { Seq = head.Seq, Holder = "elsewhere" };

    private void Keep(string fingerprint, byte[] state) =>
        log.KeepSnapshot(new Snapshot(head.Seq, head.Hash, fingerprint, state));
}
