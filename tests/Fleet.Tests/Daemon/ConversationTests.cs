using System.Collections.Concurrent;
using System.Diagnostics;
using Fleet.Coders;
using Fleet.Coders.Claude;
using Fleet.Daemon;
using Fleet.Daemon.Conversations;
using Fleet.Processes;
using Fleet.Rules;
using Fleet.Rules.Agents;
using Fleet.Rules.Runs;
using Fleet.Rules.Settings;
using Fleet.Rules.Tasks;
using Fleet.Tests.Coders;
using Fleet.Tests.Git;

namespace Fleet.Tests.Daemon;

/// <summary>A conversation through real files; the coder at the other end is the test.</summary>
public sealed class ConversationTests : IDisposable
{
    private const string Init = """{"type":"system","subtype":"init","session_id":"s-1","model":"m"}""";
    private const string Result =
        """{"type":"result","subtype":"success","is_error":false,"result":"done","terminal_reason":"completed"}""";
    private const string Aborted = """
        {"type":"result","subtype":"error_during_execution","is_error":true,"terminal_reason":"aborted_tools"}
        """;
    private static readonly RunId Run = new(new TaskId(12), 3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly Told Hurry = new(41, "dana", "please hurry");

    private readonly Scratch scratch = new();
    private readonly string directory;
    private readonly ConcurrentQueue<Observation> seen = new();
    private readonly List<Daemon> daemons = [];
    private readonly StreamReader input;

    public ConversationTests()
    {
        directory = Directory.CreateDirectory(scratch.At("run")).FullName;
        var fifo = new PieceFiles(directory).InputPath;
        Process.Start("mkfifo", [fifo])!.WaitForExit();
        // Held open, as the keeper does: what is said does not get lost with a daemon.
        input = new StreamReader(
            new FileStream(fifo, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 1)
        );
    }

    public void Dispose()
    {
        daemons.ForEach(daemon => daemon.Dispose());
        input.Dispose();
        scratch.Dispose();
    }

    [Fact]
    public async Task A_coder_that_died_with_a_full_pipe_does_not_hold_its_conversation_up()
    {
        var daemon = Talks(new string('x', 300_000));
        await daemon.ReadsWhat(Init);

        await daemon.Conversation.Finish(new PieceExit(1, null, default, 0, 0), default).WaitAsync(Patience);

        Assert.Equal(TurnResult.Interrupted, Seen<Observation.CoderTurnEnded>().Single().Turn.Result);
    }

    [Fact]
    public async Task Words_are_said_at_once_and_heard_when_the_coder_takes_them_up()
    {
        var daemon = Talks();
        await daemon.ReadsWhat(Init);
        daemon.Conversation.Tell(Hurry);

        Assert.Contains("please hurry", (await Hears(2))[1], StringComparison.Ordinal);
        Assert.Empty(Seen<Observation.WordsHeard>());

        Prints(Echo("please hurry"));
        Assert.Equal(41, (await Sees<Observation.WordsHeard>()).Told);
    }

    [Fact]
    public async Task A_successor_says_nothing_twice_and_knows_what_was_said()
    {
        using (var first = Talks())
        {
            await first.ReadsWhat(Init);
            first.Conversation.Tell(Hurry);
            await Hears(2);
        }

        var second = Talks();
        second.Conversation.Tell(Hurry);
        Prints(Echo("please hurry"), Echo("something else"));
        await Sees<Observation.WordsHeard>();
        second.Conversation.Tell(Hurry with { Seq = 42, Words = "and the tests" });

        Assert.Contains("and the tests", (await Hears(1))[0], StringComparison.Ordinal);
        Assert.Single(Seen<Observation.WordsHeard>());
    }

    [Fact]
    public async Task Words_written_down_but_not_said_when_the_daemon_died_are_said_by_the_next_one()
    {
        using (var first = Talks())
        {
            await first.ReadsWhat(Init);
        }

        await Hears(1);
        new Interjections(directory).Add(new Interjection(Init.Length + 1, 41, "dana", "please hurry"));

        Talks();
        Assert.Contains("please hurry", (await Hears(1))[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_too_late_for_a_turn_begin_another_one_before_the_run_has_ended()
    {
        var daemon = Talks();
        await daemon.ReadsWhat(Init);
        daemon.Conversation.Tell(Hurry);
        await Hears(2);

        Prints(Result, Init);
        Prints(Echo("please hurry"));
        await Sees<Observation.WordsHeard>();
        Assert.Empty(Seen<Observation.CoderTurnEnded>());

        Prints(Result);
        await Sees<Observation.CoderTurnEnded>();
        Assert.True(
            seen.ToList().FindIndex(one => one is Observation.WordsHeard)
                < seen.ToList().FindIndex(one => one is Observation.CoderTurnEnded)
        );
    }

    [Fact]
    public async Task Words_that_were_never_taken_up_end_with_the_process_and_wait_for_the_next_run()
    {
        var daemon = Talks();
        await daemon.ReadsWhat(Init);
        daemon.Conversation.Tell(Hurry);
        await Hears(2);
        Prints(Result);

        await daemon.Conversation.Finish(new PieceExit(0, null, default, 0, 0), default).WaitAsync(Patience);

        Assert.Equal(TurnResult.Done, Seen<Observation.CoderTurnEnded>().Single().Turn.Result);
        Assert.Empty(Seen<Observation.WordsHeard>());
    }

    [Fact]
    public async Task An_interruption_is_asked_for_in_the_coders_own_words_and_answered_when_its_turn_ended()
    {
        var daemon = Talks();
        await daemon.ReadsWhat(Init);
        var interrupted = daemon.Conversation.Interrupt(Patience, default);
        Assert.Contains("\"interrupt\"", (await Hears(2))[1], StringComparison.Ordinal);

        Prints(Aborted);

        Assert.True(await interrupted.WaitAsync(Patience));
        Assert.Equal(TurnResult.Interrupted, (await Sees<Observation.CoderTurnEnded>()).Turn.Result);
    }

    [Fact]
    public async Task A_coder_that_does_not_listen_is_not_waited_for_longer_than_it_was_given()
    {
        var daemon = Talks();
        await daemon.ReadsWhat(Init);

        Assert.False(await daemon.Conversation.Interrupt(TimeSpan.FromMilliseconds(50), default));
    }

    [Fact]
    public async Task The_figures_of_a_live_run_come_from_its_stream()
    {
        var daemon = Talks();
        await daemon.ReadsWhat(Init);
        Prints(
            """
            {"type":"assistant","message":{"id":"m1","model":"m","content":[{"type":"tool_use","id":"t1",
            "name":"Bash","input":{"command":"make test"}}],"usage":{"input_tokens":10,"cache_read_input_tokens":90}}}
            """.Replace("\n", "", StringComparison.Ordinal)
        );

        await Until(() => daemon.Conversation.Figures?.ContextTokens is not null);
        var figures = daemon.Conversation.Figures!;
        Assert.Equal("Bash make test", figures.Last);
        Assert.Equal((10, 90, true), (figures.Spent.Input, figures.Spent.CacheRead, figures.IsEstimated));
        Assert.Equal((100, null), (figures.ContextTokens, figures.ContextShare));
        Assert.Null(figures.Spent.Usd);
    }

    private static string Echo(string words) =>
        $$$"""{"type":"user","message":{"content":[{"type":"text","text":"{{{words}}}"}]},"isReplay":true}""";

    private Daemon Talks(string prompt = CoderGround.Prompt)
    {
        var request = CoderGround.Request() with { Prompt = prompt };
        var daemon = new Daemon(directory, request, seen);
        daemons.Add(daemon);
        return daemon;
    }

    private void Prints(params string[] lines) =>
        File.AppendAllText(RunFiles.Transcript(directory), string.Concat(lines.Select(line => line.Trim() + "\n")));

    private IEnumerable<T> Seen<T>() => seen.OfType<T>();

    private async Task<T> Sees<T>()
        where T : Observation
    {
        await Until(() => Seen<T>().Any());
        return Seen<T>().First();
    }

    private static async Task Until(Func<bool> holds)
    {
        var late = Stopwatch.StartNew();
        while (!holds())
        {
            Assert.True(late.Elapsed < Patience, "it never came to that");
            await Task.Delay(10);
        }
    }

    /// <summary>The next lines that the coder would read.</summary>
    private async Task<string[]> Hears(int count)
    {
        var lines = new string[count];
        for (var i = 0; i < count; i++)
        {
            lines[i] = (await input.ReadLineAsync().WaitAsync(Patience))!;
        }

        return lines;
    }

    /// <summary>One daemon's side of the conversation; disposed, it is as good as dead.</summary>
    private sealed class Daemon : IDisposable
    {
        private readonly CancellationTokenSource dies = new();
        private readonly string directory;
        private readonly Task follows;

        public Daemon(string directory, CoderRequest request, ConcurrentQueue<Observation> seen)
        {
            this.directory = directory;
            Conversation = new Conversation(
                Run,
                directory,
                new ClaudeCoder(),
                new ClaudeSession(request),
                new RunPermissions(
                    new RunGround("/tree", "/home", "/checkout", "/tasks/12"),
                    () => new AgentPermissions(),
                    () => []
                ),
                (one, _) =>
                {
                    seen.Enqueue(one);
                    return Task.CompletedTask;
                },
                TimeProvider.System
            );
            follows = Conversation.Follow(dies.Token, dies.Token);
        }

        public Conversation Conversation { get; }

        public async Task ReadsWhat(string line)
        {
            await File.AppendAllTextAsync(RunFiles.Transcript(directory), line + "\n");
        }

        public void Dispose()
        {
            if (!dies.IsCancellationRequested)
            {
                dies.Cancel();
                _ = follows.ContinueWith(_ => Conversation.Dispose(), TaskScheduler.Default).Wait(Patience);
            }
        }
    }
}
