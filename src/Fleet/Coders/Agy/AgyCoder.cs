using System.Collections.Immutable;
using Fleet.Processes;

namespace Fleet.Coders.Agy;

/// <summary>Google's Antigravity CLI, one prompt per process.</summary>
/// <remarks>
/// It comes with an installer and a sign-in of its own, from no package registry: this follows its documented stream.
/// </remarks>
internal sealed class AgyCoder : ICoder
{
    public string Name => "agy";

    public CoderAbilities Abilities =>
        new(Steers: false, Interrupts: false, Resumes: true, AsksPermission: false, TellsCost: false, TellsReset: true);

    public CoderLaunch Launch(CoderRequest request) =>
        new(
            [
                request.Program ?? "agy",
                "-p",
                request.Prompt,
                "--output-format",
                "stream-json",
                "--mode",
                "accept-edits",
                // At its own limit it says SUCCESS with half an answer; Fleet's limits end a run long before.
                "--print-timeout",
                "100h",
                .. Option("--model", request.Model),
                .. Option("--conversation", request.Resume),
            ],
            ImmutableDictionary<string, string>.Empty,
            PieceInput.None,
            ImmutableDictionary<string, string>.Empty
        );

    public ICoderSession Open(CoderRequest request) => new AgySession();

    private static ImmutableArray<string> Option(string name, string? value) => value is null ? [] : [name, value];
}
