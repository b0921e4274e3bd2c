using System.Diagnostics;
using System.Text;

namespace Fleet.Tests.Log;

/// <summary>Copies files by another process: were this one to open and close a database itself, it would lose its
/// locks on it.</summary>
internal static class CopyOf
{
    /// <summary>What a crash at this moment would leave of a database: the file and its write-ahead file.</summary>
    public static void Database(string from, string to)
    {
        Run("cp", from, to);
        if (System.IO.File.Exists(from + "-wal"))
        {
            Run("cp", from + "-wal", to + "-wal");
        }
    }

    public static string Text(string file)
    {
        using var process = Start("cat", file);
        var bytes = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(bytes);
        process.WaitForExit();
        return Encoding.Latin1.GetString(bytes.ToArray());
    }

    public static int Run(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }

    private static Process Start(string program, params string[] arguments) =>
        Process.Start(
            new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true }
        )!;
}
