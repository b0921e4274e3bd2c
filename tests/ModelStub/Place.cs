using System.Collections.Immutable;
using Fleet.ModelStub.Faults;
using Fleet.ModelStub.Scripts;

namespace Fleet.ModelStub;

/// <summary>Where a run's base URL points: <c>/f/FAULTS/RUN</c> or <c>/s/SCENARIO/RUN</c>.</summary>
internal sealed record Place(string Kind, string Plan, string Run)
{
    public const string Faulty = "f";
    public const string Scripted = "s";

    public override string ToString() => $"/{Kind}/{Plan}/{Run}";

    /// <summary>Splits a path into its place and the vendor's own path.</summary>
    public static (Place? Place, string Below)? Split(string path) =>
        path.Split('/', 5) is ["", Faulty or Scripted, var plan, { Length: > 0 } run, .. var rest]
            ? (new Place(path[1..2], plan, run), "/" + string.Concat(rest))
            : null;

    /// <summary>What is played here; null if it names no fault or scenario.</summary>
    public Scenario? Scenario(IReadOnlyDictionary<string, Scenario> known) =>
        Kind == Scripted ? known.GetValueOrDefault(Plan)
        : Fault.ParseAll(Plan) is { } faults ? new Scenario(null, faults)
        : null;
}
