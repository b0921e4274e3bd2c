using Fleet.Daemon;
using Fleet.Log;
using Fleet.Rules;
using Fleet.Simulation.Checks;

namespace Fleet.Simulation;

/// <summary>Redacting changes what is said, never what is so.</summary>
public sealed class RedactionTests
{
    [Fact]
    public void A_log_without_any_text_gives_the_same_state_but_for_the_texts()
    {
        for (var seed = 0UL; seed < 30; seed++)
        {
            var fleet = new SimulatedFleet(seed);
            Assert.Null(fleet.Run());
            var rows = fleet.Log.Read(0).ToList();
            var whole = Fold(rows);

            var redacted = Fold(
                rows.ConvertAll(row => Redaction.Refusal(whole, row.Seq) is null ? Redacted(row) : row)
            );

            Assert.Equal(StateText.WithoutTexts(whole), StateText.WithoutTexts(redacted));
            Assert.NotEqual(StateText.Of(whole), StateText.Of(redacted));
        }
    }

    private static StoredEvent Redacted(StoredEvent row) =>
        row with
        {
            Body = EventJson.Body(Redaction.Of(Envelope.Read(row)!.Event)),
        };

    private static FleetState Fold(List<StoredEvent> rows) => Envelope.Fold(FleetState.Empty, rows, RuleSet.Production);
}
