using System.Collections.Immutable;
using System.Text.Json;
using Fleet.Coders;
using Fleet.Rules.Runs;
using Fleet.Rules.Spending;

namespace Fleet.Tests.Coders;

/// <summary>
/// What every adapter does, whatever its coder; what a coder cannot is said by its <see cref="CoderAbilities"/>.
/// </summary>
public abstract class CoderContract
{
    private const int Seeds = 20;

    private protected abstract ICoder Coder { get; }

    /// <summary>How the files of its recorded streams begin.</summary>
    private protected abstract string Prefix { get; }

    /// <summary>A stream with one turn that is done, and its last words.</summary>
    private protected abstract (string Stream, string Answer) Done { get; }

    /// <summary>Streams whose last turn failed, and of which class.</summary>
    private protected abstract IReadOnlyDictionary<string, ErrorClass> Failed { get; }

    /// <summary>Streams that break off: no turn of theirs has ended.</summary>
    private protected abstract ImmutableArray<string> Unfinished { get; }

    /// <summary>With what the run was asked for that wrote this stream.</summary>
    private protected virtual CoderRequest RequestOf(string stream) => CoderGround.Request();

    /// <summary>The lines as this coder would have written them to what Fleet wrote.</summary>
    private protected virtual ImmutableArray<byte[]> LinesOf(string stream) => CoderGround.Lines(stream);

    /// <summary>Members that hold what a tool was given: another order is another input.</summary>
    private protected virtual ImmutableArray<string> FreeForm => [];

    private ImmutableArray<string> Streams => CoderGround.Streams(Prefix);

    private Played Play(string stream, IEnumerable<byte[]>? lines = null) =>
        CoderGround.Play(Coder, RequestOf(stream), lines ?? LinesOf(stream));

    private static int Ends(Played played) => played.Of<CoderEvent.TurnEnded>().Length;

    /// <summary>All that is no mere line of the transcript.</summary>
    private static IEnumerable<CoderEvent> Facts(Played played) =>
        played.Events.Where(seen => seen is not (CoderEvent.Text or CoderEvent.Notice));

    [Fact]
    public void There_are_recorded_streams() => Assert.NotEmpty(Streams);

    [Fact]
    public void Every_recorded_stream_reads_as_a_person_approved_it() =>
        Approved.All([.. Streams.Select(stream => (stream, EventLines.Text(Play(stream))))]);

    [Fact]
    public void A_turn_that_is_done_tells_its_session_its_words_and_its_end()
    {
        var played = Play(Done.Stream);

        Assert.Equal(!Coder.Abilities.EndsTurns, Ends(played) == 0);
        Assert.Contains(
            Done.Answer,
            string.Concat(played.Of<CoderEvent.Text>().Select(text => text.Words)),
            StringComparison.Ordinal
        );
        if (Coder.Abilities.EndsTurns)
        {
            Assert.IsType<CoderEvent.SessionStarted>(Facts(played).First());
            Assert.Equal(new TurnEnd.Done(Done.Answer), played.Of<CoderEvent.TurnEnded>()[^1].End);
        }
    }

    [Fact]
    public void A_turn_that_failed_is_never_done()
    {
        foreach (var (stream, why) in Failed)
        {
            var end = Assert.IsType<TurnEnd.Failed>(Play(stream).Of<CoderEvent.TurnEnded>()[^1].End);
            Assert.True(why == end.Class, $"{stream}: {end}");
            Assert.NotEqual("", end.Why);
        }
    }

    [Fact]
    public void A_stream_that_breaks_off_has_ended_no_turn() =>
        Assert.All(Unfinished, stream => Assert.Equal(0, Ends(Play(stream))));

    [Fact]
    public void What_it_cannot_tell_is_unknown_and_never_zero()
    {
        var usage = Streams.Select(stream => Play(stream).Spent).Aggregate(Usage.Unknown, (one, other) => one + other);

        Assert.Equal(Coder.Abilities.TellsCost, usage.Usd is not null);
        Assert.Equal(Coder.Abilities.TellsTokens, usage.Tokens is not null);
    }

    [Fact]
    public void A_successor_that_reads_the_same_lines_knows_the_same() =>
        Assert.All(Streams, stream => Assert.Equal(Play(stream).Events, Play(stream).Events));

    [Fact]
    public void Lines_that_were_cut_end_no_turn()
    {
        foreach (
            var (stream, seed) in Streams.SelectMany(stream => Enumerable.Range(0, Seeds).Select(s => (stream, s)))
        )
        {
            var cut = Play(stream, new Spoiled(seed).Cut(LinesOf(stream)));
            Assert.True(Ends(cut) == 0, $"{stream}, seed {seed}");
        }
    }

    [Fact]
    public void A_line_that_runs_into_the_next_ends_no_further_turn()
    {
        foreach (
            var (stream, seed) in Streams.SelectMany(stream => Enumerable.Range(0, Seeds).Select(s => (stream, s)))
        )
        {
            var lines = LinesOf(stream);
            var glued = lines.Length < 2 ? Play(stream) : Play(stream, new Spoiled(seed).Glued(lines));
            Assert.True(Ends(glued) <= Ends(Play(stream)), $"{stream}, seed {seed}");
        }
    }

