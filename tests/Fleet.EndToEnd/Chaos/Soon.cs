using System.Diagnostics;

namespace Fleet.EndToEnd.Chaos;

/// <summary>Waits, boundedly, for what other processes bring about.</summary>
internal static class Soon
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public static Task Holds(Func<bool> condition, string what, int seconds = 30) =>
        Holds(() => Task.FromResult(condition()), () => what, seconds);

    public static async Task Holds(Func<Task<bool>> condition, Func<string> what, int seconds = 30)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(seconds), $"after {seconds} s still not so: {what()}");
            await Task.Delay(Pause);
        }
    }
}
