namespace Fleet.Rules.Runs;

/// <summary>A tool call of a live run that waits for a person, or was answered by one.</summary>
/// <param name="Request">The coder's own name of the request.</param>
/// <param name="Input">What the tool is given, cut where it is long.</param>
/// <param name="Until">Then the answer is no.</param>
/// <param name="Allowed">None while nobody answered.</param>
/// <param name="By">Who or what answered.</param>
public sealed record AskedPermission(
    string Request,
    string Tool,
    string Input,
    DateTimeOffset Until,
    bool? Allowed = null,
    string By = ""
);
