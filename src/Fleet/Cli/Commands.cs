using System.CommandLine;
using System.Runtime.InteropServices;
using Fleet.Cli.Commands;
using Fleet.Cli.Output;
using Fleet.Daemon;
using Fleet.Rules;
using Fleet.Settings;

namespace Fleet.Cli;

/// <summary>The table of all commands, and the way from arguments to an exit code.</summary>
internal static class CommandTable
{
    private static readonly ParserConfiguration Strict = new()
    {
        EnablePosixBundling = false,
        ResponseFileTokenReplacer = null,
    };

    /// <summary>Every command in the order of the help; made only when it is asked for.</summary>
    public static readonly (string Group, string Name, Func<Verb> Make)[] All =
    [
        ("set up", "init", () => new InitVerb()),
        ("set up", "trust", () => new TrustVerb()),
        ("set up", "up", () => new UpVerb()),
        ("set up", "down", () => new DownVerb()),
        ("work", "add", () => new AddVerb()),
        ("work", "tasks", () => new TasksVerb()),
        ("work", "task", () => new TaskVerb()),
        ("work", "edit", () => new EditVerb()),
        ("work", "say", () => new SayVerb()),
        ("work", "wait", () => new WaitVerb()),
        ("decide", "approve", () => new ApproveVerb()),
        ("decide", "reject", () => new RejectVerb()),
        ("decide", "answer", () => new AnswerVerb()),
        ("decide", "land", () => new LandVerb()),
        ("decide", "retry", () => new RetryVerb()),
        ("decide", "abandon", () => new AbandonVerb()),
        ("hold", "stop", () => new StopVerb()),
        ("hold", "pause", () => new PauseVerb()),
        ("hold", "resume", () => new ResumeVerb()),
        ("look after", "config", () => new ConfigVerb()),
        ("look after", "usage", () => new UsageVerb()),
        ("look after", "audit", () => new AuditVerb()),
        ("look after", "coders", () => new CodersVerb()),
        ("look after", "accounts", () => new AccountsVerb()),
        ("look after", "doctor", () => new DoctorVerb()),
        ("look after", "gc", () => new GcVerb()),
        ("look after", "forget", () => new ForgetVerb()),
        ("about", "demo", () => new DemoVerb()),
        ("about", "completion", () => new CompletionVerb()),
        ("about", "version", () => new VersionVerb()),
        ("about", "help", () => new HelpVerb()),
    ];

    public static async Task<int> Run(string[] args)
    {
        using var interrupt = new CancellationTokenSource();
        Console.CancelKeyPress += (_, press) =>
        {
            press.Cancel = true;
            interrupt.Cancel();
        };
        // The web server inside a daemon takes these signals for its own end, and the process would live on.
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, End);
        return await Run(args, Surroundings.OfProcess(), interrupt.Token);

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            interrupt.Cancel();
        }
    }

    public static async Task<int> Run(string[] args, Surroundings around, CancellationToken stop)
    {
        var name = args.Length == 0 ? "help" : args[0];
        name =
            name is "--help" or "-h" ? "help"
            : name is "--version" ? "version"
            : name;
        var known = Array.Find(All, entry => string.Equals(entry.Name, name, StringComparison.Ordinal));
        if (known.Make is null)
        {
            return Unknown(name, around.Terminal);
        }

        var verb = known.Make();
        var rest = args.Skip(1).ToList();
        var cut = verb.Tail is null ? -1 : rest.IndexOf("--");
        var parsed = verb.Command.Parse(Literal(cut < 0 ? rest : rest[..cut]), Strict);
        if (parsed.GetValue(verb.Help))
        {
            around.Terminal.Write(HelpText.Of(verb));
            return Answer.Done;
        }

        var call = new Call(verb, parsed, cut < 0 ? null : rest[(cut + 1)..], around);
        return parsed.Errors.Count > 0 ? Wrong(verb, parsed, call) : await Run(verb, call, stop);
    }

    /// <summary>The parser would take a first word in square brackets for an order to itself.</summary>
    private static List<string> Literal(List<string> words) =>
        words is [['[', ..], ..] ? [Verb.LiteralName, .. words] : words;

    private static async Task<int> Run(Verb verb, Call call, CancellationToken stop)
    {
        try
        {
            return await verb.Run(call, stop);
        }
        catch (UserErrorException refused)
        {
            return call.Fail(refused.Error);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }

    private static int Unknown(string name, Terminal terminal)
    {
        var meant = DidYouMean.Of(name, All.Select(entry => entry.Name));
        var why = meant is null ? null : $"did you mean \"{meant}\"?";
        terminal.Error.Write(
            ErrorText.Of(
                new UserError(
                    Answer.Usage,
                    $"there is no command \"{name}\"",
                    null,
                    why,
                    meant is null ? "fleet help" : $"fleet {meant} --help"
                )
            )
        );
        return Answer.Usage;
    }

    private static int Wrong(Verb verb, ParseResult parsed, Call call)
    {
        var stray = parsed.UnmatchedTokens.FirstOrDefault(token => token.StartsWith('-'));
        var options = verb.Command.Options.SelectMany(option => option.Aliases.Append(option.Name));
        var meant = stray is null ? null : DidYouMean.Of(stray, options);
        return call.Fail(
            Answer.Usage,
            string.Join(" ", parsed.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal)),
            meant is null ? null : $"did you mean \"{meant}\"?",
            $"fleet {verb.Command.Name} --help"
        );
    }
}
