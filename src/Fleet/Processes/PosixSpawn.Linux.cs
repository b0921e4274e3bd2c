using System.Runtime.InteropServices;
using System.Text;

namespace Fleet.Processes;

/// <summary>What a new process is made of: nothing is inherited but these.</summary>
internal sealed record SpawnRequest(
    IReadOnlyList<string> Command,
    string WorkingDirectory,
    IReadOnlyDictionary<string, string> Environment,
    int Input,
    int Output,
    int Errors
);

/// <summary>What became of a wish to start a process.</summary>
internal abstract record SpawnResult
{
    private SpawnResult() { }

    internal sealed record Started(int Pid) : SpawnResult;

    internal sealed record Failed(string Why) : SpawnResult;
}

/// <summary>
/// Starts a process in a session of its own, with every signal at its default, none blocked, and no descriptor but
/// the three given. (.NET's own Process leaves SIGPIPE ignored in its children, which breaks pipelines.)
/// </summary>
internal static unsafe class PosixSpawn
{
    private const int OpaqueSize = 1024;
    private const short SetSignalDefaults = 0x04;
    private const short SetSignalMask = 0x08;
    private const short SetSession = 0x80;

    internal static SpawnResult Start(SpawnRequest request)
    {
        if (Refusal(request) is { } refusal)
        {
            return new SpawnResult.Failed(refusal);
        }

        if (ExecutablePath.Find(request.Command[0], request.WorkingDirectory, request.Environment) is not { } path)
        {
            return new SpawnResult.Failed($"'{request.Command[0]}' is not an executable file on PATH");
        }

        var pid = 0;
        var error = Spawn(request, path, &pid);
        return error == 0
            ? new SpawnResult.Started(pid)
            : new SpawnResult.Failed($"'{path}' in '{request.WorkingDirectory}': {Libc.Describe(error)}");
    }

    private static string? Refusal(SpawnRequest request)
    {
        if (request.Command.Count == 0 || request.Command[0].Length == 0)
        {
            return "the command is empty";
        }

        foreach (var argument in request.Command)
        {
            if (argument.Contains('\0'))
            {
                return "an argument contains a NUL character";
            }
        }

        foreach (var (name, value) in request.Environment)
        {
            if (name.Length == 0 || name.Contains('=') || name.Contains('\0') || value.Contains('\0'))
            {
                return $"the environment variable '{name}' cannot be passed on";
            }
        }

        return Directory.Exists(request.WorkingDirectory)
            ? null
            : $"the working directory '{request.WorkingDirectory}' does not exist";
    }

    private static int Spawn(SpawnRequest request, string path, int* pid)
    {
        void* traits = stackalloc byte[OpaqueSize];
        void* actions = stackalloc byte[OpaqueSize];
        void* signals = stackalloc byte[OpaqueSize];
        _ = Libc.SpawnTraitsInit(traits);
        _ = Libc.SpawnActionsInit(actions);
        var argv = NativeStrings(request.Command);
        var envp = NativeStrings([.. request.Environment.Select(pair => $"{pair.Key}={pair.Value}")]);
        try
        {
            _ = Libc.SpawnTraitsFlags(traits, SetSignalDefaults | SetSignalMask | SetSession);
            _ = Libc.SignalsAll(signals);
            _ = Libc.SpawnTraitsDefaults(traits, signals);
            _ = Libc.SignalsNone(signals);
            _ = Libc.SpawnTraitsMask(traits, signals);
            var error = Libc.SpawnActionsDuplicate(actions, request.Input, 0);
            error = error != 0 ? error : Libc.SpawnActionsDuplicate(actions, request.Output, 1);
            error = error != 0 ? error : Libc.SpawnActionsDuplicate(actions, request.Errors, 2);
            error = error != 0 ? error : Libc.SpawnActionsCloseFrom(actions, 3);
            error = error != 0 ? error : Libc.SpawnActionsDirectory(actions, request.WorkingDirectory);
            return error != 0 ? error : Libc.Spawn(pid, path, actions, traits, argv, envp);
        }
        finally
        {
            NativeMemory.Free(argv);
            NativeMemory.Free(envp);
            _ = Libc.SpawnActionsDestroy(actions);
            _ = Libc.SpawnTraitsDestroy(traits);
        }
    }

    /// <summary>A null-ended array of C strings in one block, pointers first.</summary>
    private static byte** NativeStrings(IReadOnlyList<string> texts)
    {
        var heads = (texts.Count + 1) * sizeof(byte*);
        var size = heads + texts.Sum(text => Encoding.UTF8.GetByteCount(text) + 1);
        var block = (byte*)NativeMemory.Alloc((nuint)size);
        var pointers = (byte**)block;
        var next = block + heads;
        for (var i = 0; i < texts.Count; i++)
        {
            pointers[i] = next;
            next += Encoding.UTF8.GetBytes(texts[i], new Span<byte>(next, (int)(block + size - next)));
            *next++ = 0;
        }

        pointers[texts.Count] = null;
        return pointers;
    }
}
