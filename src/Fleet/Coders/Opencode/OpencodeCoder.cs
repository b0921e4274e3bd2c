using System.Collections.Immutable;
using Fleet.Coders.Acp;
using Fleet.Processes;

namespace Fleet.Coders.Opencode;

/// <summary>
/// Opencode by ACP: it asks and is interrupted. A refused tool call ends its turn as if it were done, and the tokens of
/// a turn of several model calls are estimates.
/// </summary>
internal sealed class OpencodeCoder : ICoder
{
    private static readonly AcpDialect Dialect = new(TellsLastCallOnly: true);

    public string Name => "opencode";

    public CoderAbilities Abilities { get; } =
        new(
            Steers: false,
            Interrupts: true,
            Resumes: true,
            AsksPermission: true,
            TellsCost: true,
            TellsReset: false,
            Unasked: "reading"
        );

    public CoderLaunch Launch(CoderRequest request) =>
        new(
            [request.Program ?? "opencode", "acp"],
            OpencodeConfiguration.Environment(request, asks: true),
            PieceInput.Fifo,
            ImmutableDictionary<string, string>.Empty
        );

    public ICoderSession Open(CoderRequest request) => new AcpSession(request, Dialect);
}
