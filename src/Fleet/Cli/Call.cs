using System.CommandLine;
using Fleet.Cli.Output;
using Fleet.Daemon;
using Fleet.Rules;

namespace Fleet.Cli;

/// <summary>One use of a verb: its arguments, and what it may do with the world.</summary>
/// <param name="tail">What followed <c>--</c>; none when there was no <c>--</c>.</param>
internal sealed class Call(Verb verb, ParseResult parsed, IReadOnlyList<string>? tail, Surroundings around)
{
    public Terminal Terminal { get; } =
        parsed.GetValue(verb.NoInput) ? around.Terminal with { Prompts = false } : around.Terminal;

    public FleetHome Home => around.Home;

    public string Directory => around.Directory;

    public TimeProvider Clock => around.Clock;

    public bool Json { get; } = parsed.GetValue(verb.Json);

    public IReadOnlyList<string>? Tail => tail;

    /// <summary>An agent's run speaks as that run, a person as who the system says they are.</summary>
    public Actor Who =>
        RunId.TryParse(Variable("FLEET_RUN_ID"), out var run)
            ? Actor.Agent(run)
            : Actor.Human(Variable("USER") ?? Variable("LOGNAME") ?? System.Environment.UserName);

    public T? Value<T>(Option<T> option) => parsed.GetValue(option);

    public T? Value<T>(Argument<T> argument) => parsed.GetValue(argument);

    public bool Has(Option option) => parsed.GetResult(option) is { Implicit: false };

    public string? Variable(string name) => around.Environment(name) is { Length: > 0 } value ? value : null;

    public IControl Connect() => around.Connect();

    public ControlRequest Asking(Request request, string? requestId = null) =>
        new(requestId ?? Guid.NewGuid().ToString("N"), Who.ToString(), request);

    /// <summary>Asks, and tells the answer.</summary>
    public async Task<int> Ask(Request request, CancellationToken stop)
    {
        await using var control = Connect();
        return Tell(await control.Ask(Asking(request), stop));
    }

    public int Tell(Answer answer)
    {
        if (Json && answer.Code == Answer.Done)
        {
            return Show(ControlJson.Write(answer));
        }

        if (answer.Code != Answer.Done)
        {
            return Fail(ErrorText.Of(answer));
        }

        Terminal.Line(Plain.Line(answer.Message));
        return Answer.Done;
    }

    public int Show(ReadOnlySpan<byte> json)
    {
        Terminal.Write([.. json, (byte)'\n']);
        return Answer.Done;
    }

    public int Fail(UserError error)
    {
        Terminal.Error.Write(
            Json ? System.Text.Encoding.UTF8.GetString(ControlJson.Write(error)) + "\n" : ErrorText.Of(error)
        );
        return error.Code;
    }

    public int Fail(int code, string what, string? why = null, string? next = null, string? where = null) =>
        Fail(new UserError(code, what, where, why, next));
}
