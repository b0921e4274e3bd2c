using System.Diagnostics;

namespace Fleet.Tests.Processes;

/// <summary>Waits, briefly and boundedly, for what other processes bring about.</summary>
internal static class Eventually
{
    internal static async Task Holds(Func<bool> condition, int seconds = 10)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(seconds), $"not so after {seconds} s");
            await Task.Delay(5);
        }
    }
}

/// <summary>Whether a process is there and not merely waiting to be reaped.</summary>
internal static class Alive
{
    internal static bool Is(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..][0] != 'Z';
        }
        catch (IOException)
        {
            return false;
        }
    }
}
