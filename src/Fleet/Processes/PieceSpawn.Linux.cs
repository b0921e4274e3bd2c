using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Fleet.Processes;

/// <summary>
/// Starts one piece as a transaction: intent with mark, files, process, record.
/// Whoever dies in between leaves something by which the process is found.
/// </summary>
internal static class PieceSpawn
{
    private const int OwnerOnly = 0b110_000_000;

    internal static KeeperReply Start(SpawnSpec spec, DateTimeOffset at)
    {
        try
        {
            _ = Directory.CreateDirectory(spec.Directory);
            var files = new PieceFiles(spec.Directory);
            if (files.Tree is { } halfMade)
            {
                // A keeper died in the middle of this very spawn.
                _ = KillLadder.Climb([halfMade], KillPlan.Now);
            }

            var mark = Mark.New();
            files.Write(new PieceIntent(spec.Key, mark.Value, BootId.Current));
            switch (Spawn(spec, files, mark))
            {
                case SpawnResult.Started(var pid):
                    return new KeeperReply.Spawned(Recorded(spec.Key, pid, mark, files, at), true, null);
                case SpawnResult.Failed(var why):
                    files.ForgetIntent();
                    return new KeeperReply.NotSpawned(why);
                default:
                    throw new UnreachableException();
            }
        }
        catch (Exception error) when (RecordedTrees.IsDamage(error))
        {
            return new KeeperReply.NotSpawned($"'{spec.Directory}': {error.Message}");
        }
    }

    private static PieceRecord Recorded(string key, int pid, Mark mark, PieceFiles files, DateTimeOffset at)
    {
        // Nobody reaps it before this returns, so even one that ended at once is still there to be read.
        var stat = ProcStat.Read(pid).GetValueOrDefault();
        var record = new PieceRecord(key, pid, stat.StartTicks, BootId.Current, mark.Value, at);
        try
        {
            files.Write(record);
            return record;
        }
        catch
        {
            // No run without a record.
            _ = KillLadder.Climb([record.Tree], KillPlan.Now);
            throw;
        }
    }

    private static SpawnResult Spawn(SpawnSpec spec, PieceFiles files, Mark mark)
    {
        var input = -1;
        var output = -1;
        var errors = -1;
        try
        {
            input = OpenInput(spec, files);
            output = OpenOutput(files, spec.OutputFile);
            errors = spec.ErrorsFile is { } name ? OpenOutput(files, name) : output;
            return mark.Spawn(
                new SpawnRequest(spec.Command, spec.WorkingDirectory, spec.Environment, input, output, errors)
            );
        }
        catch (IOException error)
        {
            return new SpawnResult.Failed(error.Message);
        }
        finally
        {
            Close(input);
            Close(output);
            Close(errors == output ? -1 : errors);
        }
    }

    private static int OpenInput(SpawnSpec spec, PieceFiles files)
    {
        if (spec.Input == PieceInput.None)
        {
            return Open("/dev/null", Libc.OpenReadOnly);
        }

        if (spec.Input == PieceInput.File)
        {
            return spec.InputFile is { } path
                ? Open(path, Libc.OpenReadOnly | Libc.OpenNoFollow | Libc.OpenNonBlocking)
                : throw new IOException("its input is a file, and none is named");
        }

        if (Libc.MakeFifo(files.InputPath, OwnerOnly) != 0 && Marshal.GetLastPInvokeError() != Libc.Eexist)
        {
            throw new IOException($"cannot make '{files.InputPath}': {Describe()}");
        }

        return Open(files.InputPath, Libc.OpenReadWrite);
    }

    private static int OpenOutput(PieceFiles files, string name) =>
        name.Length > 0 && !name.Contains('/')
            ? Open(
                Path.Combine(files.Directory, name),
                Libc.OpenWriteOnly | Libc.OpenAppend | Libc.OpenCreate | Libc.OpenNoFollow
            )
            : throw new IOException($"'{name}' is not the name of a file in '{files.Directory}'");

    private static int Open(string path, int flags)
    {
        var descriptor = Libc.Open(path, flags | Libc.OpenCloseOnExec, OwnerOnly);
        return descriptor >= 0 ? descriptor : throw new IOException($"cannot open '{path}': {Describe()}");
    }

    private static string Describe() => Libc.Describe(Marshal.GetLastPInvokeError());

    private static void Close(int descriptor)
    {
        if (descriptor >= 0)
        {
            _ = Libc.Close(descriptor);
        }
    }
}
