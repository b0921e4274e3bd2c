using System.Collections.Immutable;
using Fleet.ModelStub.Apis;

namespace Fleet.ModelStub.Scripts;

/// <summary>Where a conversation stands in its script.</summary>
/// <remarks>
/// Nothing is remembered between requests: what was played is what the conversation holds after the script, so a
/// script goes on when the coder or the stub was started anew.
/// </remarks>
internal sealed record Cue(int Index, Step Step)
{
    private static readonly Step NoScript = new Step.Say("There is no script in this conversation.");

    /// <summary>A script in a prompt counts from there; a scenario's counts from the start.</summary>
    public static Cue In(Conversation conversation, Script? scenario)
    {
        var said = conversation.Said;
        for (var place = said.Length - 1; place >= 0; place--)
        {
            if (said[place] is { Voice: Voice.Person } prompt && Script.In(prompt.Words) is { } script)
            {
                return At(script, said[(place + 1)..]);
            }
        }

        return scenario is null ? new Cue(0, NoScript) : At(scenario, said);
    }

    private static Cue At(Script script, ImmutableArray<Said> since)
    {
        var played = since.Count(said => said.Voice is Voice.Tool || IsStep(script, said));
        return new Cue(played, script.At(played));
    }

    private static bool IsStep(Script script, Said said) => said.Voice is Voice.Model && script.Says(said.Words);
}
