using Fleet.Processes;

namespace Fleet.Tests.Processes;

public sealed class SpawnTests
{
    [Fact]
    public async Task A_run_sees_exactly_the_environment_it_was_given()
    {
        await using var home = await KeeperHome.Open();
        var spec = home.Script("a", "") with
        {
            Command = ["/usr/bin/env"],
            Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["A"] = "1", ["B"] = "x y\nü" },
        };

        _ = await home.Client.Spawn(spec);
        _ = await home.Ended("a");

        var seen = await File.ReadAllTextAsync(Path.Combine(spec.Directory, "output"));
        Assert.Equal(["A=1", "B=x y", "ü"], seen.TrimEnd().Split('\n').Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_run_whose_input_is_a_file_reads_it_to_its_end()
    {
        await using var home = await KeeperHome.Open();
        var path = Path.Combine(home.Home, "brief");
        var brief = string.Concat(Enumerable.Repeat("a line that is longer than nothing\n", 10_000));
        await File.WriteAllTextAsync(path, brief);

        _ = await home.Client.Spawn(home.Script("a", "cat") with { Input = PieceInput.File, InputFile = path });
        _ = await home.Ended("a");

        Assert.Equal(brief, await File.ReadAllTextAsync(Path.Combine(home.DirectoryOf("a"), "output")));
    }

    [Theory]
    [InlineData(null, "none is named")]
    [InlineData("/nowhere/brief", "/nowhere/brief")]
    public async Task A_run_whose_input_is_not_there_is_not_started(string? path, string why)
    {
        await using var home = await KeeperHome.Open();

        var answer = await home.Client.Spawn(
            home.Script("a", "cat") with
            {
                Input = PieceInput.File,
                InputFile = path,
            }
        );

        Assert.Contains(why, Assert.IsType<SpawnAnswer.Failed>(answer).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_starts_in_its_working_directory()
    {
        await using var home = await KeeperHome.Open();
        var folder = Directory.CreateDirectory(Path.Combine(home.Home, "a b $(c)")).FullName;

        _ = await home.Client.Spawn(home.Script("a", "pwd") with { WorkingDirectory = folder });
        _ = await home.Ended("a");

        Assert.Equal(folder + "\n", await File.ReadAllTextAsync(Path.Combine(home.DirectoryOf("a"), "output")));
    }

    [Fact]
    public async Task A_run_ignores_and_blocks_no_signal_and_leads_a_session_of_its_own()
    {
        await using var home = await KeeperHome.Open();

        var output = await home.OutputOf(
            "a",
            "grep -E '^Sig(Blk|Ign)' /proc/self/status; read -r pid comm state ppid pgrp session rest < /proc/$$/stat; "
                + "[ $session = $$ ] && echo leads"
        );

        // Signals 32 and 33 belong to the C library, which ignores them in what it spawns.
        var lines = output.Replace("SigIgn:\t0000000180000000", "SigIgn:\t0000000000000000");
        Assert.Equal("SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\nleads\n", lines);
    }

    [Fact]
    public async Task A_broken_pipe_ends_the_writer_as_it_does_in_a_terminal()
    {
        await using var home = await KeeperHome.Open();

        var output = await home.OutputOf("a", "{ yes; echo yes ended with $? >&2; } | head -n 1");

        // yes is ended by SIGPIPE (128 + 13); with the signal ignored it would complain and end with 1.
        Assert.Equal(["y", "yes ended with 141"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
    }

    [Fact]
    public async Task A_run_holds_no_descriptor_but_its_three()
    {
        await using var home = await KeeperHome.Open();

        // The fourth is the one by which ls reads the list.
        Assert.Equal("0\n1\n2\n3\n", await home.OutputOf("a", "ls /proc/self/fd"));
    }

    [Fact]
    public async Task Outputs_may_be_kept_apart_and_are_appended_to()
    {
        await using var home = await KeeperHome.Open();
        _ = Directory.CreateDirectory(home.DirectoryOf("a"));
        await File.WriteAllTextAsync(Path.Combine(home.DirectoryOf("a"), "output"), "before\n");

        _ = await home.Client.Spawn(home.Script("a", "echo out; echo err >&2") with { ErrorsFile = "errors" });
        _ = await home.Ended("a");

        Assert.Equal("before\nout\n", await File.ReadAllTextAsync(Path.Combine(home.DirectoryOf("a"), "output")));
        Assert.Equal("err\n", await File.ReadAllTextAsync(Path.Combine(home.DirectoryOf("a"), "errors")));
    }

    [Fact]
    public async Task A_run_with_a_fifo_hears_one_writer_after_another_and_never_an_end_of_file()
    {
        await using var home = await KeeperHome.Open();
        _ = await home.Client.Spawn(
            home.Script("a", "read one; read two; echo $one $two") with
            {
                Input = PieceInput.Fifo,
            }
        );

        await File.AppendAllTextAsync(home.FilesOf("a").InputPath, "first\n");
        await File.AppendAllTextAsync(home.FilesOf("a").InputPath, "second\n");
        _ = await home.Ended("a");

        Assert.Equal("first second\n", await File.ReadAllTextAsync(Path.Combine(home.DirectoryOf("a"), "output")));
    }

    [Theory]
    [InlineData("exit 7", 7, null)]
    [InlineData("kill -TERM $$", null, 15)]
    [InlineData("exit 0", 0, null)]
    public async Task The_exit_file_tells_exactly_how_it_ended(string script, int? code, int? signal)
    {
        await using var home = await KeeperHome.Open();
        _ = await home.Start("a", script);

        var told = await home.Ended("a");

        Assert.Equal((code, signal), (told.Exit.Code, told.Exit.Signal));
        Assert.Equal(told.Exit, home.FilesOf("a").Exit);
        Assert.InRange(told.Exit.MaximumResidentKilobytes, 100, 100_000);
    }

    [Fact]
    public async Task A_program_that_does_not_exist_is_named_and_leaves_no_record()
    {
        await using var home = await KeeperHome.Open();

        var answer = await home.Client.Spawn(home.Script("a", "") with { Command = ["no-such-coder"] });

        Assert.Contains("no-such-coder", Assert.IsType<SpawnAnswer.Failed>(answer).Why);
        Assert.False(PieceFiles.IsPiece(home.DirectoryOf("a")));
    }
}
