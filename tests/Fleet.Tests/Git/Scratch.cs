using System.Diagnostics;

namespace Fleet.Tests.Git;

/// <summary>A throw-away directory with real repositories in it, gone when the test ends.</summary>
internal sealed class Scratch : IDisposable
{
    public Scratch()
    {
        Root = Directory.CreateTempSubdirectory("fleet-git-").FullName;
    }

    public string Root { get; }

    public string At(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Makes a repository with one commit on <c>main</c>, owned by a person called Ada.</summary>
    public ScratchRepository Repository(string name = "shop", string format = "sha1")
    {
        var repository = new ScratchRepository(Directory.CreateDirectory(At(name)).FullName);
        repository.Git("init", "-q", "-b", "main", $"--object-format={format}");
        repository.Git("config", "user.name", "Ada Lovelace");
        repository.Git("config", "user.email", "ada@example.org");
        repository.Write("README", "hello\n");
        repository.Commit("First");
        return repository;
    }

    /// <summary>Lets a repository become the server of a clone, which is a person's from now on.</summary>
    public (ScratchRepository Server, ScratchRepository Clone) Cloned(ScratchRepository server, string name = "clone")
    {
        server.Git("clone", "-q", server.Path, At(name));
        return (server, new ScratchRepository(At(name)));
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}

/// <summary>A real repository as a person uses it: plain git, their own hooks and config in force.</summary>
internal sealed class ScratchRepository(string path)
{
    public string Path { get; } = path;

    public string Head => Git("rev-parse", "HEAD");

    public string At(string file) => System.IO.Path.Combine(Path, file);

    public string Read(string file) => File.ReadAllText(At(file));

    public void Write(string file, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(At(file))!);
        File.WriteAllText(At(file), text);
    }

    /// <summary>Writes a program that leaves a marker when anything runs it.</summary>
    public void Plant(string file, string marker)
    {
        Write(file, $"#!/bin/sh\ntouch '{marker}'\ncat\n");
        File.SetUnixFileMode(At(file), (UnixFileMode)0b111_101_101);
    }

    /// <summary>Commits everything in the tree and returns the commit.</summary>
    public string Commit(string message)
    {
        Git("add", "-A");
        Git("commit", "-q", "--allow-empty", "-m", message);
        return Head;
    }

    /// <summary>Brings the checkout into a state a person may be in; returns the checkout that is meant.</summary>
    public string Put(string state, string linked)
    {
        switch (state)
        {
            case "clean":
                break;
            case "dirty":
                Write("README", "half");
                Git("add", "README");
                Write("README", "half done");
                Write("untracked", "x");
                Git("stash", "-q");
                Write("README", "dirty");
                break;
            case "merge" or "rebase":
                Git("checkout", "-q", "-b", "feature");
                Write("README", "theirs");
                Commit("Theirs");
                Git("checkout", "-q", "main");
                Write("README", "ours");
                Commit("Ours");
                Try(state, "feature");
                break;
            case "detached":
                Git("checkout", "-q", "--detach");
                break;
            case "locked":
                Write(".git/index.lock", "");
                break;
            case "linked":
                Git("worktree", "add", "-q", "--detach", linked);
                return linked;
            default:
                throw new ArgumentOutOfRangeException(nameof(state), state, "no such state");
        }

        return Path;
    }

    /// <summary>Runs plain git and returns what it printed; fails the test if git fails.</summary>
    public string Git(params string[] arguments)
    {
        var (code, output, error) = Try(arguments);
        return code == 0
            ? output
            : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {code} {output} {error}");
    }

    /// <summary>Runs plain git with something to read.</summary>
    public string Feed(string input, params string[] arguments) => Run(arguments, input).Output;

    /// <summary>Runs plain git where failing is one of the answers.</summary>
    public (int Code, string Output, string Error) Try(params string[] arguments) => Run(arguments, "");

    private (int Code, string Output, string Error) Run(string[] arguments, string input)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (
            var name in start.Environment.Keys.Where(name => name.StartsWith("GIT_", StringComparison.Ordinal)).ToList()
        )
        {
            start.Environment.Remove(name);
        }

        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_EDITOR"] = "true";
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.TrimEnd('\n'), error.Result);
    }
}
