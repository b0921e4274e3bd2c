using System.Collections.Immutable;
using Fleet.Processes;
using Fleet.Rules.Settings;

namespace Fleet.Coders.Own;

/// <summary>A coder that a person defined in settings, without a line of code.</summary>
/// <param name="settings">Its command, and how to read it.</param>
/// <param name="spoken">The coder whose stream it prints; null where it prints lines for people.</param>
internal sealed class OwnCoder(CoderSettings settings, ICoder? spoken) : ICoder
{
    private const string PromptName = "prompt.md";

    public string Name => settings.Name;

    public CoderAbilities Abilities
    {
        get
        {
            var theirs = spoken?.Abilities ?? LinesOnly;
            return theirs with
            {
                Steers = IsSpokenTo && theirs.Steers,
                Interrupts = IsSpokenTo && theirs.Interrupts,
                AsksPermission = IsSpokenTo && theirs.AsksPermission,
                Unasked = IsSpokenTo ? theirs.Unasked : LinesOnly.Unasked,
                Resumes = theirs.Resumes && (IsSpokenTo || CoderCommand.Uses(settings.Command, "session")),
                TellsReset = theirs.TellsReset || settings.Limits is not [],
            };
        }
    }

    private static CoderAbilities LinesOnly =>
        new(
            Steers: false,
            Interrupts: false,
            Resumes: false,
            AsksPermission: false,
            TellsCost: false,
            TellsReset: false,
            TellsTokens: false,
            EndsTurns: false
        );

    /// <summary>Only this protocol is given its prompt in its own words; every other is started with it.</summary>
    private bool IsSpokenTo => settings.Output is CoderOutput.Acp;

    public CoderLaunch Launch(CoderRequest request)
    {
        var file = Path.Combine(request.Configuration, PromptName);
        var command = CoderCommand.Fill(Command, word => Value(word, request, file));
        ImmutableArray<string> started = request.Program is { } program ? [program, .. command.Skip(1)] : command;
        var environment = settings.Env.ToImmutableDictionary(
            variable => variable.Key,
            variable => CoderCommand.Text(variable.Value, word => Value(word, request, file) ?? "")!,
            StringComparer.Ordinal
        );
        return new CoderLaunch(started, environment, Input, Files(file, request), AsFile ? file : null);
    }

    public ICoderSession Open(CoderRequest request) =>
        new OwnSession(
            spoken?.Open(request) ?? new Lines.LinesSession(),
            settings,
            isSpokenTo: IsSpokenTo,
            readsLimits: spoken is null ? LimitsIn.EveryLine : LimitsIn.WordsBetween
        );

    private bool AsFile => Input is PieceInput.File;

    private PieceInput Input =>
        IsSpokenTo ? PieceInput.Fifo
        : settings.Prompt is CoderPrompt.Stdin ? PieceInput.File
        : PieceInput.None;

    /// <summary>A command that says nowhere where its prompt goes has it as its last argument.</summary>
    private ImmutableArray<string> Command =>
        (IsSpokenTo, settings.Prompt) switch
        {
            (false, CoderPrompt.Argument) when !CoderCommand.Uses(settings.Command, "prompt") =>
            [
                .. settings.Command,
                "{prompt}",
            ],
            (false, CoderPrompt.File) when !CoderCommand.Uses(settings.Command, "file") =>
            [
                .. settings.Command,
                "{file}",
            ],
            _ => settings.Command,
        };

    private ImmutableDictionary<string, string> Files(string file, CoderRequest request)
    {
        var none = ImmutableDictionary<string, string>.Empty;
        return !IsSpokenTo && settings.Prompt is not CoderPrompt.Argument ? none.Add(file, request.Prompt) : none;
    }

    private static string? Value(string word, CoderRequest request, string file) =>
        word switch
        {
            "model" => request.Model,
            "prompt" => request.Prompt,
            "file" => file,
            "session" => request.Resume,
            "worktree" => request.Worktree,
            "configuration" => request.Configuration,
            _ => throw new ArgumentOutOfRangeException(nameof(word), word, "no run fills it in"),
        };
}
