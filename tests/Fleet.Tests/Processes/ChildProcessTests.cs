using System.Diagnostics;
using System.Text;
using Fleet.Processes;

namespace Fleet.Tests.Processes;

public sealed class ChildProcessTests
{
    [Fact]
    public async Task A_command_answers_with_its_code_and_both_outputs()
    {
        var answer = await Shell("echo out; echo err >&2; exit 3");

        Assert.Equal(new ProcessEnd.Exited(3), answer.End);
        Assert.Equal("out\n", Encoding.UTF8.GetString(answer.Output));
        Assert.Equal("err\n", Encoding.UTF8.GetString(answer.Errors));
    }

    [Fact]
    public async Task A_signal_is_told_apart_from_a_code() =>
        Assert.Equal(new ProcessEnd.Killed(9), (await Shell("kill -9 $$")).End);

    [Fact]
    public async Task Input_goes_through_byte_for_byte_even_when_it_is_larger_than_a_pipe()
    {
        var input = new byte[3_000_000];
        new Random(7).NextBytes(input);

        var answer = await ChildProcess.Run(new ChildCommand(["cat"], "/") { Input = input });

        Assert.Equal(input, answer.Output);
    }

    [Fact]
    public async Task A_child_that_reads_nothing_of_its_input_still_answers() =>
        Assert.True(
            (await ChildProcess.Run(new ChildCommand(["true"], "/") { Input = new byte[1_000_000] })).Succeeded
        );

    [Fact]
    public async Task Nothing_goes_through_a_shell()
    {
        var answer = await ChildProcess.Run(new ChildCommand(["printf", "%s|", "$(id)", "a b", "", "-x\n"], "/"));

        Assert.Equal("$(id)|a b||-x\n|", Encoding.UTF8.GetString(answer.Output));
    }

    [Fact]
    public async Task The_environment_given_is_the_environment_seen()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["ONLY"] = "this" };

        var answer = await ChildProcess.Run(new ChildCommand(["/usr/bin/env"], "/") { Environment = environment });

        Assert.Equal("ONLY=this\n", Encoding.UTF8.GetString(answer.Output));
    }

    [Fact]
    public async Task A_command_over_its_time_is_killed_with_its_group()
    {
        var answer = await ChildProcess.Run(
            new ChildCommand(["sh", "-c", "sleep 60 & echo $!; wait"], "/") { Timeout = TimeSpan.FromMilliseconds(200) }
        );

        Assert.True(answer.TimedOut);
        Assert.Equal(new ProcessEnd.Killed(9), answer.End);
        var sleeper = int.Parse(Encoding.UTF8.GetString(answer.Output));
        await Eventually.Holds(() => !Alive.Is(sleeper));
    }

    [Fact]
    public async Task Cancelling_ends_the_command_and_throws()
    {
        using var cancellation = new CancellationTokenSource();
        var running = ChildProcess.Run(new ChildCommand(["sleep", "60"], "/"), cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Output_beyond_the_limit_is_dropped_and_said_so()
    {
        var answer = await ChildProcess.Run(
            new ChildCommand(["sh", "-c", "head -c 5000000 /dev/zero"], "/") { OutputLimit = 1000 }
        );

        Assert.True(answer.Succeeded);
        Assert.True(answer.Truncated);
        Assert.Equal(1000, answer.Output.Length);
    }

    [Fact]
    public async Task The_answer_does_not_wait_for_a_grandchild_that_holds_the_pipes()
    {
        var watch = Stopwatch.StartNew();

        var answer = await Shell("sleep 20 & echo $!");

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5));
        _ = Libc.Kill(int.Parse(Encoding.UTF8.GetString(answer.Output)), 9);
    }

    [Fact]
    public async Task A_missing_program_is_a_value_that_names_it()
    {
        var answer = await ChildProcess.Run(new ChildCommand(["no-such-program"], "/"));

        Assert.Contains("no-such-program", Assert.IsType<ProcessEnd.NotStarted>(answer.End).Why);
    }

    [Fact]
    public async Task A_missing_directory_is_a_value_that_names_it()
    {
        var answer = await ChildProcess.Run(new ChildCommand(["true"], "/no/such/place"));

        Assert.Contains("/no/such/place", Assert.IsType<ProcessEnd.NotStarted>(answer.End).Why);
    }

    private static Task<ChildAnswer> Shell(string script) =>
        ChildProcess.Run(new ChildCommand(["sh", "-c", script], "/"));
}