    [Fact]
    public void Bytes_that_are_wrong_never_throw()
    {
        foreach (var stream in Streams)
        {
            foreach (var seed in Enumerable.Range(0, Seeds))
            {
                _ = Play(stream, new Spoiled(seed).Flipped(LinesOf(stream)));
            }
        }
    }

    [Fact]
    public void Garbage_between_the_lines_changes_nothing()
    {
        foreach (
            var (stream, seed) in Streams.SelectMany(stream => Enumerable.Range(0, Seeds).Select(s => (stream, s)))
        )
        {
            var disturbed = Play(stream, new Spoiled(seed).Interleaved(LinesOf(stream)));
            Assert.Equal(Facts(Play(stream)), Facts(disturbed));
        }
    }

    [Fact]
    public void Lines_of_ten_megabytes_change_nothing() =>
        Assert.All(
            new[] { Done.Stream },
            stream => Assert.Equal(Facts(Play(stream)), Facts(Play(stream, Spoiled.Flooded(LinesOf(stream)))))
        );

    [Fact]
    public void The_order_of_fields_and_unknown_ones_change_nothing()
    {
        foreach (
            var (stream, seed) in Streams.SelectMany(stream => Enumerable.Range(0, Seeds).Select(s => (stream, s)))
        )
        {
            if (stream.EndsWith(".jsonl", StringComparison.Ordinal))
            {
                var shuffled = Play(stream, new Spoiled(seed).Shuffled(LinesOf(stream), FreeForm));
                Assert.Equal(Play(stream).Events, shuffled.Events);
            }
        }
    }

    [Fact]
    public void A_question_for_permission_is_answered_once()
    {
        var asked = Streams.Where(stream => Play(stream).Of<CoderEvent.ApprovalAsked>().Length > 0).ToList();
        Assert.Equal(Coder.Abilities.AsksPermission, asked.Count > 0);
        foreach (var (stream, allowed) in asked.SelectMany(stream => new[] { (stream, true), (stream, false) }))
        {
            var session = Coder.Open(RequestOf(stream));
            _ = session.Begin();
            var request = LinesOf(stream)
                .SelectMany(line => session.Take(line).Events)
                .OfType<CoderEvent.ApprovalAsked>()
                .First()
                .Request;

            Assert.NotEmpty(session.Answer(request, allowed, "it is \"forbidden\"\nhere").Lines);
            Assert.Empty(session.Answer(request, allowed, "").Lines);
        }
    }

    [Fact]
    public void An_answer_to_a_question_that_nobody_asked_gives_nothing()
    {
        var step = Coder.Open(CoderGround.Request()).Answer("nobody asked", true, "");

        Assert.Empty(step.Events);
        Assert.Empty(step.Lines);
    }

    [Fact]
    public void It_is_spoken_to_and_interrupted_exactly_where_its_abilities_say_so()
    {
        var session = Coder.Open(RequestOf(Done.Stream));
        _ = session.Begin();
        _ = CoderGround.Take(session, LinesOf(Done.Stream).SkipLast(1));

        Assert.Equal(Coder.Abilities.Steers, session.Say("faster") is not null);
        Assert.Equal(Coder.Abilities.Interrupts, session.Interrupt() is not null);
    }

    [Fact]
    public void What_is_written_to_it_is_one_line_each()
    {
        var session = Coder.Open(CoderGround.Request() with { Prompt = "one\ntwo\r\u2028three\0" });
        string[] written =
        [
            .. session.Begin().Lines,
            .. session.Say("one\ntwo")?.Lines ?? [],
            .. session.Interrupt()?.Lines ?? [],
        ];

        Assert.All(written, line => Assert.DoesNotContain('\n', line));
        Assert.All(written, line => JsonDocument.Parse(line).Dispose());
    }

    [Fact]
    public void It_starts_with_its_program_its_model_and_its_prompt_and_no_key()
    {
        var request = CoderGround.Request(model: "some-model", program: "/opt/some/program");
        var launch = Coder.Launch(request);
        var given = Given(request);

        Assert.Equal("/opt/some/program", launch.Command[0]);
        Assert.Contains(CoderGround.Prompt, given, StringComparison.Ordinal);
        Assert.DoesNotContain(launch.Environment.Keys, IsKey);
        Assert.All(launch.Files.Keys, path => Assert.True(Path.IsPathRooted(path), path));
        static bool IsKey(string name) =>
            name.EndsWith("_KEY", StringComparison.Ordinal) || name.EndsWith("_TOKEN", StringComparison.Ordinal);
    }

    [Fact]
    public void It_goes_on_with_a_session_where_it_can()
    {
        var given = Given(CoderGround.Request(resume: "session-to-go-on-with"));

        Assert.Equal(Coder.Abilities.Resumes, given.Contains("session-to-go-on-with", StringComparison.Ordinal));
    }

    /// <summary>All that the coder is told, from its start to the end of a turn.</summary>
    private string Given(CoderRequest request)
    {
        var launch = Coder.Launch(request);
        var played = CoderGround.Play(Coder, request, LinesOf(Done.Stream));
        return string.Join('\n', [.. launch.Command, .. launch.Files.Values, .. played.Written]);
    }
}
