using System.Collections.Immutable;
using Fleet.Coders;
using Fleet.Coders.Own;
using Fleet.Rules.Runs;
using Fleet.Rules.Settings;

namespace Fleet.Tests.Coders;

/// <summary>Any program that prints words for people: no turn of it ends, its exit decides.</summary>
public sealed class LinesContractTests : CoderContract
{
    private protected override ICoder Coder { get; } =
        new OwnCoder(
            new CoderSettings(
                "mine",
                ["mycli", "--model", "{model}", "{file}"],
                CoderPrompt.File,
                Limits: ["usage limit reached*try again in {in}"]
            ),
            spoken: null
        );

    private protected override string Prefix => "own-";

    private protected override (string Stream, string Answer) Done => ("own-plain.lines", "all done");

    private protected override IReadOnlyDictionary<string, ErrorClass> Failed =>
        ImmutableDictionary<string, ErrorClass>.Empty;

    private protected override ImmutableArray<string> Unfinished => ["own-plain.lines", "own-limit.lines"];
}
