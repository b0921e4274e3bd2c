using System.Collections.Immutable;
using Fleet.Processes;

namespace Fleet.Coders.Acp;

/// <summary>Any program that speaks ACP v1 on its input and output; a person names it in the settings.</summary>
internal sealed class AcpCoder : ICoder
{
    public string Name => "acp";

    /// <summary>What the protocol has; an agent may still ask nothing and count nothing.</summary>
    public static CoderAbilities OfProtocol { get; } =
        new(
            Steers: false,
            Interrupts: true,
            Resumes: true,
            AsksPermission: true,
            TellsCost: true,
            TellsReset: false,
            Unasked: "what the agent does not ask about"
        );

    public CoderAbilities Abilities => OfProtocol;

    public CoderLaunch Launch(CoderRequest request) =>
        new(
            [request.Program ?? "acp-agent"],
            ImmutableDictionary<string, string>.Empty,
            PieceInput.Fifo,
            ImmutableDictionary<string, string>.Empty
        );

    public ICoderSession Open(CoderRequest request) => new AcpSession(request, AcpDialect.Plain);
}
